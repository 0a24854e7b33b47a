import { MAX_NEIGHBORS, type PanelMemento } from '../../src/protocol/panelMessages';
import type { AnswerView, NeighborView } from '../../src/protocol/answerView';
import type { PanelSnapshot, PanelViewName } from '../../src/protocol/panelSnapshot';
import type { TokenView } from '../../src/protocol/tokenView';
import { CompareState } from './compare/compareState';
import { EmbeddingsAnnouncements } from './embeddings/embeddingsAnnouncements';
import { FilterDraft } from './filter/filterDraft';
import { foldRows, type ListRows } from './neighbors/foldedRows';
import type { PlotName } from './neighbors/plotName';
import { ViewArrangement } from './neighbors/viewArrangement';
import { QueryCompletion } from './query/queryCompletion';
import { QuerySuggestions } from './query/querySuggestions';
import { listKey, searchedTokens } from './searched';
import type { TermName } from './shell/termName';
import { AnswerAnnouncements } from './shell/answerAnnouncements';
import { TokenPageState } from './token/tokenPageState';
import { VocabularyMapState } from './vocabularyMap/vocabularyMapState';

/** What stands in the query field while it differs from the query that is shown. */
interface Draft {
  readonly text: string;
  /** Revision shown when it was sent; undefined while it is being typed. */
  readonly sentAt?: number;
  /** The host has done the search, so the next snapshot is about it. */
  readonly isAnswered?: boolean;
}

/** How many neighbors the end of the list adds. */
const MORE_NEIGHBORS = 20;

/** Inner size of an element in CSS pixels; 0 before it is known. */
interface Size {
  readonly width: number;
  readonly height: number;
}

const UNKNOWN: Size = { width: 0, height: 0 };

/** The newest snapshot, and what only the page knows: selection, scrolling, what is typed. No DOM in here. */
export class InspectorState {
  snapshot: PanelSnapshot | undefined;
  memento: PanelMemento | undefined;
  /** Number of the selected neighbor and point, counted from 0; −1 without neighbors. */
  selected = -1;
  /** The keyboard has gone on from the last row to the offer of more. */
  isAtMore = false;
  /** The row or point under the pointer. */
  hovered: number | undefined;
  hoveredOn: 'list' | 'map' = 'list';
  draft: Draft | undefined;
  readonly completion = new QueryCompletion();
  readonly suggestions = new QuerySuggestions();
  readonly filterDraft = new FilterDraft();
  readonly compareView = new CompareState();
  readonly tokenPage = new TokenPageState();
  readonly vocabularyMap = new VocabularyMapState();
  scrollTop = 0;
  listHeight = 0;
  scrollBarWidth = 0;
  mapWidth = 0;
  mapHeight = 0;
  plotWidth = 0;
  plotHeight = 0;
  /** What list and drawings share, and the part of the drawings. */
  resultsSize = UNKNOWN;
  drawingsSize = UNKNOWN;
  readonly arrangement = new ViewArrangement();
  /** The view that was asked for, until the host has answered. */
  chosenView: PanelViewName | undefined;
  /** Drawings that are shown as tables. */
  readonly tables = new Set<PlotName>();
  popup: 'export' | 'filter' | undefined;
  explainsMetric = false;
  /** The word of a drawing that is explained. */
  explainedTerm: TermName | undefined;
  /** A long query is shown whole, not in one line. */
  opensChoices = false;
  isVerifying = false;
  /** Why the last request was refused. */
  refusal: string | undefined;
  copied: 'row' | undefined;
  /** What the live region says. */
  announcement = '';
  /** The token that was selected in a list that is computed anew. */
  private awaitedId: number | undefined;
  private readonly openGroups = new Map<string, boolean>();
  private readonly embeddingsAnnouncements = new EmbeddingsAnnouncements();
  private readonly answerAnnouncements = new AnswerAnnouncements();
  private folded: (ListRows & { readonly answer: AnswerView; readonly isFolded: boolean }) | undefined;

  /**
   * Takes a snapshot over, unless a newer one is shown.
   *
   * @returns whether the list starts anew (another query), stays, or nothing happened
   */
  show(snapshot: PanelSnapshot, memento: PanelMemento): 'stale' | 'sameList' | 'newList' {
    const before = this.snapshot;
    if (before && snapshot.revision <= before.revision) {
      return 'stale';
    }
    const selectedId = this.selectedNeighbor?.token.id ?? this.awaitedId;
    this.snapshot = snapshot;
    this.memento = memento;
    if (!before && memento.arrangement) {
      this.arrangement.chosen = memento.arrangement;
    }
    if (!before && memento.map) {
      this.vocabularyMap.restore(memento.map);
    }
    this.hovered = undefined;
    this.isAtMore = false;
    this.updateDraft(before?.query?.text);
    this.filterDraft.update(snapshot.filter);
    const isSameList = before !== undefined && listKey(before) === listKey(snapshot);
    if (!isSameList) {
      this.openGroups.clear();
      this.opensChoices = false;
    }
    this.folded = undefined;
    this.awaitedId = isSameList && !snapshot.answer ? selectedId : undefined;
    this.selected = firstSelection(snapshot.answer, isSameList ? selectedId : undefined);
    this.selectShown();
    const spoken = this.embeddingsAnnouncements.next(snapshot.embeddings);
    this.announcement = this.answerAnnouncements.next(snapshot) ?? spoken ?? this.announcement;
    return isSameList ? 'sameList' : 'newList';
  }

  get view(): PanelViewName {
    return this.chosenView ?? this.snapshot?.view ?? 'neighbors';
  }

  /** Nothing was asked yet. */
  get isEmpty(): boolean {
    return this.snapshot !== undefined && !this.snapshot.query;
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

  /** The rows of the list as it is folded now. */
  get list(): ListRows {
    const { snapshot, folded } = this;
    const answer = snapshot?.answer;
    if (!answer) {
      return { rows: [], rowOf: [], headOf: [] };
    }
    const { isFolded } = snapshot;
    if (folded?.answer === answer && folded.isFolded === isFolded) {
      return folded;
    }
    // The query's own group starts open: its forms are the first thing to compare.
    const ownKey = answer.neighbors.find(({ isQuery }) => isQuery)?.foldKey;
    const isOpen = (key: string) => this.openGroups.get(key) ?? key === ownKey;
    this.folded = { ...foldRows(answer.neighbors, isFolded, isOpen), answer, isFolded };
    return this.folded;
  }

  /** Number of the row that shows the selected neighbor, counted from 0; −1 without neighbors. */
  get selectedRow(): number {
    return this.list.rowOf[this.selected] ?? -1;
  }

  /** Opens or closes the group of a neighbor. A selection inside a group that closes goes to its row. */
  openGroup(index: number, isOpen: boolean): void {
    const key = this.neighbors[index]?.foldKey;
    if (key !== undefined && key !== '') {
      this.openGroups.set(key, isOpen);
      this.folded = undefined;
      this.selectShown();
    }
  }

  /** How many more neighbors can be asked for; 0 where the list has all that there are, or all that are shown. */
  get moreCount(): number {
    const { snapshot } = this;
    const isCutOff = snapshot !== undefined && this.neighbors.length >= snapshot.k;
    return isCutOff ? Math.min(MORE_NEIGHBORS, MAX_NEIGHBORS - snapshot.k) : 0;
  }

  /** Selects a neighbor; its group opens where it would hide it. */
  select(index: number): void {
    this.isAtMore = false;
    this.selected = index;
    if (!this.isShown(index)) {
      this.openGroup(index, true);
    }
  }

  /** True for the one token whose own row is searched. */
  isSearched(token: TokenView): boolean {
    const query = this.snapshot?.query;
    const searched = searchedTokens(query);
    return searched.length === 1 && searched[0]?.id === token.id && !query?.formula;
  }

  /** False for the token that the query is already. A piece of a longer query can be made the whole query. */
  canWalkTo(token: TokenView): boolean {
    return !(this.isSearched(token) && this.snapshot?.query?.pieces.length === 1);
  }

  /** Remembers the text that is searched until the query shown is the answer to it. */
  sendDraft(text: string): void {
    this.draft = { text, sentAt: this.snapshot?.revision ?? -1 };
  }

  /** Called when the host has done a search; the snapshot about it may come before or after. */
  answerDraft(): void {
    const { draft, snapshot } = this;
    if (draft?.sentAt !== undefined) {
      const isShown = snapshot !== undefined && snapshot.revision > draft.sentAt;
      this.draft = isShown ? undefined : { ...draft, isAnswered: true };
    }
  }

  /** The field shows the query again once a snapshot answers what was sent. */
  private updateDraft(textBefore: string | undefined): void {
    const text = this.snapshot?.query?.text;
    const { draft } = this;
    if (draft?.sentAt !== undefined && (draft.isAnswered || text === draft.text || text !== textBefore)) {
      this.draft = undefined;
    }
  }

  private isShown(index: number): boolean {
    const { rows, rowOf } = this.list;
    return rows[rowOf[index] ?? -1]?.index === index;
  }

  private selectShown(): void {
    if (this.selected >= 0 && !this.isShown(this.selected)) {
      this.selected = this.list.headOf[this.selected] ?? -1;
    }
  }
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
