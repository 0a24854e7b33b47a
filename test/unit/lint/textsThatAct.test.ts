import assert from 'node:assert/strict';
import { complaints } from './complaints';

const complaintsOf = (file: string, text: string): Promise<string[]> =>
  complaints('no-restricted-properties', file, text);

const imported = "import * as vscode from 'vscode';\n";

describe('rule of texts that act', () => {
  const forbidden: readonly (readonly [statement: string, instead: RegExp])[] = [
    ["void vscode.window.showInformationMessage('x');", /showNotice in src\/editor\/workbench/],
    ["void vscode.window.showWarningMessage('x', { modal: true });", /showNotice/],
    ["void vscode.window.showErrorMessage('x');", /showNotice/],
    ['const { showErrorMessage } = vscode.window;', /showNotice/],
    ['void vscode.window.withProgress({ location: 15 }, () => Promise.resolve());', /withProgressNotice/],
    ["vscode.window.setStatusBarMessage('x', 1);", /tellInStatusBar/],
    ['vscode.window.createStatusBarItem();', /StatusItem/],
    ["void vscode.window.showQuickPick(['x']);", /pickItem/],
    ['vscode.window.createQuickPick();', /pickItem/],
    ['void vscode.window.showInputBox();', /askForText/],
    ['vscode.window.createInputBox();', /askForText/],
    ["vscode.commands.registerCommand('x', () => undefined);", /registerCommand in src\/editor\/workbench/],
    ["new vscode.MarkdownString('x').isTrusted = true;", /trusted with the commands that it links to/],
  ];
  for (const [statement, instead] of forbidden) {
    it(`lets a command not do this: ${statement}`, async () => {
      const messages = await complaintsOf('src/editor/commands/neighborGraph.ts', imported + statement);
      assert.equal(messages.length, 1);
      assert.match(messages[0] ?? '', instead);
    });
  }

  it('says why', async () => {
    const [message] = await complaintsOf(
      'src/extension.ts',
      `${imported}void vscode.window.showErrorMessage('x');`,
    );
    assert.match(message ?? '', /makes links of "\[x\]\(command:…\)".*foreign names get there/);
  });

  it('lets the module itself, but does not let it trust Markdown', async () => {
    const file = 'src/editor/workbench/showNotice.ts';
    assert.deepEqual(await complaintsOf(file, `${imported}void vscode.window.showErrorMessage('x');`), []);
    const trusting = await complaintsOf(file, `${imported}new vscode.MarkdownString('x').isTrusted = true;`);
    assert.equal(trusting.length, 1);
  });

  it('lets one file trust Markdown', async () => {
    const text = `${imported}new vscode.MarkdownString('x').isTrusted = true;`;
    assert.deepEqual(await complaintsOf('src/editor/markdown/trustedMarkdown.ts', text), []);
  });
});
