import * as vscode from 'vscode';
import type { Lesson } from './lesson';

/** Set by `npm start`: the folder whose first window is to show the product at work. */
const FOLDER_VARIABLE = 'TOKENSCOPE_LESSON_FOLDER';

const STATE_KEY = 'tokenscope.hasShownLesson';

/** Opens the lesson and an inspector in the first window of the workspace that `npm start` makes; nowhere else. */
export async function openFirstScreen(
  lesson: Lesson,
  workspaceState: vscode.Memento,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const wanted = environment[FOLDER_VARIABLE];
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!wanted || folder?.uri.toString() !== vscode.Uri.file(wanted).toString()) {
    return;
  }
  if (workspaceState.get<unknown>(STATE_KEY) !== true) {
    await workspaceState.update(STATE_KEY, true);
    await lesson.showAtWork();
  }
}
