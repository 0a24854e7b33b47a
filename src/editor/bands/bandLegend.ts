import * as vscode from 'vscode';
import { COMMANDS } from '../commandIds';
import { legendLabel, legendMarkdown, legendText, type LegendContents } from './bandLegendText';

/** The status bar item that says what the colors of the active editor mean. */
export class BandLegend implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'tokenscope.bandLegend',
    vscode.StatusBarAlignment.Right,
    // Left of the item of tokens.
    92,
  );

  constructor() {
    this.item.name = 'Tokenscope Band Legend';
    this.item.command = COMMANDS.colorBands;
  }

  /** @param contents undefined hides it. */
  show(contents: LegendContents | undefined): void {
    if (!contents) {
      this.item.hide();
      return;
    }
    const label = legendLabel(contents);
    const tooltip = new vscode.MarkdownString(legendMarkdown(contents), true);
    tooltip.supportHtml = true;
    tooltip.isTrusted = { enabledCommands: [COMMANDS.colorBands, COMMANDS.toggleBands] };
    this.item.text = legendText(contents);
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
