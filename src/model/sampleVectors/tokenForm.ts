/** What a token's text is made of. */
export type TokenKind = 'word' | 'number' | 'punctuation' | 'space' | 'mixed' | 'bytes' | 'foreign';

/** A token's text taken apart into what variants of one word share and what tells them apart. */
export interface TokenForm {
  readonly kind: TokenKind;
  /** Text without the leading space, in lower case: `mike` for "Mike", " Mike" and "MIKE". */
  readonly folded: string;
  /** What was folded away. */
  readonly variant: string;
}

/**
 * Takes a token apart.
 *
 * @param bytes The token's bytes: UTF-8, or a part of a character's bytes.
 */
export function tokenForm(bytes: Uint8Array, decoder: TextDecoder): TokenForm {
  let text = String.fromCharCode(...bytes);
  try {
    // Most tokens are ASCII, for which a decoder's call takes longer than everything else.
    text = /^[\0-\x7f]*$/.test(text) ? text : decoder.decode(bytes);
  } catch {
    // Bytes of a cut character: one Latin-1 character each, so that they can be compared like a spelling.
    return { kind: 'bytes', folded: text, variant: '' };
  }
  const bare = text.startsWith(' ') && text.length > 1 ? text.slice(1) : text;
  const folded = bare.toLowerCase();
  return { kind: kindOf(bare), folded, variant: variantOf(text, bare, folded) };
}

function variantOf(text: string, bare: string, folded: string): string {
  const space = bare === text ? '' : 'space ';
  if (bare === folded) {
    return `${space}lower`;
  }
  return bare.length > 1 && bare === bare.toUpperCase() ? `${space}upper` : `${space}capital`;
}

function kindOf(text: string): TokenKind {
  if (/^[A-Za-z]+$/.test(text)) {
    return 'word';
  }
  if (/^[0-9]+$/.test(text)) {
    return 'number';
  }
  if (/^\s+$/.test(text)) {
    return 'space';
  }
  if (/^[!-/:-@[-`{-~]+$/.test(text)) {
    return 'punctuation';
  }
  return /[^\0-\x7f]/.test(text) ? 'foreign' : 'mixed';
}
