import type * as vscode from 'vscode';
import { COMMANDS } from '../commandIds';
import { StatusItem } from '../workbench/statusItem';
import { LEGEND_LINKS, legendLabel, legendMarkdown, legendPart, type LegendContents } from './bandLegendText';

/** The status bar item that says what the colors of the active editor mean. */
export class BandLegend implements vscode.Disposable {
  private readonly item = new StatusItem({
    id: 'tokenscope.bandLegend',
    name: 'Tokenscope Band Legend',
    // Left of the item of tokens.
    priority: 92,
    command: COMMANDS.colorBands,
  });

  /** @param contents undefined hides it. */
  show(contents: LegendContents | undefined): void {
    if (!contents) {
      this.item.hide();
      return;
    }
    this.item.explain({
      tooltip: legendMarkdown(contents),
      commands: LEGEND_LINKS.map(({ command }) => command),
      label: legendLabel(contents),
    });
    this.item.show([legendPart(contents)]);
  }

  dispose(): void {
    this.item.dispose();
  }
}
