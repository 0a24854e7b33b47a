import type { TokenView } from './tokenView';
import { isRecord, listOf, oneOf, parseCount, parseFields, textOf, type Parse } from './parsing';
import type { TokenLabel, TokenLabelSegment } from './tokenLabel';

/** Parses a token; undefined when it is none, not whole, or longer than the host shows tokens in lists. */
export const parseToken = tokenWithin({ segments: 200, text: 2_000 });

export const parseTokens = listOf(parseToken);

/** Parses the token that a page is about, of which more is shown. */
export const parsePageToken = tokenWithin({ segments: 1_100, text: 12_000 });

/** @param most Segments of a label, and UTF-16 units of a text: each segment is an element, and what is beyond would only hang the page. */
function tokenWithin(most: { readonly segments: number; readonly text: number }): Parse<TokenView> {
  const parseShort = textOf(most.text);
  const parseSegment = (value: unknown): TokenLabelSegment | undefined =>
    parseFields(value, {
      kind: oneOf('text', 'space', 'newline', 'tab', 'bytes', 'cut'),
      text: parseShort,
    });
  const parseSegments = listOf(parseSegment, most.segments);
  const parseLabel = (value: unknown): TokenLabel | undefined => {
    const segments = isRecord(value) ? parseSegments(value.segments) : undefined;
    return segments && { segments };
  };
  return (value) =>
    parseFields(value, { id: parseCount, label: parseLabel, plain: parseShort, spoken: parseShort });
}
