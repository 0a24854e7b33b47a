import * as vscode from 'vscode';
import { isRecord, isShortString } from '../../protocol/parsing';
import { showCardAtCursor } from './cardAtCursor';
import type { HoverQuestions } from './hoverQuestions';

/** What a link may ask for beside a text: where the cursor goes, and whether that word's card comes up. */
export interface PointedWord {
  readonly word?: string;
  /** Its hover card comes up, as it does under the mouse. */
  readonly showsHover: boolean;
}

const LONGEST_WORD = 100;

/** @param argument `{ word, hover }` of a link, or anything else. */
export function parsePointedWord(argument: unknown): PointedWord {
  const { word, hover } = isRecord(argument) ? argument : {};
  return {
    ...(isShortString(word, LONGEST_WORD) && word !== '' && { word }),
    showsHover: hover === true,
  };
}

/** Puts the cursor into the first occurrence of a word, and brings up the card there. */
export async function pointAtWord(
  editor: vscode.TextEditor,
  { word, showsHover }: PointedWord,
  questions: HoverQuestions,
): Promise<void> {
  const offset = word === undefined ? -1 : editor.document.getText().indexOf(word);
  if (word !== undefined && offset >= 0) {
    const position = editor.document.positionAt(offset + Math.floor(word.length / 2));
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(editor.selection);
  }
  if (showsHover) {
    await showCardAtCursor(editor, questions);
  }
}
