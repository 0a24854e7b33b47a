export function isStartedModule(address: string, calledName?: string): boolean;
