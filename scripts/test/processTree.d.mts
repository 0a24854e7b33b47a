export function processTreeTime(rootId: number): number | undefined;
