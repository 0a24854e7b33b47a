export function startBusyLoops(count?: number): Promise<() => Promise<void>>;
