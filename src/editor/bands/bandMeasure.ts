import type { QueryMemento } from '../../protocol/panelMessages';

/** A value of tokens that bands can be colored by. */
export type BandMeasure =
  | { readonly kind: 'tokenId' }
  | { readonly kind: 'characters' }
  | { readonly kind: 'norm' }
  | { readonly kind: 'centroidDistance' }
  | {
      readonly kind: 'similarity';
      readonly query: QueryMemento;
      /** The query as one would type it. */
      readonly line: string;
      /** Whether it is always the query of the inspector. */
      readonly followsInspector: boolean;
    };

/** Whether the value is one of the tokenizer, so that no model is needed for it. */
export function isOfTokenizer({ kind }: BandMeasure): boolean {
  return kind === 'tokenId' || kind === 'characters';
}

/** Of the value, as it is put before a number. */
export function measureName(measure: BandMeasure): string {
  switch (measure.kind) {
    case 'tokenId':
      return 'token id';
    case 'characters':
      return 'characters per token';
    case 'norm':
      return 'norm';
    case 'centroidDistance':
      return 'distance to the mean';
    case 'similarity':
      return `cosine to ${measure.line}`;
  }
}

/** One sentence on what the value says about a token. */
export function measureMeaning(measure: BandMeasure): string {
  switch (measure.kind) {
    case 'tokenId':
      return 'A low id was merged early, so it is a frequent piece of text.';
    case 'characters':
      return 'The fewer characters a token stands for, the more tokens a text costs. Of a character that several tokens share, the first has it.';
    case 'norm':
      return 'The Euclidean length of the row that a token has in the embedding matrix.';
    case 'centroidDistance':
      return 'How far the row of a token is from the mean of all rows: hardly trained tokens often lie near it.';
    case 'similarity':
      return 'The cosine similarity of the row of a token with the query: 1 is the same direction.';
  }
}

/** Beyond these a number is written with an exponent: it would not fit, or all its digits would be zeros. */
const LARGEST_PLAIN = 1e6;
const SMALLEST_PLAIN = 1e-3;

/** A value as all surfaces show it: three decimals for similarities, two for lengths; minus as U+2212, as wide as a digit. */
export function formatValue(measure: BandMeasure, value: number): string {
  const size = Math.abs(value);
  if (isOfTokenizer(measure)) {
    return Math.round(value).toLocaleString('en-US');
  }
  const decimals = measure.kind === 'similarity' ? 3 : 2;
  const isPlain = size < LARGEST_PLAIN && (size === 0 || size >= SMALLEST_PLAIN || decimals === 3);
  const text = isPlain ? size.toFixed(decimals) : size.toExponential(2);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
