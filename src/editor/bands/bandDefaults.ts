import * as vscode from 'vscode';
import type { Settings } from '../settings';
import { hasTab } from './documentTabs';
import type { RememberedBands } from './rememberedBands';

/** Whether a document has bands where nobody has switched them since it was opened: as it had them before, else by the setting. */
export class BandDefaults implements vscode.Disposable {
  /** What was remembered of a document when it was first seen: what is switched later, in one of its groups, is not for the others. */
  private readonly found = new Map<vscode.TextDocument, boolean | undefined>();

  private readonly settingListener: vscode.Disposable;
  /** While texts that are opened may have bands. */
  private openings: vscode.Disposable | undefined;

  /** @param onLook A text may have been opened, or the setting has changed. */
  constructor(
    private readonly settings: Pick<Settings, 'bandsEnabledIn' | 'mayEnableBands' | 'onDidChange'>,
    private readonly remembered: RememberedBands,
    private readonly onLook: () => void,
  ) {
    this.settingListener = settings.onDidChange(['bands.enabled'], () => {
      this.watchOpenings();
      onLook();
    });
    this.watchOpenings();
  }

  /** Whether some document may have bands that nobody has switched on since. */
  get mayBeOn(): boolean {
    return this.remembered.hasSomeOn || this.settings.mayEnableBands;
  }

  isOn(document: vscode.TextDocument): boolean {
    if (!this.mayBeOn || !hasTab(document)) {
      return false;
    }
    return this.see(document) ?? this.settings.bandsEnabledIn(document);
  }

  /** Whether it had bands by hand when it was open last. */
  wasOn(document: vscode.TextDocument): boolean {
    return this.mayBeOn && hasTab(document) && this.see(document) === true;
  }

  /** Before anything else is remembered of a document. */
  see(document: vscode.TextDocument): boolean | undefined {
    const isOn = this.found.has(document) ? this.found.get(document) : this.remembered.of(document.uri);
    this.found.set(document, isOn);
    return isOn;
  }

  /** Somebody has switched them: the file is opened so again. */
  remember({ uri }: vscode.TextDocument, isOn: boolean): void {
    // Other addresses, such as those of unnamed texts and output, are given to something else later.
    if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined) {
      void this.remembered.remember(uri, isOn);
      this.watchOpenings();
    }
  }

  dispose(): void {
    this.settingListener.dispose();
    this.openings?.dispose();
  }

  /** A document that has no tab any more is as it was left, the next time that it is opened. */
  private forgetLeft(): void {
    for (const document of this.found.keys()) {
      if (!hasTab(document)) {
        this.found.delete(document);
      }
    }
  }

  private watchOpenings(): void {
    if (!this.mayBeOn) {
      this.openings?.dispose();
      this.openings = undefined;
      return;
    }
    this.openings ??= vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(() => this.onLook()),
      // An editor may come before its tab, which tells that it is one of the user's.
      vscode.window.tabGroups.onDidChangeTabs(() => {
        this.forgetLeft();
        this.onLook();
      }),
      // A document that gets another language is said to be opened.
      vscode.workspace.onDidOpenTextDocument(() => this.onLook()),
    );
  }
}
