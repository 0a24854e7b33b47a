import type { TokenView } from './tokenView';
import { isRecord, listOf, oneOf, parseCount, parseFields, parseText } from './parsing';
import type { TokenLabel, TokenLabelSegment } from './tokenLabel';

/** Parses a token; undefined when it is none or not whole. */
export function parseToken(value: unknown): TokenView | undefined {
  return parseFields(value, { id: parseCount, label: parseLabel, plain: parseText, spoken: parseText });
}

export const parseTokens = listOf(parseToken);

function parseLabel(value: unknown): TokenLabel | undefined {
  const segments = isRecord(value) ? parseSegments(value.segments) : undefined;
  return segments && { segments };
}

const parseSegments = listOf((value: unknown): TokenLabelSegment | undefined =>
  parseFields(value, { kind: oneOf('text', 'space', 'newline', 'tab', 'bytes'), text: parseText }),
);
