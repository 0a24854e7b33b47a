import * as vscode from 'vscode';

/**
 * Markdown with the HTML and the icons that VS Code allows, for hovers and tooltips.
 *
 * @param text Markup of ours, in which everything foreign is escaped.
 * @param commands Those that its links run. A link to any other does nothing, should foreign text ever become one.
 */
export function trustedMarkdown(text: string, commands: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text, true);
  markdown.supportHtml = true;
  markdown.isTrusted = { enabledCommands: [...new Set(commands)] };
  return markdown;
}
