import type { Tokenization } from '../answers/tokenAnswers';
import { quotedName, type ToolText } from './toolText';

/** Tokens that are listed: a list of more is read by nobody. */
export const MAX_LISTED_TOKENS = 1_000;

/**
 * @param tokenization With {@link MAX_LISTED_TOKENS} tokens at most.
 * @param length UTF-16 length of the text.
 * @param isModelLoaded False where the tokenizer is GPT-2's only because no model has been loaded yet.
 */
export function tokenizeText(
  { tokenizer, vocabularySize, count, tokens }: Tokenization,
  length: number,
  isModelLoaded: boolean,
): ToolText {
  const until = isModelLoaded ? '' : '; the tokenizer in use until another model is loaded';
  const perToken = count === 0 ? '' : `, ${(length / count).toFixed(2)} characters per token`;
  return {
    head: [
      `Tokenizer: ${quotedName(tokenizer)}, vocabulary of ${vocabularySize} tokens${until}.`,
      `The text has ${length} characters (UTF-16 units) and ${count} tokens${perToken}.`,
      ...(count === 0 ? [] : ['index, token id, token, UTF-16 range [start, end) of the text:']),
    ],
    list: tokens.map(({ id, quoted, start, end }, index) => `${index} #${id} ${quoted} [${start}, ${end})`),
    notListed: count - tokens.length,
    entries: 'tokens',
    tail: [],
  };
}
