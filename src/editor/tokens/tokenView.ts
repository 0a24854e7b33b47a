import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { LONGEST_LABEL_BYTES, plainToken, spokenToken, tokenLabel } from '../../core/tokenizer/tokenLabel';
import type { TokenView } from '../../protocol/tokenView';

/**
 * How a token is shown.
 *
 * @param id A token id of the matrix; one beyond the tokenizer's vocabulary (a padded matrix) is shown as its number.
 * @param longest Bytes of it that are shown.
 */
export function tokenView(
  tokenizer: Pick<Tokenizer, 'vocabularySize' | 'tokenBytes'>,
  id: number,
  longest = LONGEST_LABEL_BYTES,
): TokenView {
  if (id >= tokenizer.vocabularySize) {
    const text = `#${id}`;
    return { id, label: { segments: [{ kind: 'text', text }] }, plain: text, spoken: `token ${id}` };
  }
  const bytes = tokenizer.tokenBytes(id);
  return {
    id,
    label: tokenLabel(bytes, longest),
    plain: plainToken(bytes, longest),
    spoken: spokenToken(bytes, longest),
  };
}

export function tokenViews(tokenizer: Tokenizer, ids: readonly number[]): TokenView[] {
  return ids.map((id) => tokenView(tokenizer, id));
}
