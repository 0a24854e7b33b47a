import type * as vscode from 'vscode';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { isShortString } from '../../protocol/parsing';
import { MAX_RECENT_QUERIES, type ExampleQuery, type SuggestionsView } from '../../protocol/suggestionsView';
import { queryExamples } from '../query/queryExamples';

const STATE_KEY = 'tokenscope.recentQueries';

/** UTF-16 units: what is longer is a text, and is not offered again. */
const LONGEST_QUERY = 200;

/** What an empty query line offers: what was asked last in this workspace, and examples for the model in use. */
export class QuerySuggestions {
  private read: readonly string[] | undefined;
  private examples: { readonly tokenizer: Tokenizer; readonly queries: readonly ExampleQuery[] } | undefined;

  /** @param state The workspace's: what it gives is checked. */
  constructor(private readonly state: vscode.Memento) {}

  of(tokenizer: Tokenizer): SuggestionsView {
    if (this.examples?.tokenizer !== tokenizer) {
      this.examples = { tokenizer, queries: queryExamples(tokenizer) };
    }
    return { recent: this.recent, examples: this.examples.queries };
  }

  /** Somebody has asked this. */
  async note(text: string): Promise<void> {
    const asked = text.trim();
    if (asked !== '' && asked.length <= LONGEST_QUERY && asked !== this.recent[0]) {
      const others = this.recent.filter((other) => other !== asked);
      this.read = [asked, ...others].slice(0, MAX_RECENT_QUERIES);
      await this.state.update(STATE_KEY, this.read);
    }
  }

  /** The newest first. */
  private get recent(): readonly string[] {
    this.read ??= parseRecent(this.state.get<unknown>(STATE_KEY));
    return this.read;
  }
}

function parseRecent(value: unknown): readonly string[] {
  const texts = (Array.isArray(value) ? value : []).filter(
    (text): text is string => isShortString(text, LONGEST_QUERY) && text.trim() !== '',
  );
  return [...new Set(texts)].slice(0, MAX_RECENT_QUERIES);
}
