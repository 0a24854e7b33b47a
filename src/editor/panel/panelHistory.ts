import { MAX_HISTORY, type PanelMemento, type QueryMemento } from '../../protocol/panelMessages';

/** The queries that a panel has shown, with a position in them, like a browser's history. */
export class PanelHistory {
  private queries: QueryMemento[];
  private position: number;
  /** The current query came from following the cursor. */
  private isFollowing = false;

  constructor(memento?: Pick<PanelMemento, 'history' | 'position'>) {
    this.queries = [...(memento?.history ?? [])];
    this.position = memento?.position ?? -1;
  }

  get current(): QueryMemento | undefined {
    return this.queries[this.position];
  }

  get canGoBack(): boolean {
    return this.position > 0;
  }

  get canGoForward(): boolean {
    return this.position < this.queries.length - 1;
  }

  /** Goes on to a query; what lay ahead is dropped, and the oldest beyond the limit. */
  visit(query: QueryMemento): void {
    this.queries = [...this.queries.slice(0, this.position + 1), query].slice(-MAX_HISTORY);
    this.position = this.queries.length - 1;
    this.isFollowing = false;
  }

  /** Changes how the current query is meant, without a step of its own. */
  replace(query: QueryMemento): void {
    if (this.position >= 0) {
      this.queries[this.position] = query;
    }
  }

  /** Goes on to what the cursor is on now, in place of what it was on before: a whole walk of the cursor is one step. */
  follow(query: QueryMemento): void {
    if (this.isFollowing) {
      this.replace(query);
    } else {
      this.visit(query);
    }
    this.isFollowing = true;
  }

  /** @returns false when there is nowhere to go. */
  go(step: -1 | 1): boolean {
    const next = this.position + step;
    if (next < 0 || next >= this.queries.length) {
      return false;
    }
    this.position = next;
    this.isFollowing = false;
    return true;
  }

  toMemento(): Pick<PanelMemento, 'history' | 'position'> {
    return { history: [...this.queries], position: this.position };
  }
}
