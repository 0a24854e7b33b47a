import * as vscode from 'vscode';
import type { PanelMemento, QueryMemento } from '../../protocol/panelMessages';
import type { PanelSnapshot } from '../../protocol/panelSnapshot';
import { queryOfWord } from '../query/queryLines';
import { CursorFollower } from './cursorFollower';
import { PanelExports } from './exports/panelExports';
import { Inspection } from './inspection';
import { inspectorHtml } from './inspectorHtml';
import type { InspectorServices } from './inspectorServices';
import { DocumentOnMap } from './map/documentOnMap';
import { LookedAtEditor } from './map/lookedAtEditor';
import { VocabularyMap } from './map/vocabularyMap';
import { PanelConnection } from './panelConnection';
import type { PanelContext } from './panelContext';
import { performRequest, type RequestedInspector } from './performRequest';

/**
 * So long a question waits for its answer to be shown with it, in milliseconds: half of what people take for at once. Most answers take ten.
 * Shown alone, it would take away the list before, to be followed by a list within the next frame: flicker, and work at the wrong time.
 */
const ANSWER_SOON_MILLISECONDS = 50;

/** One inspector: the page, which gets a whole snapshot after every change, and what it shows. */
export class InspectorPanel implements RequestedInspector, vscode.Disposable {
  readonly inspection: Inspection;
  readonly exports: PanelExports;
  readonly connection: PanelConnection;
  readonly map: VocabularyMap;
  private readonly follower: CursorFollower;
  private readonly queries = new vscode.EventEmitter<void>();
  /** When it has another query, or its query another form or vector. */
  readonly onDidChangeQuery = this.queries.event;
  private readonly others = new vscode.EventEmitter<QueryMemento>();
  /** When its page asks for one more inspector, with this query. */
  readonly onDidAskForAnother = this.others.event;
  private readonly disposables: { dispose(): unknown }[] = [this.queries, this.others];
  private revision = 0;
  private latest: PanelSnapshot | undefined;
  /** Will show what was asked, unless something else is shown before. */
  private question: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly services: InspectorServices,
    memento?: PanelMemento,
  ) {
    const { session, settings, tokenizers, filters, log, extensionUri } = services;
    const context: PanelContext = {
      embeddings: session,
      tokenizer: () => tokenizers.current,
      filters,
      onChange: () => this.post(),
      onFailure: (error) => log.error(error instanceof Error ? error : String(error)),
    };
    this.map = new VocabularyMap(services.map, {
      isShown: () => this.connection.isPageReady && panel.visible && this.inspection.view === 'map',
      hasAnswer: () => this.connection.isPageReady && panel.visible && this.latest?.answer !== undefined,
      send: (message) => this.connection.send(message),
      isOfDocument: () => this.inspection.memento.map?.coloring === 'document',
      followDocument: (tell) =>
        new DocumentOnMap(new LookedAtEditor(services.documents), tell, context.onFailure),
      onChange: () => this.post(),
    });
    this.inspection = new Inspection(context, services, memento, {
      onQuery: () => this.queries.fire(),
      onAsk: () => this.postSoon(),
    });
    this.exports = new PanelExports(context, services.dialogs, services.version, () => ({
      ...this.inspection.exported,
      map: this.map.contents,
    }));
    this.follower = new CursorFollower(
      () => !this.inspection.isPinned && panel.visible && session.state.state === 'ready',
      (word) => this.inspection.follow(queryOfWord(word, settings.form)),
    );
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
    };
    this.connection = new PanelConnection(panel.webview, (request) => performRequest(this, request), log);
    this.disposables.push(
      this.connection,
      this.follower,
      session.onDidChangeState(() => this.post()),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) {
          this.connection.losePage();
          this.map.update();
        }
        this.follower.look();
      }),
      panel.onDidDispose(() => this.dispose()),
    );
    panel.webview.html = inspectorHtml(panel.webview, extensionUri);
    this.inspection.refresh();
  }

  /** What the page was last told to show. */
  get shown(): PanelSnapshot | undefined {
    return this.latest;
  }

  openAnother(query: QueryMemento): void {
    this.others.fire(query);
  }

  pin(isPinned: boolean): void {
    this.inspection.changeDisplay({ isPinned });
    if (!isPinned) {
      this.follower.look();
    }
  }

  /**
   * Takes the eye and the keyboard to what the verification of the current query finds.
   *
   * @throws {Error} where there is nothing to search, and whatever the engine fails with.
   */
  async verify(): Promise<void> {
    if (await this.inspection.verify()) {
      this.panel.reveal();
      this.connection.focus('verification');
    }
  }

  post(): void {
    clearTimeout(this.question);
    this.question = undefined;
    this.panel.title = this.inspection.title;
    if (this.connection.isPageReady) {
      const { view } = this.map;
      this.latest = { revision: ++this.revision, ...this.inspection.snapshot, ...(view && { map: view }) };
      this.connection.send({
        type: 'snapshot',
        snapshot: this.latest,
        memento: this.inspection.memento,
      });
      this.map.update();
    }
  }

  private postSoon(): void {
    this.question ??= setTimeout(() => {
      this.post();
    }, ANSWER_SOON_MILLISECONDS);
  }

  dispose(): void {
    clearTimeout(this.question);
    // Listeners first: ending the search may change the state of the embeddings, and the page is gone.
    vscode.Disposable.from(...this.disposables.splice(0)).dispose();
    this.inspection.stop();
    this.map.dispose();
  }
}
