import * as vscode from 'vscode';
import type { PathSurroundings } from '../../model/modelPaths';

/** The folders of the workspace, with a path where they are on the machine that the extension runs on. */
export function workspaceFolders(): PathSurroundings['folders'] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({
    name,
    path: uri.scheme === 'file' ? uri.fsPath : undefined,
  }));
}
