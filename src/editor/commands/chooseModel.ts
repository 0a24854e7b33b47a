import * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';
import { SAMPLE_EXPLANATION } from '../../protocol/sampleNotice';
import type { HubDownloader } from '../../model/hub/hubDownloader';
import { parseHubModel, type HubModel } from '../../model/hub/hubModel';
import { HUB_ADDRESS, serverName } from '../../model/hub/serverAddress';
import type { KnownModel } from '../../model/hub/knownModels';
import type { SurveyedModel } from '../../model/surveyModels';
import { formatBytes } from '../formatBytes';
import type { HubServer } from '../session/hubServer';
import type { ModelChoice } from '../session/modelChoice';
import { COMMANDS } from '../commandIds';
import { askForText } from '../workbench/askForText';
import { pickItem, type PickEntry } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';
import { confirmDownload } from './confirmDownload';

/** What the picker needs to know and can have fetched. */
export interface ModelsOfMachine {
  readonly server: Pick<HubServer, 'address'>;
  readonly survey: () => Promise<SurveyedModel[]>;
  /** Whether a model is here already. */
  readonly has: (model: HubModel) => Promise<boolean>;
  readonly createDownloader: () => HubDownloader;
}

interface ModelItem extends PickEntry {
  readonly choose?: () => Promise<void>;
}

/**
 * Choose Model…: GPT-2 in its sizes and whatever else is on this machine, a repository of the hub, a file, a folder, or the sample
 * vectors, each with size, state and origin: also the server where it is not the hub.
 */
export function registerChooseModel(choice: ModelChoice, machine: ModelsOfMachine): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(COMMANDS.chooseModel, async () => {
      const picked = await pickItem(modelItems(choice, machine), {
        title: 'Choose Model',
        placeHolder: 'Where the embedding matrix comes from',
        matchOnDescription: true,
        matchOnDetail: true,
      });
      await picked?.choose?.();
    }),
    registerCommand(COMMANDS.chooseFile, () => chooseFile(choice)),
    registerCommand(COMMANDS.useSample, () => choice.use('sample')),
  );
}

async function modelItems(choice: ModelChoice, machine: ModelsOfMachine): Promise<ModelItem[]> {
  const { address } = machine.server;
  const models = await machine.survey();
  const items = (wanted: (model: SurveyedModel) => boolean): ModelItem[] =>
    models.filter(wanted).map((model) => surveyedItem(choice, model, address));
  const others = items(({ known }) => !known);
  return [
    separator('GPT-2'),
    ...items(({ known }) => known !== undefined),
    ...(others.length > 0 ? [separator('Also on this machine'), ...others] : []),
    separator('Elsewhere'),
    {
      icon: 'cloud',
      label: 'Repository of the Hugging Face hub…',
      description: fromServer(address),
      detail: 'Only its embedding tensor and its tokenizer are fetched.',
      choose: () => askForRepository(choice, machine),
    },
    {
      icon: 'file',
      label: 'Safetensors file…',
      detail: 'Only the embedding tensor is read from it.',
      choose: () => chooseFile(choice),
    },
    {
      icon: 'folder',
      label: 'Folder…',
      detail: 'A folder with model.safetensors, or with model.safetensors.index.json and its shards.',
      choose: () => chooseFolder(choice),
    },
    {
      icon: 'beaker',
      label: 'Sample vectors',
      description: choice.isCurrent('sample') ? 'current' : '',
      detail: `Not GPT-2: ${SAMPLE_EXPLANATION}. To try Tokenscope without a model.`,
      choose: () => choice.use('sample'),
    },
  ];
}

/** @param address Of the server that models come from now; undefined where the setting names none. */
function surveyedItem(
  choice: ModelChoice,
  { known, repository, place, identity }: SurveyedModel,
  address: string | undefined,
): ModelItem {
  const setting = known ? choice.settingFor(known) : `hf:${repository}`;
  const isVerified = identity?.isVerified === true;
  const current = choice.isCurrent(setting) ? 'current' : '';
  return {
    icon: place === 'hub' ? 'cloud-download' : isVerified ? 'verified' : 'database',
    label: known?.displayName ?? shownName(repository),
    description: [current, isVerified ? 'verified' : ''].filter((part) => part !== '').join(' · '),
    detail: [
      ...(known ? [shownName(repository)] : []),
      identity
        ? `${identity.rowCount.toLocaleString('en')} × ${identity.dimension.toLocaleString('en')} ${identity.dtype}`
        : `50,257 × ${known?.dimension.toLocaleString('en') ?? '?'}`,
      placeText(place, known),
      fromServer(place === 'hub' ? address : identity?.server),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    choose: () =>
      place === 'hub' && known && address !== undefined
        ? choice.download({ repository, revision: known.revision, server: address })
        : choice.use(setting),
  };
}

/** The server that a model comes or came from; empty for the hub itself, and where it is not known. */
function fromServer(address: string | undefined): string {
  return address === undefined || address === HUB_ADDRESS ? '' : `from ${shownName(serverName(address))}`;
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
  const text = await askForText({
    title: 'Repository of the Hugging Face Hub',
    prompt:
      'Such as EleutherAI/pythia-160m, with @revision behind it if it is to be a certain one. ' +
      `${shownName(serverName(machine.server.address ?? HUB_ADDRESS))} is asked for its sizes.`,
    staysOpen: true,
    complaint: (value) =>
      value === '' || parseHubModel(`hf:${value}`)
        ? undefined
        : 'Expected owner/name or owner/name@revision.',
  });
  const model = text === undefined || text === '' ? undefined : parseHubModel(`hf:${text}`);
  if (model && (await machine.has(model))) {
    await choice.use(choice.settingFor(model));
  } else if (model) {
    choice.askAgain();
    const agreed = await confirmDownload(machine.createDownloader, model);
    if (agreed) {
      await choice.download(agreed);
    }
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
  return { label, isSeparator: true };
}
