export function sampleWorkspace(name: string, options: { readonly fresh: boolean }): string;
