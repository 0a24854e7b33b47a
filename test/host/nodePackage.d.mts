export function nodePackage(
  platform?: string,
  architecture?: string,
): { readonly name: string; readonly program: string };
