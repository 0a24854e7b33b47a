import type { PanelMemento } from '../../../src/protocol/panelMessages';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import type { ExampleQuery } from '../../../src/protocol/suggestionsView';

/** More would not leave room for examples. */
const MAX_RECENT = 6;

/** What was asked last, in this panel and in the workspace, the newest first and each once. */
export function recentQueries(
  snapshot: PanelSnapshot | undefined,
  memento: PanelMemento | undefined,
): readonly string[] {
  const ofPanel = (memento?.history ?? []).map(({ text }) => text).reverse();
  const texts = new Set([...ofPanel, ...(snapshot?.suggestions.recent ?? [])]);
  return [...texts].slice(0, MAX_RECENT);
}

/** A query that the popup offers. */
export interface Suggestion extends Partial<ExampleQuery> {
  readonly text: string;
}

/** What an empty query line offers: the popup below it. */
export class QuerySuggestions {
  recent: readonly Suggestion[] = [];
  examples: readonly Suggestion[] = [];
  /** Number of the option that the arrow keys have reached, recent ones first, counted from 0; −1 for none. */
  active = -1;

  get items(): readonly Suggestion[] {
    return [...this.recent, ...this.examples];
  }

  get isOpen(): boolean {
    return this.items.length > 0;
  }

  open(snapshot: PanelSnapshot | undefined, memento: PanelMemento | undefined): void {
    const recent = recentQueries(snapshot, memento);
    this.recent = recent.map((text) => ({ text }));
    this.examples = (snapshot?.suggestions.examples ?? []).filter(({ text }) => !recent.includes(text));
    this.active = -1;
  }

  close(): void {
    this.recent = [];
    this.examples = [];
    this.active = -1;
  }

  /** Moves through the options and, between last and first, through none. */
  move(step: 1 | -1): void {
    const places = this.items.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
  }
}
