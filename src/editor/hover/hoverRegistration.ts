import * as vscode from 'vscode';
import type { Settings } from '../settings';

/** Prose, code, notebook cells, untitled and read-only documents: every text is tokens. */
const EVERY_DOCUMENT: vscode.DocumentSelector = { language: '*' };

/** Registers the hover card while its setting is on. */
export class HoverRegistration implements vscode.Disposable {
  private registration: vscode.Disposable | undefined;
  private readonly listener: vscode.Disposable;

  constructor(
    private readonly provider: vscode.HoverProvider,
    private readonly settings: Settings,
  ) {
    this.listener = settings.onDidChange(['hover.enabled'], () => this.update());
    this.update();
  }

  private update(): void {
    this.registration?.dispose();
    this.registration = this.settings.hoverEnabled
      ? vscode.languages.registerHoverProvider(EVERY_DOCUMENT, this.provider)
      : undefined;
  }

  dispose(): void {
    this.listener.dispose();
    this.registration?.dispose();
  }
}
