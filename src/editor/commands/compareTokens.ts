import * as vscode from 'vscode';
import { parseComparedTexts } from '../../protocol/parseChoices';
import { isRecord } from '../../protocol/parsing';
import { MAX_COMPARED } from '../../protocol/compareView';
import { askForLine } from '../query/askForLine';
import { bareLineOf, queryOfWord } from '../query/queryLines';
import type { InspectorPanels } from '../panel/inspectorPanels';
import type { ModelTokenizer } from '../session/modelTokenizer';
import type { Settings } from '../settings';
import { wordAt } from '../tokens/wordAt';
import { COMMANDS } from '../commandIds';
import { registerCommand } from '../workbench/registerCommand';

/**
 * Compare Tokens: what a link names, or the words at the cursors and selections of the editor; a single one with the query of the
 * inspector, or with what is typed. Two make a pair, more a matrix.
 */
export function registerCompareTokens(
  panels: InspectorPanels,
  settings: Settings,
  tokenizers: ModelTokenizer,
): vscode.Disposable {
  return registerCommand(COMMANDS.compareTokens, async (argument?: unknown) => {
    const given = textsFromArguments(argument);
    const pointedAt = given ?? wordsAtCursors(settings, tokenizers);
    const texts = await completed(pointedAt, () => {
      const query = panels.current?.inspection.history.current;
      return query && bareLineOf(tokenizers.current, query);
    });
    if (texts) {
      panels.compare(texts, texts.length > 2 ? 'matrix' : 'pair', texts.length !== pointedAt.length);
    }
  });
}

/** @returns Two texts or more; undefined when the user canceled. */
async function completed(
  texts: readonly string[],
  queryOfPanel: () => string | undefined,
): Promise<readonly string[] | undefined> {
  if (texts.length >= 2) {
    return texts;
  }
  const first = texts[0] ?? (await askForLine('Compare Tokens: the First'));
  if (first === undefined) {
    return undefined;
  }
  const shown = texts.length === 1 ? queryOfPanel() : undefined;
  if (shown !== undefined && shown !== first) {
    return [shown, first];
  }
  const second = await askForLine(`Compare ${first} With`);
  return second === undefined ? undefined : [first, second];
}

function textsFromArguments(argument: unknown): readonly string[] | undefined {
  const texts = isRecord(argument) ? parseComparedTexts(argument.texts) : undefined;
  return texts && texts.length > 0 ? texts : undefined;
}

/** The words at the cursors and selections, each once, in the form that the settings name. */
function wordsAtCursors(settings: Settings, tokenizers: ModelTokenizer): readonly string[] {
  const editor = vscode.window.activeTextEditor;
  const lines = new Set<string>();
  for (const selection of editor?.selections ?? []) {
    const word = editor && wordAt(editor.document, selection.active, [selection]);
    if (word) {
      lines.add(bareLineOf(tokenizers.current, queryOfWord(word, settings.form)));
    }
    if (lines.size === MAX_COMPARED) {
      break;
    }
  }
  return [...lines];
}
