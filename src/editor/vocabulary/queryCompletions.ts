import { labelsBeginningWith } from '../../core/labels/labelScan';
import { completions, wordCompletions, type Completions } from '../../core/query/formula/completions';
import { LONGEST_LABEL_BYTES } from '../../core/tokenizer/tokenLabel';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { inSlices } from '../../model/inSlices';
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
    const found = await this.completionsOf(tokenizer, line, cursor, form);
    return (found?.items ?? []).map(({ id, insertText }) => ({
      token: tokenView(tokenizer, id),
      start: found?.range.start ?? cursor,
      end: found?.range.end ?? cursor,
      insert: insertText,
    }));
  }

  private async completionsOf(
    tokenizer: Tokenizer,
    line: string,
    cursor: number,
    form: FormChoice,
  ): Promise<Completions | undefined> {
    const { labels, labelKind } = tokenizer;
    if (tokenizer.findAsked !== undefined) {
      // Those of a database are not looked through.
      return undefined;
    }
    if (labels !== undefined && labelKind === 'words') {
      return wordCompletions(line, cursor, tokenizer, async (prefix, limit) => {
        const found = await inSlices(labelsBeginningWith(labels, prefix, limit, LONGEST_LABEL_BYTES));
        return found.map(({ row, text }) => ({ id: row, text }));
      });
    }
    const index = await this.indexOf(tokenizer);
    return completions(line, cursor, index, form === 'inDocument' ? 'bare' : form);
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
