import * as vscode from 'vscode';
import { isRecord, isShortString } from '../../protocol/parsing';
import type { TokenBands } from '../bands/tokenBands';
import { showCardAtCursor } from '../hover/cardAtCursor';
import type { HoverQuestions } from '../hover/hoverQuestions';
import { showsNothingKnown, textTabs } from '../textTabs';
import { COMMANDS } from '../commandIds';
import { registerCommand } from '../workbench/registerCommand';
import { SAMPLE_HEADING, SAMPLE_TEXT } from './sampleText';

/** As VS Code names the walkthrough that the manifest contributes: extension, then walkthrough. */
const WALKTHROUGH = 'tokenscope.tokenscope#tokenscope.gettingStarted';

/** What a step of the walkthrough may ask for beside the text. */
interface SampleTextArguments {
  /** The cursor goes into its first occurrence. */
  readonly word?: string;
  /** Its hover card comes up, as it does under the mouse. */
  readonly showsHover: boolean;
  readonly showsBands: boolean;
}

const LONGEST_WORD = 100;

/**
 * Open Sample Text, and Get Started. A step of the walkthrough may give `{ word, hover, bands }`: where the cursor goes, whether the
 * word's card comes up, and whether token bands are switched on.
 */
export function registerGettingStarted(bands: TokenBands, questions: HoverQuestions): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(COMMANDS.openSampleText, async (argument?: unknown) => {
      const { word, showsHover, showsBands } = sampleTextArguments(argument);
      const editor = await showSampleText();
      if (word !== undefined) {
        putCursorInto(editor, word);
      }
      if (showsBands && !bands.isOn(editor)) {
        bands.toggle(editor);
      }
      if (showsHover) {
        await showCardAtCursor(editor, questions);
      }
    }),
    registerCommand(COMMANDS.openWalkthrough, () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
    ),
  );
}

/** The sample text that is open already, else a new one. */
async function showSampleText(): Promise<vscode.TextEditor> {
  const open = vscode.workspace.textDocuments.find(
    (document) => document.isUntitled && document.lineAt(0).text === SAMPLE_HEADING,
  );
  // As a number: which group is the active one may change before the text is there.
  const viewColumn = (open && textTabs(open.uri)[0]?.group.viewColumn) ?? besideTheWalkthrough();
  const document =
    open ?? (await vscode.workspace.openTextDocument({ language: 'markdown', content: SAMPLE_TEXT }));
  return vscode.window.showTextDocument(document, { viewColumn, preview: false });
}

/**
 * The group that the walkthrough has made active for the text. It may have made its own active again meanwhile: some moments after a
 * click on the title of a step it gives the keyboard to that step.
 */
function besideTheWalkthrough(): vscode.ViewColumn {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  const groups = [activeTabGroup, ...all];
  return (groups.find((group) => !showsNothingKnown(group)) ?? activeTabGroup).viewColumn;
}

function putCursorInto(editor: vscode.TextEditor, word: string): void {
  const offset = editor.document.getText().indexOf(word);
  if (offset >= 0) {
    const position = editor.document.positionAt(offset + Math.floor(word.length / 2));
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(editor.selection);
  }
}

function sampleTextArguments(argument: unknown): SampleTextArguments {
  const { word, hover, bands } = isRecord(argument) ? argument : {};
  return {
    ...(isShortString(word, LONGEST_WORD) && word !== '' && { word }),
    showsHover: hover === true,
    showsBands: bands === true,
  };
}
