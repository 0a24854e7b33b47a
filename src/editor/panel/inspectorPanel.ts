import * as vscode from 'vscode';
import type { PanelMemento, QueryMemento } from '../../protocol/panelMessages';
import type { PanelSnapshot, VerificationView } from '../../protocol/panelSnapshot';
import { comparedTexts, textsOfQuery, wordsOfIds } from './compare/comparedTexts';
import { TextComparison } from './compare/textComparison';
import { CursorFollower } from './cursorFollower';
import { PanelExports, type Shown } from './exports/panelExports';
import { inspectorHtml } from './inspectorHtml';
import type { InspectorServices } from './inspectorServices';
import { VocabularyMap } from './map/vocabularyMap';
import { NeighborSearch } from './neighborSearch';
import { initialChoices, mementoOf, type PanelChoices } from './panelChoices';
import { PanelConnection } from './panelConnection';
import type { PanelContext } from './panelContext';
import { PanelHistory } from './panelHistory';
import { panelTitle, queryNames } from './panelTitle';
import { performRequest, type RequestedInspector } from './performRequest';
import { queryOfWord } from '../query/queryLines';
import { shownSnapshot } from './shownSnapshot';
import { TokenPage } from './token/tokenPage';
import { verifyWithProgress } from './verifySimilarity';

/** One inspector: its query, its choices, and the page that shows them. Every change sends a whole snapshot. */
export class InspectorPanel implements RequestedInspector, vscode.Disposable {
  readonly history: PanelHistory;
  readonly neighbors: NeighborSearch;
  readonly exports: PanelExports;
  readonly connection: PanelConnection;
  readonly map = new VocabularyMap();
  private readonly comparison: TextComparison;
  private readonly tokenPage: TokenPage;
  private readonly follower: CursorFollower;
  private readonly queries = new vscode.EventEmitter<void>();
  /** When it has another query, or its query another form or vector. */
  readonly onDidChangeQuery = this.queries.event;
  private readonly others = new vscode.EventEmitter<QueryMemento>();
  /** When its page asks for one more inspector, with this query. */
  readonly onDidAskForAnother = this.others.event;
  private readonly disposables: { dispose(): unknown }[] = [this.queries, this.others];
  private choices: PanelChoices;
  private revision = 0;
  private latest: PanelSnapshot | undefined;
  private verification: VerificationView | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly services: InspectorServices,
    memento?: PanelMemento,
  ) {
    const { session, settings, tokenizers, filters, log, extensionUri } = services;
    this.history = new PanelHistory(memento);
    this.choices = initialChoices(memento, settings.neighborCount);
    const context: PanelContext = {
      embeddings: session,
      tokenizer: () => tokenizers.current,
      filters,
      onChange: () => this.post(),
      onFailure: (error) => log.error(error instanceof Error ? error : String(error)),
    };
    this.neighbors = new NeighborSearch(context);
    this.comparison = new TextComparison(context);
    this.tokenPage = new TokenPage(context);
    this.exports = new PanelExports(context, services.dialogs, services.version, () => this.exported());
    this.follower = new CursorFollower(
      () => !this.choices.isPinned && panel.visible && session.state.state === 'ready',
      (word) => this.follow(queryOfWord(word, settings.form)),
    );
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
    };
    this.connection = new PanelConnection(
      panel.webview,
      (request) => performRequest(this, request),
      services.log,
    );
    this.disposables.push(
      this.connection,
      this.follower,
      session.onDidChangeState(() => this.post()),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) {
          this.connection.losePage();
        }
        this.follower.look();
      }),
      panel.onDidDispose(() => this.dispose()),
    );
    panel.webview.html = inspectorHtml(panel.webview, extensionUri);
    this.refresh();
  }

  /** What the page was last told to show. */
  get shown(): PanelSnapshot | undefined {
    return this.latest;
  }

  /** How the list is made: what another inspector takes over. */
  get ranking(): Pick<PanelChoices, 'k' | 'metric' | 'filter' | 'leftOut' | 'isFolded'> {
    const { k, metric, filter, leftOut, isFolded } = this.choices;
    return { k, metric, filter, leftOut, isFolded };
  }

  /** Shows a query and makes it the newest of the history. */
  show(query: QueryMemento, choices: Partial<PanelChoices> = {}): void {
    this.history.visit(query);
    this.choose({ view: this.choices.view === 'compare' ? 'neighbors' : this.choices.view, ...choices });
    this.run();
  }

  openAnother(query: QueryMemento): void {
    this.others.fire(query);
  }

  /** Compares texts as they would stand in the query line. */
  compare(texts: readonly string[], mode: 'pair' | 'matrix'): void {
    const before = this.choices.compare;
    const { tokenizers, session } = this.services;
    // Until a model is ready nobody knows whose ids they are.
    const lines = session.state.state === 'ready' ? wordsOfIds(tokenizers.current, texts) : texts;
    const compare = comparedTexts(lines, mode);
    const keepsPair = before.pairOf.every((index) => before.texts[index] === compare.texts[index]);
    this.startComparison(
      keepsPair && compare.texts.length > 1 ? { ...compare, pairOf: before.pairOf } : compare,
    );
  }

  /** @param pairOf Numbers of two of the texts; others are not taken. */
  comparePair(pairOf: readonly [number, number]): void {
    const { compare } = this.choices;
    if (pairOf.every((index) => index < compare.texts.length)) {
      this.startComparison({ ...compare, mode: 'pair', pairOf });
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
    this.post();
  }

  /** Changes what is chosen, and searches again where that changes the answer. */
  change(choices: Partial<Pick<PanelChoices, 'k' | 'metric' | 'filter' | 'leftOut'>>): void {
    this.choose(choices);
    this.comparison.showMetric(this.choices.metric);
    this.run();
  }

  /** Changes what is chosen where that does not change the answer. */
  changeDisplay(
    choices: Partial<Pick<PanelChoices, 'isFolded' | 'isPinned' | 'arrangement' | 'tokenMetrics'>>,
  ): void {
    this.choose(choices);
    if (choices.tokenMetrics && this.choices.view === 'token') {
      this.tokenPage.measure(choices.tokenMetrics);
    }
    if (choices.isPinned === false) {
      this.follower.look();
    }
    this.post();
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

  /** Asks everything again: another model, or another setting. */
  refresh(): void {
    this.run();
    const { compare, view } = this.choices;
    if (view === 'compare' || this.comparison.view) {
      this.comparison.start({ compare, metric: this.choices.metric });
      this.post();
    }
  }

  /**
   * Compares plain loop and fast path for the current query, and shows what was found, whatever is looked at.
   *
   * @throws {Error} where there is nothing to search, and whatever the engine fails with.
   */
  async verify(): Promise<void> {
    const { current } = this.history;
    const { metric } = this.choices;
    const verification = await verifyWithProgress(this.services.session, metric, (signal) =>
      this.neighbors.request(signal),
    );
    if (verification && current === this.history.current && metric === this.choices.metric) {
      this.verification = verification;
      this.choose({ view: 'neighbors' });
      this.post();
      this.panel.reveal();
      this.connection.focus('verification');
    }
  }

  closeVerification(): void {
    this.verification = undefined;
    this.post();
  }

  post(): void {
    this.panel.title = panelTitle(
      this.choices.view,
      this.choices.view === 'compare'
        ? this.comparison.names
        : queryNames(this.history.current, this.neighbors.resolved),
    );
    if (this.connection.isPageReady) {
      this.latest = this.snapshot();
      const memento = mementoOf(this.choices, this.history.toMemento());
      this.connection.send({ type: 'snapshot', snapshot: this.latest, memento });
    }
  }

  dispose(): void {
    // Listeners first: ending the search may change the state of the embeddings, and the page is gone.
    vscode.Disposable.from(...this.disposables.splice(0)).dispose();
    this.neighbors.stop();
    this.comparison.stop();
    this.tokenPage.stop();
  }

  private run(): void {
    const { current } = this.history;
    const { k, metric, filter, leftOut, view, tokenMetrics } = this.choices;
    this.services.onActivity();
    this.verification = undefined;
    this.neighbors.start(current && { query: current, k, metric, filter, leftOut });
    this.tokenPage.start(this.neighbors.resolved?.tokenId, view === 'token' ? tokenMetrics : undefined);
    this.post();
    this.queries.fire();
  }

  private follow(query: QueryMemento): void {
    if (JSON.stringify(query) !== JSON.stringify(this.history.current)) {
      this.history.follow(query);
      this.run();
    }
  }

  private startComparison(compare: PanelChoices['compare']): void {
    this.services.onActivity();
    this.choose({ compare, view: 'compare' });
    this.comparison.start({ compare, metric: this.choices.metric });
    this.post();
  }

  private choose(choices: Partial<PanelChoices>): void {
    this.choices = { ...this.choices, ...choices };
  }

  private exported(): Shown {
    const { k, filter, leftOut, metric } = this.choices;
    const { answer, resolved } = this.neighbors;
    const { session } = this.services;
    return {
      query: this.history.current,
      resolved,
      answer,
      k,
      filter,
      leftOut,
      metric,
      compare: this.comparison.view,
      model: session.state.state === 'ready' ? session.state.model : undefined,
    };
  }

  private snapshot(): PanelSnapshot {
    const { choices, history, neighbors, comparison, tokenPage, verification, services } = this;
    return {
      revision: ++this.revision,
      ...shownSnapshot(
        {
          choices,
          history,
          neighbors,
          compare: comparison.view,
          tokenPage: tokenPage.view,
          verification,
        },
        services,
      ),
    };
  }
}
