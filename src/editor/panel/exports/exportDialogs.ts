import * as vscode from 'vscode';
import { shownName } from '../../../core/foreignText/shownText';
import { askModally } from '../../workbench/askModally';
import { tellInStatusBar } from '../../workbench/tellInStatusBar';
import { existingFiles } from './existingFiles';

/** Asks where to save, and writes. The folder used last is suggested the next time. */
export class ExportDialogs {
  private lastFolder: vscode.Uri | undefined;

  /** @param home Suggested where no folder is open. */
  constructor(private readonly home: vscode.Uri) {}

  /** @returns false when the user canceled. */
  async saveFile(
    name: string,
    filters: Readonly<Record<string, string[]>>,
    content: string | Uint8Array,
  ): Promise<boolean> {
    const uri = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(this.folder, name),
      filters,
    });
    if (!uri) {
      return false;
    }
    this.lastFolder = vscode.Uri.joinPath(uri, '..');
    await vscode.workspace.fs.writeFile(uri, bytesOf(content));
    tellInStatusBar(`Saved ${shownName(uri.path.split('/').at(-1) ?? name)}.`, 3_000);
    return true;
  }

  /**
   * Writes several files into a folder that the user chooses; asks before any of them replaces another.
   *
   * @returns false when the user canceled.
   */
  async saveInto(files: ReadonlyMap<string, string>): Promise<boolean> {
    const [folder] =
      (await vscode.window.showOpenDialog({
        canSelectFolders: true,
        canSelectFiles: false,
        canSelectMany: false,
        defaultUri: this.folder,
        openLabel: 'Save Here',
        title: `Folder for ${[...files.keys()].join(' and ')}`,
      })) ?? [];
    if (!folder || !(await mayReplace(folder, [...files.keys()]))) {
      return false;
    }
    this.lastFolder = folder;
    for (const [name, content] of files) {
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), bytesOf(content));
    }
    tellInStatusBar(`Saved ${[...files.keys()].join(' and ')}.`, 3_000);
    return true;
  }

  private get folder(): vscode.Uri {
    return this.lastFolder ?? vscode.workspace.workspaceFolders?.[0]?.uri ?? this.home;
  }
}

async function mayReplace(folder: vscode.Uri, names: readonly string[]): Promise<boolean> {
  const existing = await existingFiles(names, (name) =>
    vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, name)),
  );
  if (existing.length === 0) {
    return true;
  }
  const replace = 'Replace';
  const message = `${existing.join(' and ')} ${existing.length === 1 ? 'is' : 'are'} in this folder already.`;
  const answer = await askModally({ message, isWarning: true }, replace);
  return answer === replace;
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
