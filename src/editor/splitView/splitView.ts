import * as vscode from 'vscode';
import type { TokenBands } from '../bands/tokenBands';
import { COMMANDS } from '../commandIds';
import type { OpenDocuments } from '../documents/openDocuments';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import { textTabs } from '../textTabs';
import { tellUnsplit } from '../session/tellUnsplit';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';
import { BarePainter } from './barePainter';
import { BareView } from './bareView';

/** Of the addresses of bare sides. */
export const BARE_SCHEME = 'tokenscope-bare';

/** UTF-16 units. The bare side is a copy that is sent anew after edits: a megabyte of it is a moment's work, more is not. */
const LARGEST_TEXT = 1_000_000;

/** Milliseconds without an edit after which the bare side follows. */
const PAUSE_MS = 150;

export interface SplitViewServices {
  readonly documents: OpenDocuments;
  readonly tokenizers: CurrentTokenizer;
  readonly bands: TokenBands;
}

/**
 * The split view "bare against in place": a document with its token bands, and beside it the same text with each word tokenized by
 * itself. Words that are split differently are underlined there, and their hover tells both splits.
 */
export class SplitView implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly contentChanges = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.contentChanges.event;
  private readonly registrations: vscode.Disposable;
  /** By the address of the bare side. */
  private readonly views = new Map<string, BareView>();
  /** Editors of sources whose bands were switched on for the split view, and end with it. By the address of the bare side. */
  private readonly bandsOfOurs = new Map<string, readonly vscode.TextEditor[]>();
  /** While views are open: what they share. */
  private shared: { readonly painter: BarePainter; readonly listeners: vscode.Disposable } | undefined;
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly services: SplitViewServices) {
    this.registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(BARE_SCHEME, this),
      registerCommand(COMMANDS.openSplitView, async () => {
        if (!tellUnsplit(services.tokenizers)) {
          await this.open();
        }
      }),
    );
  }

  /** The views that are open. */
  get openViews(): readonly BareView[] {
    return [...this.views.values()];
  }

  /** @throws {Error} when the source is not open, as where only the bare side is opened again. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    const source = openSource(uri);
    if (!source) {
      throw new Error('The text of this split view is not open any more. Open it, and then its split view.');
    }
    this.start();
    return source.getText();
  }

  dispose(): void {
    this.registrations.dispose();
    for (const view of this.views.values()) {
      view.dispose();
    }
    this.stop();
    this.contentChanges.dispose();
  }

  /** Opens the bare side of the active editor's document beside it. */
  private async open(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void showNotice('information', 'Open a text to see its words bare beside it.');
      return;
    }
    const source = editor.document;
    if (source.uri.scheme === BARE_SCHEME) {
      void showNotice('information', 'This is the bare side of a split view.');
      return;
    }
    if (isTooLarge(source)) {
      return;
    }
    const opened = await vscode.workspace.openTextDocument(bareUri(source.uri));
    const document = await vscode.languages.setTextDocumentLanguage(opened, source.languageId);
    await vscode.window.showTextDocument(document, {
      viewColumn: textTabs(document.uri)[0]?.group.viewColumn ?? vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
    const view = this.adopt(document);
    if (view) {
      this.showBands(editor, document.uri.toString());
      view.follow(editor);
    }
  }

  private showBands(editor: vscode.TextEditor, address: string): void {
    const { bands } = this.services;
    if (!bands.isOn(editor)) {
      bands.toggle(editor);
      this.bandsOfOurs.set(address, [...(this.bandsOfOurs.get(address) ?? []), editor]);
    }
  }

  /** Follows a bare side that is shown, whether the command has opened it or its tab was opened again. */
  private adopt(document: vscode.TextDocument): BareView | undefined {
    const address = document.uri.toString();
    const source = openSource(document.uri);
    const known = this.views.get(address);
    if (known?.document === document || !source) {
      return known;
    }
    known?.dispose();
    const { documents, tokenizers } = this.services;
    const view = new BareView(source, document, { documents, tokenizers, painter: this.start() });
    this.views.set(address, view);
    return view;
  }

  private close(address: string): void {
    this.views.get(address)?.dispose();
    this.views.delete(address);
    for (const editor of this.bandsOfOurs.get(address) ?? []) {
      if (this.services.bands.isOn(editor)) {
        this.services.bands.toggle(editor);
      }
    }
    this.bandsOfOurs.delete(address);
    if (this.views.size === 0) {
      this.stop();
    }
  }

  private start(): BarePainter {
    this.shared ??= { painter: new BarePainter(), listeners: this.listen() };
    return this.shared.painter;
  }

  private stop(): void {
    clearTimeout(this.pause);
    this.shared?.listeners.dispose();
    this.shared?.painter.dispose();
    this.shared = undefined;
  }

  private listen(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.views.has(bareUri(document.uri).toString())) {
          clearTimeout(this.pause);
          this.pause = setTimeout(() => this.followEdits(), PAUSE_MS);
        }
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const { document } of editors) {
          if (document.uri.scheme === BARE_SCHEME) {
            this.adopt(document);
          }
        }
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (!document.isClosed) {
          return; // Its language changed.
        }
        if (document.uri.scheme === BARE_SCHEME) {
          this.close(document.uri.toString());
        } else {
          void closeTabs(bareUri(document.uri));
        }
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed) {
          if (input instanceof vscode.TabInputText && textTabs(input.uri).length === 0) {
            // VS Code keeps a document for some minutes after its last editor.
            this.close(input.uri.toString());
            void closeTabs(bareUri(input.uri));
          }
        }
      }),
    );
  }

  /** Gives every bare side the text that its source has now. */
  private followEdits(): void {
    for (const { document } of this.views.values()) {
      const source = openSource(document.uri);
      if (source && isTooLarge(source)) {
        void closeTabs(document.uri);
      } else if (source) {
        this.contentChanges.fire(document.uri);
      }
    }
  }
}

/** Tells the user when it is. */
function isTooLarge(document: vscode.TextDocument): boolean {
  const length = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
  if (length <= LARGEST_TEXT) {
    return false;
  }
  const count = (value: number): string => value.toLocaleString('en-US');
  void showNotice(
    'information',
    `This text has ${count(length)} characters; the split view shows at most ${count(LARGEST_TEXT)}.`,
  );
  return true;
}

function bareUri(source: vscode.Uri): vscode.Uri {
  return vscode.Uri.from({
    scheme: BARE_SCHEME,
    path: `/${nameOf(source)} (bare)`,
    query: source.toString(),
  });
}

/** The document of which an address is the bare side. */
function openSource(bare: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === bare.query);
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

async function closeTabs(uri: vscode.Uri): Promise<void> {
  const tabs = textTabs(uri);
  if (tabs.length > 0) {
    await vscode.window.tabGroups.close(tabs);
  }
}
