import * as vscode from 'vscode';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { EmbeddingSession } from '../../engine/embeddingSession';
import { ModelUndecidedError } from '../../engine/embeddingState';
import type { PanelMemento, PanelRequest, QueryMemento, ToWebview } from '../../protocol/panelMessages';
import type { AnswerView, PanelSnapshot } from '../../protocol/panelSnapshot';
import { parseFromWebview } from '../../protocol/parseFromWebview';
import { COMMANDS } from '../commands/commandIds';
import { isCancellation } from '../isCancellation';
import type { ModelTokenizer } from '../session/modelTokenizer';
import type { Settings } from '../settings';
import { inspectorHtml } from './inspectorHtml';
import { PanelHistory } from './panelHistory';
import { queryForToken, resolveQuery, type ResolvedQuery } from './resolveQuery';
import { answerView, embeddingsView } from './snapshotViews';

export interface InspectorServices {
  readonly session: EmbeddingSession;
  readonly settings: Settings;
  readonly tokenizers: ModelTokenizer;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** One inspector: its query, its history, and the page that shows them. Every change sends a whole snapshot. */
export class InspectorPanel implements vscode.Disposable {
  private readonly disposables: { dispose(): unknown }[] = [];
  private readonly history: PanelHistory;
  private neighborCount: number;
  private revision = 0;
  private latest: PanelSnapshot | undefined;
  private resolved: ResolvedQuery | undefined;
  private answer: AnswerView | undefined;
  private queryError: string | undefined;
  private search: AbortController | undefined;
  private isPageReady = false;
  private isDisposed = false;
  private pendingFocus: 'list' | 'query' | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly services: InspectorServices,
    memento?: PanelMemento,
  ) {
    this.history = new PanelHistory(memento);
    this.neighborCount = memento?.k ?? services.settings.neighborCount;
    panel.iconPath = vscode.Uri.joinPath(services.extensionUri, 'media', 'icon.png');
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(services.extensionUri, 'dist', 'webview')],
    };
    this.disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
      services.session.onDidChangeState(() => this.post()),
      panel.onDidDispose(() => this.dispose()),
    );
    panel.webview.html = inspectorHtml(panel.webview, services.extensionUri);
    this.run();
  }

  /** Shows a query and makes it the newest of the history. */
  show(query: QueryMemento): void {
    this.history.visit(query);
    this.run();
  }

  /** Puts the keyboard focus into the page as soon as it is there. */
  focus(target: 'list' | 'query'): void {
    this.pendingFocus = target;
    this.sendFocus();
  }

  dispose(): void {
    // Listeners first: ending the search may change the state of the embeddings, and the page is gone.
    vscode.Disposable.from(...this.disposables.splice(0)).dispose();
    this.isDisposed = true;
    this.search?.abort();
  }

  /** Answers every message that carries a number, whatever becomes of it. */
  private async receive(message: unknown): Promise<void> {
    const parsed = parseFromWebview(message);
    if (!parsed) {
      this.services.log.warn('The inspector sent a message that is none.');
      return;
    }
    if ('rejected' in parsed) {
      this.send({
        type: 'answer',
        to: parsed.rejected,
        ok: false,
        message: 'Not a request of the inspector.',
      });
      return;
    }
    try {
      await this.perform(parsed);
      this.send({ type: 'answer', to: parsed.request, ok: true });
    } catch (error) {
      this.services.log.error(error instanceof Error ? error : String(error));
      this.send({ type: 'answer', to: parsed.request, ok: false, message: messageOf(error) });
    }
  }

  private async perform(request: PanelRequest): Promise<void> {
    const { current } = this.history;
    switch (request.type) {
      case 'ready':
        this.isPageReady = true;
        this.post();
        this.sendFocus();
        break;
      case 'search':
        this.show({ text: request.text, form: this.services.settings.form, vector: 'mean' });
        break;
      case 'chooseForm':
        this.amend(current && { ...current, form: request.form, vector: 'mean' });
        break;
      case 'chooseVector':
        this.amend(current && { ...current, vector: request.vector });
        break;
      case 'walk':
        this.show(queryForToken(this.services.tokenizers.current, request.id));
        break;
      case 'back':
        this.go(-1);
        break;
      case 'forward':
        this.go(1);
        break;
      case 'chooseCount':
        this.neighborCount = request.k;
        this.run();
        break;
      case 'copy':
        await vscode.env.clipboard.writeText(request.text);
        break;
      case 'cancelLoading':
        this.services.session.cancel();
        break;
      case 'retryLoading':
        this.services.session.reset();
        this.run();
        break;
      case 'chooseModel':
        await vscode.commands.executeCommand(COMMANDS.chooseModel);
        break;
      case 'chooseFile':
        await vscode.commands.executeCommand(COMMANDS.chooseFile);
        break;
      case 'download':
        await vscode.commands.executeCommand(COMMANDS.download);
        break;
      case 'downloadWhole':
        await vscode.commands.executeCommand(COMMANDS.download, { wholeFile: true });
        break;
      case 'useSample':
        await vscode.commands.executeCommand(COMMANDS.useSample);
        break;
      case 'showLog':
        this.services.log.show(true);
        break;
    }
  }

  private go(step: -1 | 1): void {
    if (this.history.go(step)) {
      this.run();
    }
  }

  private amend(query: QueryMemento | undefined): void {
    if (query) {
      this.history.replace(query);
      this.run();
    }
  }

  /** Resolves the current query and searches it; the answer of an older query is never shown. */
  run(): void {
    this.search?.abort();
    this.search = undefined;
    this.answer = undefined;
    this.queryError = undefined;
    const { current } = this.history;
    this.resolve();
    this.panel.title = this.resolved ? `Neighbors: ${current?.text ?? ''}`.slice(0, 40) : 'Tokenscope';
    this.post();
    if (this.resolved) {
      this.search = new AbortController();
      void this.find(this.search.signal);
    }
  }

  /** Finds the tokens that the current query means to the current tokenizer. */
  private resolve(): Tokenizer {
    const tokenizer = this.services.tokenizers.current;
    const { current } = this.history;
    this.resolved = current && resolveQuery(tokenizer, current);
    return tokenizer;
  }

  private async find(signal: AbortSignal): Promise<void> {
    const { session } = this.services;
    try {
      await session.ensureReady(signal);
      // The model that is ready now may have another tokenizer than the one before.
      const tokenizer = this.resolve();
      const terms = this.resolved?.terms ?? [];
      if (terms.length === 0) {
        throw new RangeError('This text has no token to search.');
      }
      const answer = await session.neighbors(
        { query: { terms }, k: this.neighborCount, projection: true },
        signal,
      );
      if (!signal.aborted) {
        this.answer = answerView(tokenizer, answer, new Set(terms.map(({ id }) => id)));
        this.post();
      }
    } catch (error) {
      if (!signal.aborted) {
        this.showFailure(error);
      }
    }
  }

  private showFailure(error: unknown): void {
    if (!(error instanceof ModelUndecidedError || isCancellation(error))) {
      this.services.log.error(error instanceof Error ? error : String(error));
    }
    // A failed load is the session's state, and shown as such; what remains is about this query.
    this.queryError = this.services.session.state.state === 'ready' ? messageOf(error) : undefined;
    this.post();
  }

  private post(): void {
    if (!this.isPageReady) {
      return;
    }
    const memento: PanelMemento = { version: 1, ...this.history.toMemento(), k: this.neighborCount };
    this.latest = this.snapshot();
    this.send({ type: 'snapshot', snapshot: this.latest, memento });
  }

  /** What the page was last told to show. */
  get shown(): PanelSnapshot | undefined {
    return this.latest;
  }

  private snapshot(): PanelSnapshot {
    return {
      revision: ++this.revision,
      embeddings: embeddingsView(this.services.session.state),
      ...(this.resolved && { query: this.resolved.view }),
      ...(this.answer && { answer: this.answer }),
      ...(this.queryError !== undefined && { queryError: this.queryError }),
      canGoBack: this.history.canGoBack,
      canGoForward: this.history.canGoForward,
      k: this.neighborCount,
    };
  }

  private sendFocus(): void {
    if (this.isPageReady && this.pendingFocus) {
      this.send({ type: 'focus', target: this.pendingFocus });
      this.pendingFocus = undefined;
    }
  }

  private send(message: ToWebview): void {
    if (!this.isDisposed) {
      void this.panel.webview.postMessage(message);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
