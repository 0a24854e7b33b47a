import * as vscode from 'vscode';
import type { BandSwitches } from './bandSwitches';

/** Longest time in milliseconds that a move takes: from its first event until the editor shows the document. */
const MOVE_TIME = 1_000;

/** A tab of a text. */
interface TextTab {
  readonly uri: string;
  readonly group: vscode.ViewColumn;
}

/** What is known of a document whose bands look for their new place. */
interface MovedText {
  readonly uri: string;
  /** undefined where it cannot be known any more. */
  readonly text: string | undefined;
}

/**
 * Lets bands go with a tab: into another group, and to the file that its document is renamed to or saved as.
 *
 * VS Code tells no such thing. It opens the new tab and closes the old one at once; the new editor is shown before or after that. A
 * document that goes may have been closed before, and one without a file emptied.
 */
export class MovedTabs {
  /** The tab that was opened last. */
  private opened: (TextTab & { readonly time: number }) | undefined;
  /** The document with bands that was closed last, and the groups that it had them in. */
  private gone: (MovedText & { readonly groups: ReadonlySet<vscode.ViewColumn | undefined> }) | undefined;
  /** What the editor of the new tab will show. */
  private moved: MovedText | undefined;
  /** The editors of the old tab, which may be there a moment longer than their tab. */
  private old: ReadonlySet<vscode.TextEditor> = new Set();
  private end: ReturnType<typeof setTimeout> | undefined;

  /** @param onEnd Nothing is waited for any longer. */
  constructor(
    private readonly switches: BandSwitches,
    private readonly onEnd: () => void,
  ) {}

  /** Whether a move may be under way. */
  get isWaiting(): boolean {
    return this.gone !== undefined || this.moved !== undefined;
  }

  /** A document is being closed; its bands are still switched on. */
  noteDocument(document: vscode.TextDocument): void {
    const groups = this.switches.groupsOf(document);
    if (groups.size > 0) {
      const text = document.isUntitled ? undefined : document.getText();
      this.gone = { uri: document.uri.toString(), text, groups: new Set(groups) };
      this.wait();
    }
  }

  /** Tabs were opened and closed. */
  noteTabs({ opened, closed }: vscode.TabChangeEvent): void {
    for (const tab of closed) {
      this.noteClosed(textTab(tab));
    }
    for (const tab of opened) {
      const text = textTab(tab);
      this.opened = text && { ...text, time: Date.now() };
    }
  }

  /** Switches bands on in the active editor where that is the one of the new tab. @returns whether it is. */
  settle(): boolean {
    const { moved } = this;
    const editor = vscode.window.activeTextEditor;
    if (!moved || editor?.document.uri.toString() !== moved.uri || this.old.has(editor)) {
      return false;
    }
    if (moved.text !== undefined && moved.text !== editor.document.getText()) {
      return false;
    }
    this.switches.set(editor.document, editor.viewColumn, true);
    this.dispose();
    return true;
  }

  dispose(): void {
    clearTimeout(this.end);
    this.gone = undefined;
    this.moved = undefined;
    this.old = new Set();
  }

  private noteClosed(closed: TextTab | undefined): void {
    const { opened } = this;
    if (!closed || !opened || Date.now() - opened.time > MOVE_TIME) {
      return;
    }
    const isSameText = opened.uri === closed.uri;
    const isSameGroup = opened.group === closed.group;
    // Where a text was opened in a second group for its own sake, it is shown there before the first one is closed.
    if (isSameText ? !isSameGroup && !isShown(opened) : isSameGroup) {
      const left = this.leave(closed);
      if (left) {
        this.moved = { uri: opened.uri, text: left.text };
        this.old = new Set(editorsOf(closed));
        this.wait();
      }
    }
  }

  /** Takes bands from a tab. @returns undefined where it has none. */
  private leave({ uri, group }: TextTab): Pick<MovedText, 'text'> | undefined {
    const { gone } = this;
    if (gone?.uri === uri && gone.groups.has(group)) {
      return gone;
    }
    const document = this.switches.documents.find((one) => one.uri.toString() === uri);
    if (!document || !this.switches.groupsOf(document).has(group)) {
      return undefined;
    }
    this.switches.set(document, group, undefined);
    return { text: document.getText() };
  }

  private wait(): void {
    clearTimeout(this.end);
    this.end = setTimeout(() => {
      this.dispose();
      this.onEnd();
    }, MOVE_TIME);
  }
}

function isShown(tab: TextTab): boolean {
  return editorsOf(tab).length > 0;
}

function editorsOf({ uri, group }: TextTab): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(
    ({ document, viewColumn }) => viewColumn === group && document.uri.toString() === uri,
  );
}

function textTab({ input, group }: vscode.Tab): TextTab | undefined {
  return input instanceof vscode.TabInputText
    ? { uri: input.uri.toString(), group: group.viewColumn }
    : undefined;
}
