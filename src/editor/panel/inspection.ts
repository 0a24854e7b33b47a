import type { PanelMemento, QueryMemento } from '../../protocol/panelMessages';
import type { PanelSnapshot } from '../../protocol/panelSnapshot';
import { anotherPair, comparedAnew, textsOfQuery, wordsOfIds } from './compare/comparedTexts';
import { TextComparison } from './compare/textComparison';
import type { Shown } from './exports/panelExports';
import type { InspectorServices } from './inspectorServices';
import { NeighborSearch } from './neighborSearch';
import { initialChoices, mementoOf, type PanelChoices } from './panelChoices';
import type { PanelContext } from './panelContext';
import { PanelHistory } from './panelHistory';
import { panelTitle, queryNames } from './panelTitle';
import { shownSnapshot } from './shownSnapshot';
import { ShownVerification } from './shownVerification';
import { TokenPage } from './token/tokenPage';
import { verifyTable } from './verifyTable';
import { verifyWithProgress } from './verifySimilarity';

/** Who is told what an inspection does. */
export interface InspectionListeners {
  /** It has another query, or its query another form or vector. */
  readonly onQuery: () => void;
  /** A question is being answered. What is new is shown with its answer; alone, where that lets wait for it. */
  readonly onAsk: () => void;
}

/**
 * What one inspector looks at: its query, what was chosen for it, and what was found. It knows no page: whatever there is to show anew is
 * told by the context's `onChange`.
 */
export class Inspection {
  readonly history: PanelHistory;
  readonly neighbors: NeighborSearch;
  private readonly comparison: TextComparison;
  private readonly tokenPage: TokenPage;
  private choices: PanelChoices;
  private readonly verification = new ShownVerification();

  /**
   * @param memento What it was before the window was reloaded.
   */
  constructor(
    private readonly context: PanelContext,
    private readonly services: InspectorServices,
    memento: PanelMemento | undefined,
    private readonly listeners: InspectionListeners,
  ) {
    this.history = new PanelHistory(memento);
    this.choices = initialChoices(memento, services.settings.neighborCount);
    this.neighbors = new NeighborSearch(context);
    this.comparison = new TextComparison(context);
    this.tokenPage = new TokenPage(context);
  }

  get title(): string {
    const { view } = this.choices;
    const names =
      view === 'compare' ? this.comparison.names : queryNames(this.history.current, this.neighbors.resolved);
    return panelTitle(view, names, this.services.tokenizers.current.labelKind === 'words');
  }

  get view(): PanelSnapshot['view'] {
    return this.choices.view;
  }

  get isPinned(): boolean {
    return this.choices.isPinned;
  }

  /** How the list is made: what another inspector takes over. */
  get ranking(): Pick<PanelChoices, 'k' | 'metric' | 'filter' | 'leftOut' | 'isFolded'> {
    const { k, metric, filter, leftOut, isFolded } = this.choices;
    return { k, metric, filter, leftOut, isFolded };
  }

  get memento(): PanelMemento {
    return mementoOf(this.choices, this.history.toMemento());
  }

  get snapshot(): Omit<PanelSnapshot, 'revision'> {
    const { choices, history, neighbors, comparison, tokenPage, verification, services } = this;
    return shownSnapshot(
      {
        choices,
        history,
        neighbors,
        compare: comparison.view,
        tokenPage: tokenPage.view,
        verification: verification.view,
      },
      services,
    );
  }

  /** What can be exported. */
  get exported(): Omit<Shown, 'map'> {
    const { k, filter, leftOut, metric, map } = this.choices;
    const { answer, resolved } = this.neighbors;
    const { state } = this.services.session;
    return {
      query: this.history.current,
      resolved,
      answer,
      k,
      filter,
      leftOut,
      metric,
      compare: this.comparison.view,
      mapArrangement: map,
      model: state.state === 'ready' ? state.model : undefined,
    };
  }

  /** Shows a query and makes it the newest of the history. */
  show(query: QueryMemento, choices: Partial<PanelChoices> = {}): void {
    this.history.visit(query);
    this.choose({ view: this.choices.view === 'compare' ? 'neighbors' : this.choices.view, ...choices });
    this.run();
  }

  /** Shows what the cursor is on, in place of what it was on before. */
  follow(query: QueryMemento): void {
    if (JSON.stringify(query) !== JSON.stringify(this.history.current)) {
      this.history.follow(query);
      this.run();
    }
  }

  /** Searches the current query in another form, or another of its vectors. */
  amend(change: Partial<QueryMemento>): void {
    const { current } = this.history;
    if (current) {
      this.history.replace({ ...current, ...change });
      this.run();
    }
  }

  /** A comparison is no step of the history: back leads to the query that was there before it. */
  go(step: -1 | 1): void {
    if (this.choices.view === 'compare') {
      if (step === -1 && this.history.current) {
        this.chooseView('neighbors');
      }
    } else if (this.history.go(step)) {
      this.run();
    }
  }

  /** Compares texts as they would stand in the query line. */
  compare(texts: readonly string[], mode: 'pair' | 'matrix'): void {
    const { tokenizers, session } = this.services;
    // Until a model is ready nobody knows whose ids they are.
    const lines = session.state.state === 'ready' ? wordsOfIds(tokenizers.current, texts) : texts;
    this.startComparison(comparedAnew(this.choices.compare, lines, mode));
  }

  /** @param pairOf Numbers of two of the texts; others are not taken. */
  comparePair(pairOf: readonly [number, number]): void {
    const compare = anotherPair(this.choices.compare, pairOf);
    if (compare) {
      this.startComparison(compare);
    }
  }

  /** Shows one of the views, which gets what it needs. */
  chooseView(view: PanelSnapshot['view']): void {
    this.choose({ view });
    if (view === 'token') {
      this.tokenPage.measure(this.choices.tokenMetrics);
    } else if (view === 'compare') {
      const { current } = this.history;
      const { compare } = this.choices;
      this.startComparison(
        compare.texts.length === 0 && current
          ? textsOfQuery(this.services.tokenizers.current, current)
          : compare,
      );
    }
    this.context.onChange();
  }

  /** Changes what is chosen, and searches again where that changes the answer. */
  change(choices: Partial<Pick<PanelChoices, 'k' | 'metric' | 'filter' | 'leftOut'>>): void {
    this.choose(choices);
    this.comparison.showMetric(this.choices.metric);
    this.run();
  }

  /** Changes what is chosen where that does not change the answer. */
  changeDisplay(
    choices: Partial<Pick<PanelChoices, 'isFolded' | 'isPinned' | 'arrangement' | 'map' | 'tokenMetrics'>>,
  ): void {
    this.choose(choices);
    if (choices.tokenMetrics && this.choices.view === 'token') {
      this.tokenPage.measure(choices.tokenMetrics);
    }
    this.context.onChange();
  }

  /** Asks everything again: another model, or another setting. */
  refresh(): void {
    this.run();
    const { compare, view } = this.choices;
    if (view === 'compare' || this.comparison.view) {
      this.comparison.start({ compare, metric: this.choices.metric });
      this.context.onChange();
    }
  }

  /**
   * Compares plain loop and fast path for the current query, and shows what was found in the Neighbors view, whichever is looked at.
   *
   * @returns false where nothing was found for what is shown by then.
   * @throws {Error} where there is nothing to search, and whatever the engine fails with.
   */
  async verify(): Promise<boolean> {
    const { metric } = this.choices;
    const { state } = this.services.session;
    if (state.state === 'ready' && state.model.table !== undefined) {
      await verifyTable(this.services.databases, metric, (signal) => this.neighbors.request(signal));
      return false;
    }
    const isShown = await this.verification.take(() =>
      verifyWithProgress(this.services.session, metric, (signal) => this.neighbors.request(signal)),
    );
    if (isShown) {
      this.choose({ view: 'neighbors' });
      this.context.onChange();
    }
    return isShown;
  }

  closeVerification(): void {
    this.verification.close();
    this.context.onChange();
  }

  /** Gives up whatever is being asked. */
  stop(): void {
    this.neighbors.stop();
    this.comparison.stop();
    this.tokenPage.stop();
  }

  private run(): void {
    const { current } = this.history;
    const { k, metric, filter, leftOut, view, tokenMetrics } = this.choices;
    this.services.onActivity();
    this.verification.begin();
    const isAsked = this.neighbors.start(current && { query: current, k, metric, filter, leftOut });
    this.tokenPage.start(this.neighbors.resolved?.tokenId, view === 'token' ? tokenMetrics : undefined);
    if (isAsked) {
      this.listeners.onAsk();
    } else {
      this.context.onChange();
    }
    this.listeners.onQuery();
  }

  private startComparison(compare: PanelChoices['compare']): void {
    this.services.onActivity();
    this.choose({ compare, view: 'compare' });
    this.comparison.start({ compare, metric: this.choices.metric });
    this.context.onChange();
  }

  private choose(choices: Partial<PanelChoices>): void {
    this.choices = { ...this.choices, ...choices };
  }
}
