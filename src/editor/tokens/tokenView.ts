import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { idLabel, type LabellingTokenizer } from '../../core/tokenizer/idLabel';
import { LONGEST_LABEL_BYTES } from '../../core/tokenizer/tokenLabel';
import type { TokenView } from '../../protocol/tokenView';

/**
 * How a token is shown.
 *
 * @param id A row of the matrix; see {@link idLabel} for one that no token has.
 * @param longest Bytes of it that are shown.
 */
export function tokenView(
  tokenizer: LabellingTokenizer,
  id: number,
  longest = LONGEST_LABEL_BYTES,
): TokenView {
  const { label, plain, spoken } = idLabel(tokenizer, id, longest);
  return { id, label, plain, spoken };
}

export function tokenViews(tokenizer: Tokenizer, ids: readonly number[]): TokenView[] {
  return ids.map((id) => tokenView(tokenizer, id));
}
