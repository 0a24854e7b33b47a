import * as vscode from 'vscode';
import type { ModelLocation } from '../../model/modelLocation';
import type { Settings } from '../settings';
import { COMMANDS } from './commandIds';

interface ModelItem extends vscode.QuickPickItem {
  readonly choose: () => Promise<string | undefined>;
}

/** Choose Model…: a file, a folder, what the Hugging Face cache holds, or the sample vectors. */
export function registerChooseModel(
  settings: Settings,
  findCached: () => Promise<ModelLocation | undefined>,
): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.chooseModel, async () => {
    const chosen = await vscode.window.showQuickPick(modelItems(settings, findCached), {
      title: 'Choose Model',
      placeHolder: 'Where the embedding matrix is read from',
      matchOnDetail: true,
    });
    const model = await chosen?.choose();
    if (model !== undefined) {
      await settings.setModel(model);
    }
  });
}

async function modelItems(
  settings: Settings,
  findCached: () => Promise<ModelLocation | undefined>,
): Promise<ModelItem[]> {
  const cached = await findCached();
  const isCurrent = (value: string): string => (settings.model === value ? 'current' : '');
  return [
    {
      label: '$(database) GPT-2 from the Hugging Face cache',
      description: isCurrent(''),
      detail:
        cached?.kind === 'folder' ? cached.path : 'Not found there; sample vectors are used until it is.',
      choose: () => Promise.resolve(''),
    },
    {
      label: '$(file) Safetensors file…',
      description: 'model.safetensors',
      detail: 'Only the embedding tensor is read from it.',
      choose: () => pick({ canSelectFiles: true, filters: { Safetensors: ['safetensors'] } }),
    },
    {
      label: '$(folder) Folder…',
      detail: 'A folder with model.safetensors, or with model.safetensors.index.json and its shards.',
      choose: () => pick({ canSelectFolders: true, canSelectFiles: false }),
    },
    {
      label: '$(beaker) Sample vectors',
      description: isCurrent('sample'),
      detail: 'Made by Tokenscope from spelling and a word list, to try it without a model. Not GPT-2.',
      choose: () => Promise.resolve('sample'),
    },
  ];
}

async function pick(options: vscode.OpenDialogOptions): Promise<string | undefined> {
  const uris = await vscode.window.showOpenDialog({ openLabel: 'Use', canSelectMany: false, ...options });
  return uris?.[0]?.fsPath;
}
