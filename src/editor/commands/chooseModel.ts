import * as vscode from 'vscode';
import type { HubDownloader } from '../../model/hub/hubDownloader';
import { parseHubModel, type HubModel } from '../../model/hub/hubModel';
import type { KnownModel } from '../../model/hub/knownModels';
import type { SurveyedModel } from '../../model/surveyModels';
import { formatBytes } from '../formatBytes';
import type { ModelChoice } from '../session/modelChoice';
import { COMMANDS } from '../commandIds';
import { confirmDownload } from './confirmDownload';

/** What the picker needs to know and can have fetched. */
export interface ModelsOfMachine {
  readonly survey: () => Promise<SurveyedModel[]>;
  /** Whether a model is here already. */
  readonly has: (model: HubModel) => Promise<boolean>;
  readonly createDownloader: () => HubDownloader;
}

interface ModelItem extends vscode.QuickPickItem {
  readonly choose?: () => Promise<void>;
}

/**
 * Choose Model…: GPT-2 in its sizes and whatever else is on this machine, a repository of the hub, a file, a folder, or the sample
 * vectors, each with size, state and origin.
 */
export function registerChooseModel(choice: ModelChoice, machine: ModelsOfMachine): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.chooseModel, async () => {
      const picked = await vscode.window.showQuickPick(modelItems(choice, machine), {
        title: 'Choose Model',
        placeHolder: 'Where the embedding matrix comes from',
        matchOnDescription: true,
        matchOnDetail: true,
      });
      await picked?.choose?.();
    }),
    vscode.commands.registerCommand(COMMANDS.chooseFile, () => chooseFile(choice)),
    vscode.commands.registerCommand(COMMANDS.useSample, () => choice.use('sample')),
  );
}

async function modelItems(choice: ModelChoice, machine: ModelsOfMachine): Promise<ModelItem[]> {
  const models = await machine.survey();
  const items = (wanted: (model: SurveyedModel) => boolean): ModelItem[] =>
    models.filter(wanted).map((model) => surveyedItem(choice, model));
  const others = items(({ known }) => !known);
  return [
    separator('GPT-2'),
    ...items(({ known }) => known !== undefined),
    ...(others.length > 0 ? [separator('Also on this machine'), ...others] : []),
    separator('Elsewhere'),
    {
      label: '$(cloud) Repository of the Hugging Face hub…',
      detail: 'Only its embedding tensor and its tokenizer are fetched.',
      choose: () => askForRepository(choice, machine),
    },
    {
      label: '$(file) Safetensors file…',
      detail: 'Only the embedding tensor is read from it.',
      choose: () => chooseFile(choice),
    },
    {
      label: '$(folder) Folder…',
      detail: 'A folder with model.safetensors, or with model.safetensors.index.json and its shards.',
      choose: () => chooseFolder(choice),
    },
    {
      label: '$(beaker) Sample vectors',
      description: choice.isCurrent('sample') ? 'current' : '',
      detail: 'Made by Tokenscope from spelling and a word list, to try it without a model. Not GPT-2.',
      choose: () => choice.use('sample'),
    },
  ];
}

function surveyedItem(choice: ModelChoice, { known, repository, place, identity }: SurveyedModel): ModelItem {
  const setting = known ? choice.settingFor(known) : `hf:${repository}`;
  const verified = identity?.isVerified ? '$(verified) verified' : '';
  const current = choice.isCurrent(setting) ? 'current' : '';
  return {
    label: `$(${place === 'hub' ? 'cloud-download' : 'database'}) ${known?.displayName ?? repository}`,
    description: [current, verified].filter((part) => part !== '').join(' · '),
    detail: [
      ...(known ? [repository] : []),
      identity
        ? `${identity.rowCount.toLocaleString('en')} × ${identity.dimension.toLocaleString('en')} ${identity.dtype}`
        : `50,257 × ${known?.dimension.toLocaleString('en') ?? '?'}`,
      placeText(place, known),
    ].join(' · '),
    choose: () => (place === 'hub' && known ? choice.download(known) : choice.use(setting)),
  };
}

function placeText(place: SurveyedModel['place'], known: SurveyedModel['known']): string {
  switch (place) {
    case 'cache':
      return 'in the Hugging Face cache';
    case 'storage':
      return 'downloaded';
    case 'hub':
      return known === undefined ? 'not on this machine' : downloadText(known);
  }
}

function downloadText({ tensorBytes, fileBytes }: KnownModel): string {
  const whole = fileBytes === undefined ? '' : ` of the ${formatBytes(fileBytes)} file`;
  return `download ${formatBytes(tensorBytes)}${whole}`;
}

async function askForRepository(choice: ModelChoice, machine: ModelsOfMachine): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: 'Repository of the Hugging Face Hub',
    prompt: 'Such as EleutherAI/pythia-160m, with @revision behind it if it is to be a certain one',
    validateInput: (value) =>
      value === '' || parseHubModel(`hf:${value}`)
        ? undefined
        : 'Expected owner/name or owner/name@revision.',
  });
  const model = text === undefined || text === '' ? undefined : parseHubModel(`hf:${text}`);
  if (model && (await machine.has(model))) {
    await choice.use(choice.settingFor(model));
  } else if (model && (await confirmDownload(machine.createDownloader, model))) {
    await choice.download(model);
  }
}

async function chooseFile(choice: ModelChoice): Promise<void> {
  await usePicked(choice, { canSelectFiles: true, filters: { Safetensors: ['safetensors'] } });
}

async function chooseFolder(choice: ModelChoice): Promise<void> {
  await usePicked(choice, { canSelectFolders: true, canSelectFiles: false });
}

async function usePicked(choice: ModelChoice, options: vscode.OpenDialogOptions): Promise<void> {
  const uris = await vscode.window.showOpenDialog({ openLabel: 'Use', canSelectMany: false, ...options });
  const path = uris?.[0]?.fsPath;
  if (path !== undefined) {
    await choice.use(path);
  }
}

function separator(label: string): ModelItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
