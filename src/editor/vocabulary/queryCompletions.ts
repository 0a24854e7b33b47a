import { completions } from '../../core/query/formula/completions';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { CompletionView } from '../../protocol/panelMessages';
import type { FormChoice } from '../../protocol/queryView';
import { tokenView } from '../tokens/tokenView';
import { SlicedPrefixIndex } from './slicedPrefixIndex';

/** Tokens that what is typed could become, for all inspectors. */
export class QueryCompletions {
  private readonly indexes = new WeakMap<Tokenizer, Promise<SlicedPrefixIndex>>();

  /**
   * @param cursor UTF-16 position in the line.
   * @param form How bare words of the line are meant.
   */
  async of(tokenizer: Tokenizer, line: string, cursor: number, form: FormChoice): Promise<CompletionView[]> {
    const index = await this.indexOf(tokenizer);
    const found = completions(line, cursor, index, form === 'inDocument' ? 'bare' : form);
    return (found?.items ?? []).map(({ id, insertText }) => ({
      token: tokenView(tokenizer, id),
      start: found?.range.start ?? cursor,
      end: found?.range.end ?? cursor,
      insert: insertText,
    }));
  }

  private indexOf(tokenizer: Tokenizer): Promise<SlicedPrefixIndex> {
    const known = this.indexes.get(tokenizer);
    if (known) {
      return known;
    }
    const made = SlicedPrefixIndex.create(tokenizer);
    this.indexes.set(tokenizer, made);
    return made;
  }
}
