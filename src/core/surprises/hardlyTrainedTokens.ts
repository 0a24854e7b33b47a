import { plainToken } from '../tokenizer/tokenLabel';
import type { SurpriseSteps } from './surprise';
import { STRETCH, type TokenizedText } from './tokenizedText';

/**
 * Tokens that a model can hardly have been trained on.
 *
 * @param sentences What was measured of them, by token id. Other tokens are not marked.
 */
export function* hardlyTrainedTokens(
  source: TokenizedText,
  sentences: ReadonlyMap<number, string>,
): SurpriseSteps {
  if (sentences.size === 0) {
    return;
  }
  const { text, tokenizer } = source;
  let next = 0;
  for (let from = 0; from < text.length; from += STRETCH) {
    for (const { id, start, end, index } of source.tokensIn(from, Math.min(from + STRETCH, text.length))) {
      const sentence = index >= next ? sentences.get(id) : undefined;
      next = Math.max(next, index + 1);
      if (sentence !== undefined) {
        // The space before a word is in its token, but looks odd with a mark.
        const isWord = end - start > 1 && text.charAt(start) === ' ';
        yield {
          kind: 'hardlyTrained',
          start: isWord ? start + 1 : start,
          end,
          message: `Token ${id}, ${plainToken(tokenizer.tokenBytes(id))}: ${sentence}`,
        };
      }
    }
    yield undefined;
  }
}
