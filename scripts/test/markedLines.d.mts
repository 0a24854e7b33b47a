export function markedLines(
  name: string,
  output: { readonly write: (text: string) => unknown },
): { readonly write: (text: Uint8Array) => void; readonly end: () => void };
