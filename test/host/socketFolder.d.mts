export function makeSocketFolder(
  prefix: string,
  machine?: { readonly temporary?: string; readonly platform?: NodeJS.Platform },
): string;
