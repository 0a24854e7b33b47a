import * as vscode from 'vscode';
import type { IndentationStyle } from '../../core/surprises/indentation';

/**
 * Longest text in UTF-16 units that is marked; nothing is in longer ones, which are logs and data. All of a text is looked at after each
 * pause in typing.
 */
export const LONGEST_MARKED = 1_000_000;

/** What nobody writes: output, other versions, chats and settings of VS Code's own. */
const FOREIGN_SCHEMES =
  /^(?:output|debug|git|gitlens|review|pr|comment|search-editor|walkThrough.*|vscode.*|chat.*)$/i;

/** Schemes with VS Code's name that hold files and notebooks. */
const OWN_SCHEMES: ReadonlySet<string> = new Set([
  'vscode-notebook-cell',
  'vscode-remote',
  'vscode-vfs',
  'vscode-test-web',
]);

/** Languages of texts that are given to a model to go on with; `raw` are the cells of a notebook that are neither code nor Markdown. */
const PROMPT_LANGUAGES: ReadonlySet<string> = new Set(['plaintext', 'markdown', 'prompt', 'raw']);

/** Languages in which a tab is no indentation: it begins a recipe, ends a cell, or follows the mark of a line. */
const TAB_LANGUAGES: ReadonlySet<string> = new Set(['makefile', 'diff', 'csv', 'tsv', 'git-commit']);

/** Whether surprises are marked in a document at all. */
export function isMarkable({ uri }: vscode.TextDocument): boolean {
  return OWN_SCHEMES.has(uri.scheme) || !FOREIGN_SCHEMES.test(uri.scheme);
}

/** Whether a model may be asked to go on where the document ends. */
export function isPrompt({ isUntitled, languageId }: vscode.TextDocument): boolean {
  return isUntitled || PROMPT_LANGUAGES.has(languageId);
}

/** Widest tab stop in columns; wider ones are slips of a settings file, and a line of tabs would be converted to that many spaces. */
const MAX_TAB_SIZE = 100;

/** How a document is indented; undefined where tabs mean something else. */
export function indentationOf(document: vscode.TextDocument): IndentationStyle | undefined {
  if (TAB_LANGUAGES.has(document.languageId)) {
    return undefined;
  }
  const options = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.options;
  const tabSize = options?.tabSize;
  return {
    tabSize: typeof tabSize === 'number' && tabSize >= 1 ? Math.min(MAX_TAB_SIZE, Math.floor(tabSize)) : 4,
    insertSpaces: options?.insertSpaces !== false,
  };
}

/** Whether a document can be changed, as far as an extension can know. */
export async function isWritable(document: vscode.TextDocument): Promise<boolean> {
  const { uri } =
    vscode.workspace.notebookDocuments.find((notebook) =>
      notebook.getCells().some((cell) => cell.document === document),
    ) ?? document;
  if (uri.scheme === 'untitled') {
    return true;
  }
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) {
    return false;
  }
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) === 0;
  } catch {
    // A file that is gone can be written again.
    return true;
  }
}
