export function downloadVscode(version: string): Promise<string>;
export function programOfBundle(said: string): string;
