import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import type { TestAccess } from '../../src/extension';

export const EXTENSION_ID = 'tokenscope.tokenscope';

/** The extension, activated, with the parts that it shows to tests. */
export async function activated(): Promise<TestAccess> {
  const extension = vscode.extensions.getExtension<TestAccess | undefined>(EXTENSION_ID);
  assert.ok(extension, `${EXTENSION_ID} is not known to VS Code`);
  const access = await extension.activate();
  assert.ok(access, 'the extension was not started for tests');
  return access;
}

/** A saved document of the workspace, shown: unlike an untitled one it closes without a question. */
export async function showText(content: string, language = 'plaintext'): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, 'the tests need a folder');
  const uri = vscode.Uri.joinPath(folder, `text-${crypto.randomUUID()}.txt`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  const document = await vscode.languages.setTextDocumentLanguage(
    await vscode.workspace.openTextDocument(uri),
    language,
  );
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** Closes all editors without a question, which would wait for an answer: what was edited is given up first. */
export async function closeEditors(): Promise<void> {
  const isEdited = ({ isDirty, uri }: vscode.TextDocument): boolean =>
    isDirty && uri.scheme !== 'vscode-notebook-cell';
  for (const document of vscode.workspace.textDocuments.filter(isEdited)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Waits for something to become true; the suite's limit ends it. */
export async function until<T>(probe: () => T | undefined): Promise<T> {
  for (;;) {
    const value = probe();
    if (value !== undefined) {
      return value;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The inspector's snapshot as soon as it answers a query. */
export function answered(access: TestAccess, query: string): Promise<PanelSnapshot> {
  return until(() => {
    const shown = access.panels.current?.shown;
    return shown?.query?.text === query && shown.answer ? shown : undefined;
  });
}

/** Changes a setting of the user, and gives back what undoes it. */
export async function withSetting(name: string, value: unknown): Promise<() => Promise<void>> {
  const configuration = vscode.workspace.getConfiguration('tokenscope');
  const before = configuration.inspect(name)?.globalValue;
  await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  return async () => {
    await vscode.workspace
      .getConfiguration('tokenscope')
      .update(name, before, vscode.ConfigurationTarget.Global);
  };
}

/** Waits until the model that the tests begin with is loaded again, and its tokenizer the current one, after a test that had another. */
export async function plantedModelBack({ session }: TestAccess): Promise<void> {
  for (;;) {
    // Until the window has told of the changed setting, the model before is there, or none.
    const model = await session.ensureReady().catch(() => undefined);
    if (model?.path.includes('gpt2-planted')) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
