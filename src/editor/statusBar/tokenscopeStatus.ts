import * as vscode from 'vscode';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import type { TokenBands } from '../bands/tokenBands';
import { COMMANDS } from '../commandIds';
import type { OpenDocuments } from '../documents/openDocuments';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import type { Settings } from '../settings';
import { StatusItem } from '../workbench/statusItem';
import { statusText, type StatusPart } from '../workbench/statusText';
import { ActiveTokens } from './activeTokens';
import { presentEmbeddings } from '../session/embeddingsPresentation';
import {
  clickedCommand,
  spokenStatus,
  statusTooltip,
  tooltipLinks,
  type StatusContents,
} from './statusTooltip';
import { tokensText } from './tokenFigures';

export interface StatusServices {
  readonly session: EmbeddingSession;
  readonly documents: OpenDocuments;
  readonly tokenizers: CurrentTokenizer;
  readonly bands: TokenBands;
  readonly settings: Settings;
}

/** The tooltip comes so many milliseconds after the last change: it takes a look at the whole text. */
const TOOLTIP_PAUSE = 150;
/** But never later than this after the first one: loading goes on for a while, and some never stop typing. */
const TOOLTIP_LATEST = 1_000;

/** What the item shows, for tests. */
export interface ShownStatus {
  readonly text: string;
  readonly tooltip: string;
  readonly label: string;
}

/**
 * The one status bar item: the tokens of the selection or document, and the state of the embeddings. Hidden where there is nothing
 * to tell. While tokens are not counted, nothing listens for texts.
 */
export class TokenscopeStatus implements vscode.Disposable {
  private readonly item = new StatusItem({
    // Its first name: who has hidden it finds it hidden.
    id: 'tokenscope.embeddings',
    name: 'Tokenscope',
    priority: 90,
    command: COMMANDS.tokenActions,
  });
  private readonly listeners: readonly { dispose(): void }[];
  private tokens: ActiveTokens | undefined;
  private tooltipTimer: ReturnType<typeof setTimeout> | undefined;
  private firstChange: number | undefined;
  private current: ShownStatus | undefined;

  constructor(private readonly services: StatusServices) {
    const { session, bands, settings } = services;
    const show = (): void => this.show();
    this.listeners = [
      session.onDidChangeState(show),
      session.onDidChangeGraph(show),
      bands.onDidChange(show),
      settings.onDidChange(['statusBar.tokens', 'contextWindow'], () => this.configure()),
    ];
    this.configure();
  }

  /** Undefined while the item is hidden. */
  get shown(): ShownStatus | undefined {
    return this.current;
  }

  dispose(): void {
    clearTimeout(this.tooltipTimer);
    for (const listener of this.listeners) {
      listener.dispose();
    }
    this.tokens?.dispose();
    this.item.dispose();
  }

  private configure(): void {
    const { documents, tokenizers, settings } = this.services;
    if (!settings.countsTokens) {
      this.tokens?.dispose();
      this.tokens = undefined;
    } else {
      this.tokens ??= new ActiveTokens(documents, tokenizers, () => this.show());
    }
    this.show();
  }

  private show(): void {
    const parts = this.parts();
    if (parts.length === 0) {
      clearTimeout(this.tooltipTimer);
      this.firstChange = undefined;
      this.current = undefined;
      this.item.hide();
      return;
    }
    const { session } = this.services;
    this.item.clickRuns(clickedCommand({ embeddings: presentEmbeddings(session.state, session.graph) }));
    this.item.show(parts);
    this.current = { tooltip: '', label: '', ...this.current, text: statusText(parts) };
    this.explainLater();
  }

  private parts(): readonly StatusPart[] {
    const { session } = this.services;
    const figures = this.tokens?.figures;
    const embeddings = presentEmbeddings(session.state, session.graph);
    return [
      ...(figures ? [{ icon: 'whole-word', text: tokensText(figures) }] : []),
      ...(embeddings
        ? [{ icon: embeddings.icon ?? (figures ? undefined : 'symbol-array'), text: embeddings.text }]
        : []),
    ];
  }

  private explainLater(): void {
    const now = performance.now();
    this.firstChange ??= now;
    clearTimeout(this.tooltipTimer);
    this.tooltipTimer = setTimeout(
      () => this.services.documents.work.run(() => this.explain()),
      Math.max(0, Math.min(TOOLTIP_PAUSE, this.firstChange + TOOLTIP_LATEST - now)),
    );
  }

  private explain(): void {
    this.firstChange = undefined;
    if (!this.current) {
      return;
    }
    const contents = this.contents();
    const tooltip = statusTooltip(contents);
    const label = spokenStatus(contents);
    // Now the tokens of a long selection are known.
    const parts = this.parts();
    this.item.show(parts);
    if (tooltip !== this.current.tooltip || label !== this.current.label) {
      const commands = tooltipLinks(contents).map(({ command }) => command);
      this.item.explain({ tooltip, commands, label });
    }
    this.current = { text: statusText(parts), tooltip, label };
  }

  private contents(): StatusContents {
    const { session, bands, settings } = this.services;
    const editor = vscode.window.activeTextEditor;
    return {
      tokens: this.tokens?.details(settings.contextWindow),
      embeddings: presentEmbeddings(session.state, session.graph),
      bands: { editorCount: bands.editorCount, areOnHere: editor !== undefined && bands.isOn(editor) },
    };
  }
}
