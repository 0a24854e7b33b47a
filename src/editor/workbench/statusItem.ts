import * as vscode from 'vscode';
import { trustedMarkdown } from '../markdown/trustedMarkdown';
import { inertText } from './inertText';
import { statusText, type StatusPart } from './statusText';

export interface StatusItemOptions {
  readonly id: string;
  /** For the menu in which users hide items. */
  readonly name: string;
  /** The higher, the further left. */
  readonly priority: number;
  /** What a click runs, until it is to run another one. */
  readonly command: string;
}

export interface StatusExplanation {
  /** Markdown of ours, in which everything foreign is escaped. */
  readonly tooltip: string;
  /** Commands that the tooltip links to: no others are trusted. */
  readonly commands: readonly string[];
  /** The same for screen readers, plain text. */
  readonly label: string;
}

/** An item at the right of the status bar. */
export class StatusItem implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private isShown = false;

  constructor({ id, name, priority, command }: StatusItemOptions) {
    this.item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Right, priority);
    this.item.name = name;
    this.item.command = command;
  }

  show(parts: readonly StatusPart[]): void {
    const text = statusText(parts);
    if (text !== this.item.text) {
      this.item.text = text;
    }
    // Each call sends a message to the window, and typing makes many.
    if (!this.isShown) {
      this.item.show();
      this.isShown = true;
    }
  }

  /** Has a click run another command. */
  clickRuns(command: string): void {
    if (command !== this.item.command) {
      this.item.command = command;
    }
  }

  explain({ tooltip, commands, label }: StatusExplanation): void {
    this.item.tooltip = trustedMarkdown(tooltip, commands);
    this.item.accessibilityInformation = { label: inertText(label) };
  }

  hide(): void {
    this.isShown = false;
    this.item.hide();
  }

  dispose(): void {
    this.item.dispose();
  }
}
