export function sampleWorkspaceFolder(name: string): string;

export function sampleWorkspace(
  name: string,
  options: { readonly fresh: boolean; readonly without?: readonly string[] },
): string;
