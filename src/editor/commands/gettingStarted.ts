import * as vscode from 'vscode';
import { isRecord } from '../../protocol/parsing';
import type { TokenBands } from '../bands/tokenBands';
import { COMMANDS } from '../commandIds';
import type { HoverQuestions } from '../hover/hoverQuestions';
import { parsePointedWord, pointAtWord } from '../hover/pointAtWord';
import { registerCommand } from '../workbench/registerCommand';
import { showBeside } from '../workbench/showBeside';
import { SAMPLE_HEADING, SAMPLE_TEXT } from './sampleText';

/** As VS Code names the walkthrough that the manifest contributes: extension, then walkthrough. */
const WALKTHROUGH = 'tokenscope.tokenscope#tokenscope.gettingStarted';

/**
 * Open Sample Text, and Get Started. A step of the walkthrough may give `{ word, hover, bands }`: where the cursor goes, whether the
 * word's card comes up, and whether token bands are switched on.
 */
export function registerGettingStarted(bands: TokenBands, questions: HoverQuestions): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(COMMANDS.openSampleText, async (argument?: unknown) => {
      const editor = await showBeside(await sampleText(), 'panel');
      if (isRecord(argument) && argument.bands === true && !bands.isOn(editor)) {
        bands.toggle(editor);
      }
      await pointAtWord(editor, parsePointedWord(argument), questions);
    }),
    registerCommand(COMMANDS.openWalkthrough, () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
    ),
  );
}

/** The sample text that is open already, else a new one. */
async function sampleText(): Promise<vscode.TextDocument> {
  const open = vscode.workspace.textDocuments.find(
    (document) => document.isUntitled && document.lineAt(0).text === SAMPLE_HEADING,
  );
  return open ?? vscode.workspace.openTextDocument({ language: 'markdown', content: SAMPLE_TEXT });
}
