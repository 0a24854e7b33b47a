import { findSurprises, type SurpriseRules } from '../../../src/core/surprises/findSurprises';
import { SURPRISE_KINDS, type Surprise, type SurpriseKind } from '../../../src/core/surprises/surprise';
import type { TokenizedText } from '../../../src/core/surprises/tokenizedText';
import type { DocumentToken } from '../../../src/core/tokenizer/documentTokens';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';

export const tokenizer = Gpt2Tokenizer.shared();

/** A text with its tokens, by the plainest filter over all of them. */
export function tokenized(text: string): TokenizedText {
  const { ids, offsets } = tokenizer.encodeWithOffsets(text);
  const tokens = offsets.map(([start, end], index): DocumentToken => {
    return { id: ids[index] ?? -1, start, end, index };
  });
  return {
    text,
    tokenizer,
    tokensIn: (start, end) => tokens.filter((token) => token.start < end && token.end > start),
  };
}

export const RULES: SurpriseRules = {
  manyTokens: 6,
  isPrompt: true,
  indentation: { tabSize: 4, insertSpaces: true },
  hardlyTrained: new Map(),
};

/** The surprises of a text: of one kind, or of all. */
export function found(
  text: string,
  kind?: SurpriseKind,
  rules: Partial<SurpriseRules> = {},
): readonly Surprise[] {
  const kinds = kind ? [kind] : SURPRISE_KINDS;
  return [...findSurprises(kinds, tokenized(text), { ...RULES, ...rules })].filter(
    (surprise) => surprise !== undefined,
  );
}

/** The parts of a text that surprises mark. */
export function marked(text: string, surprises: readonly Surprise[]): string[] {
  return surprises.map(({ start, end }) => text.slice(start, end));
}

export function applied(text: string, { fix }: Surprise): string {
  if (!fix) {
    throw new Error('there is nothing to apply');
  }
  const { offset, length, text: replacement } = fix.edit;
  return text.slice(0, offset) + replacement + text.slice(offset + length);
}
