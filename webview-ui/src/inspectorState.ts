import type {
  AnswerView,
  NeighborView,
  PanelSnapshot,
  QueryView,
  TokenView,
} from '../../src/protocol/panelSnapshot';
import { EmbeddingsAnnouncements } from './embeddingsAnnouncements';
import { formatSimilarity } from './numbers';
import { spokenTokens } from './tokenText';

/** What stands in the query field while it differs from the query that is shown. */
interface Draft {
  readonly text: string;
  /** Revision shown when it was sent; undefined while it is being typed. */
  readonly sentAt?: number;
  /** The host has done the search, so the next snapshot is about it. */
  readonly isAnswered?: boolean;
}

/** The newest snapshot, and what only the page knows: selection, scrolling, what is typed. No DOM in here. */
export class InspectorState {
  snapshot: PanelSnapshot | undefined;
  /** Number of the selected row and point, counted from 0; −1 without neighbors. */
  selected = -1;
  /** The row or point under the pointer. */
  hovered: number | undefined;
  hoveredOn: 'list' | 'map' = 'list';
  draft: Draft | undefined;
  scrollTop = 0;
  listHeight = 0;
  scrollBarWidth = 0;
  mapWidth = 0;
  mapHeight = 0;
  showsTable = false;
  /** Why the last request was refused. */
  refusal: string | undefined;
  copied: 'row' | 'list' | undefined;
  /** What the live region says. */
  announcement = '';
  private announcedAnswer = '';
  private readonly embeddingsAnnouncements = new EmbeddingsAnnouncements();

  /**
   * Takes a snapshot over, unless a newer one is shown.
   *
   * @returns whether the list starts anew (another query), stays, or nothing happened
   */
  show(snapshot: PanelSnapshot): 'stale' | 'sameList' | 'newList' {
    const before = this.snapshot;
    if (before && snapshot.revision <= before.revision) {
      return 'stale';
    }
    const selectedId = this.selectedNeighbor?.token.id;
    this.snapshot = snapshot;
    this.hovered = undefined;
    this.updateDraft(before?.query?.text);
    const isSameList = before !== undefined && listKey(before) === listKey(snapshot);
    this.selected = firstSelection(snapshot.answer, isSameList ? selectedId : undefined);
    this.announcement = this.embeddingsAnnouncements.next(snapshot.embeddings) ?? this.announcement;
    this.announce();
    return isSameList ? 'sameList' : 'newList';
  }

  get answer(): AnswerView | undefined {
    return this.snapshot?.answer;
  }

  get neighbors(): readonly NeighborView[] {
    return this.snapshot?.answer?.neighbors ?? [];
  }

  get selectedNeighbor(): NeighborView | undefined {
    return this.neighbors[this.selected];
  }

  get fieldText(): string {
    return this.draft?.text ?? this.snapshot?.query?.text ?? '';
  }

  /** True for the one token whose own row is searched. */
  isSearched(token: TokenView): boolean {
    const searched = searchedTokens(this.snapshot?.query);
    return searched.length === 1 && searched[0]?.id === token.id;
  }

  /** False for the token that the query is already. A piece of a longer query can be made the whole query. */
  canWalkTo(token: TokenView): boolean {
    return !(this.isSearched(token) && this.snapshot?.query?.pieces.length === 1);
  }

  /** Remembers the text that is searched until the query shown is the answer to it. */
  sendDraft(text: string): void {
    this.draft = { text, sentAt: this.snapshot?.revision ?? -1 };
  }

  /** The field shows the query again once a snapshot answers what was sent. */
  private updateDraft(textBefore: string | undefined): void {
    const text = this.snapshot?.query?.text;
    const { draft } = this;
    if (draft?.sentAt !== undefined && (draft.isAnswered || text === draft.text || text !== textBefore)) {
      this.draft = undefined;
    }
  }

  /** Called when the host has done a search; the snapshot about it may come before or after. */
  answerDraft(): void {
    const { draft, snapshot } = this;
    if (draft?.sentAt !== undefined) {
      const isShown = snapshot !== undefined && snapshot.revision > draft.sentAt;
      this.draft = isShown ? undefined : { ...draft, isAnswered: true };
    }
  }

  private announce(): void {
    const { snapshot } = this;
    const best = snapshot?.answer?.neighbors.find(({ isQuery }) => !isQuery);
    if (!snapshot?.answer || !best) {
      this.announcedAnswer = '';
      return;
    }
    const { neighbors, model } = snapshot.answer;
    const key = `${listKey(snapshot)} ${neighbors.length} ${model.path}`;
    if (key !== this.announcedAnswer) {
      this.announcedAnswer = key;
      const sample = model.isSample ? ' Sample vectors, not GPT-2.' : '';
      this.announcement = `${neighbors.length} neighbors of ${spokenQuery(snapshot.query)}, best: ${describe(best)}.${sample}`;
    }
  }
}

/** `space Mike 0.857` */
export function describe(neighbor: NeighborView): string {
  return `${spokenTokens([neighbor.token])} ${formatSimilarity(neighbor.score)}`;
}

/** The tokens whose vector, or mean vector, is searched. */
export function searchedTokens(query: QueryView | undefined): readonly TokenView[] {
  return query?.vectors.find(({ selected }) => selected)?.pieces ?? query?.pieces ?? [];
}

export function spokenQuery(query: QueryView | undefined): string {
  const tokens = searchedTokens(query);
  return tokens.length === 0 ? (query?.text ?? '') : spokenTokens(tokens);
}

/** Two snapshots with the same key show the same list, maybe longer or shorter. */
function listKey({ query }: PanelSnapshot): string {
  const vector = query?.vectors.find(({ selected }) => selected);
  return JSON.stringify([query?.text, query?.pieces.map(({ id }) => id), vector?.choice]);
}

/** Keeps the selected token where it is still listed; else the best neighbor that is not the query itself. */
function firstSelection(answer: AnswerView | undefined, keptId: number | undefined): number {
  const neighbors = answer?.neighbors ?? [];
  const kept = keptId === undefined ? -1 : neighbors.findIndex(({ token }) => token.id === keptId);
  if (kept >= 0) {
    return kept;
  }
  const best = neighbors.findIndex(({ isQuery }) => !isQuery);
  return best >= 0 ? best : neighbors.length - 1;
}
