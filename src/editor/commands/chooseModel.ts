import * as vscode from 'vscode';
import { shownName, shownPath } from '../../core/foreignText/shownText';
import { SAMPLE_EXPLANATION } from '../../protocol/sampleNotice';
import type { HubDownloader } from '../../model/hub/hubDownloader';
import { isCommit, parseHubModel, shortRevision, type HubModel } from '../../model/hub/hubModel';
import { HUB_ADDRESS, serverName } from '../../model/hub/serverAddress';
import type { KnownModel } from '../../model/hub/knownModels';
import type { LocalModel } from '../../model/surveyLocalModels';
import type { FoundVectors } from '../../model/vectorFiles/findVectorFiles';
import type { PresentVectors } from '../../model/vectorFiles/presentVectors';
import type { ModelIdentity } from '../../model/modelLocation';
import type { SurveyedModel } from '../../model/surveyModels';
import { formatBytes } from '../formatBytes';
import type { HubServer } from '../session/hubServer';
import type { ModelChoice } from '../session/modelChoice';
import { COMMANDS } from '../commandIds';
import { askForText } from '../workbench/askForText';
import { pickItem, type PickEntry } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';
import { confirmDownload } from './confirmDownload';
import { dialogStart, localPath } from './localPath';

/** What the picker needs to know and can have fetched. */
export interface ModelsOfMachine {
  readonly server: Pick<HubServer, 'address'>;
  readonly survey: () => Promise<SurveyedModel[]>;
  /** Files and folders that were used before and can be used now, the one used last first. */
  readonly surveyUsed: () => Promise<LocalModel[]>;
  /** Files of vectors in the folders of the workspace and where programs keep such. */
  readonly findVectors: () => Promise<readonly FoundVectors[]>;
  /** The paths that the setting means. */
  readonly currentPaths: () => readonly string[];
  /** Whether a model is here already. */
  readonly has: (model: HubModel) => Promise<boolean>;
  readonly createDownloader: () => Promise<HubDownloader>;
  /** Databases that the settings name. */
  readonly databases: () => readonly string[];
  /** Asks which table of a database, and uses it. */
  readonly chooseTable: (database: string) => Promise<void>;
  /** Asks for a database that is not named yet. */
  readonly connect: () => Promise<void>;
  readonly home: vscode.Uri;
}

/** What the names of files end with that can be opened; whatever they are called, their content says what they are. */
const FILE_FILTERS = {
  'Checkpoints and vectors': ['safetensors', 'bin', 'vec', 'txt', 'npy', 'tsv', 'gguf'],
  'All files': ['*'],
};

interface ModelItem extends PickEntry {
  /** Whether it is what the setting says. */
  readonly isCurrent?: boolean;
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
    registerCommand(COMMANDS.chooseFile, () => chooseFile(choice, machine)),
    registerCommand(COMMANDS.useSample, () => choice.use('sample')),
  );
}

/** The entries of the picker, in groups; what the setting says is the first. */
export async function modelItems(choice: ModelChoice, machine: ModelsOfMachine): Promise<ModelItem[]> {
  const { address } = machine.server;
  const [models, used, found] = await Promise.all([
    machine.survey(),
    machine.surveyUsed(),
    machine.findVectors(),
  ]);
  const usedPaths = new Set(used.map(({ path }) => path));
  const newlyFound = found.filter(({ path }) => !usedPaths.has(path));
  const items = (wanted: (model: SurveyedModel) => boolean): ModelItem[] =>
    models.filter(wanted).map((model) => surveyedItem(choice, model, address));
  const currentPaths = machine.currentPaths();
  const groups = [
    { title: 'Used before', items: used.map((model) => usedItem(choice, model, currentPaths)) },
    { title: 'GPT-2', items: items(({ known }) => known !== undefined) },
    { title: 'Also on this machine', items: items(({ known }) => known === undefined) },
    {
      title: 'Files of vectors',
      items: newlyFound.map((vectors) => foundItem(choice, vectors, currentPaths)),
    },
    { title: 'Elsewhere', items: elsewhereItems(choice, machine) },
  ];
  const current = groups.flatMap((listed) => listed.items).find(({ isCurrent }) => isCurrent);
  // First, since a mark further down is not seen.
  return [
    ...group('Current', [current ?? unlistedItem(choice)]),
    ...groups.flatMap((listed) =>
      group(
        listed.title,
        listed.items.filter((item) => item !== current),
      ),
    ),
  ];
}

function group(title: string, items: readonly ModelItem[]): ModelItem[] {
  return items.length > 0 ? [{ label: title, isSeparator: true }, ...items] : [];
}

function elsewhereItems(choice: ModelChoice, machine: ModelsOfMachine): ModelItem[] {
  return [
    {
      icon: 'cloud',
      label: 'Repository of the Hugging Face hub…',
      description: fromServer(machine.server.address),
      detail: 'Only its embedding tensor and its tokenizer are fetched.',
      choose: () => askForRepository(choice, machine),
    },
    {
      icon: 'file',
      label: 'File…',
      detail:
        'A safetensors checkpoint, of which only the embedding tensor is read; or word2vec, GloVe, fastText .vec, NumPy, Projector or GGUF.',
      choose: () => chooseFile(choice, machine),
    },
    {
      icon: 'folder',
      label: 'Folder…',
      detail: 'A folder with model.safetensors, or with model.safetensors.index.json and its shards.',
      choose: () => chooseFolder(choice, machine),
    },
    ...machine.databases().map((name) => ({
      icon: 'server',
      label: `Tables of ${shownName(name)}…`,
      detail: 'PostgreSQL with pgvector: its tables of vectors are asked where they are.',
      choose: () => machine.chooseTable(name),
    })),
    {
      icon: 'server',
      label: 'PostgreSQL database…',
      detail: 'Tables of vectors (pgvector), which are asked where they are.',
      choose: () => machine.connect(),
    },
    {
      icon: 'beaker',
      label: 'Sample vectors',
      ...currentMark(choice.isCurrent('sample')),
      detail: `Not GPT-2: ${SAMPLE_EXPLANATION}. To try Tokenscope without a model.`,
      choose: () => choice.use('sample'),
    },
  ];
}

/** A file or folder of this machine. @param currentPaths What the setting means. */
function usedItem(choice: ModelChoice, model: LocalModel, currentPaths: readonly string[]): ModelItem {
  const { path } = model;
  const isCurrent = currentPaths.includes(path);
  const use = (): Promise<void> => (isCurrent ? choice.useCurrent() : choice.use(path));
  if ('vectors' in model) {
    return {
      icon: 'symbol-key',
      label: shownName(fileName(path)),
      ...currentMark(isCurrent),
      detail: [...vectorsTexts(model.vectors), shownPath(path)].join(' · '),
      choose: use,
    };
  }
  const { identity } = model;
  const parts = identity.isVerified ? ['verified'] : [];
  return {
    icon: identity.isVerified ? 'verified' : 'file',
    label: shownName(identity.name),
    ...currentMark(isCurrent, parts),
    detail: [sizeText(identity), shownPath(path)].join(' · '),
    choose: use,
  };
}

/** A file of vectors that was found, by what its first bytes say. */
function foundItem(choice: ModelChoice, found: FoundVectors, currentPaths: readonly string[]): ModelItem {
  const { path, format, rowCount, dimension, bytes } = found;
  const isCurrent = currentPaths.includes(path);
  return {
    icon: 'symbol-key',
    label: shownName(fileName(path)),
    ...currentMark(isCurrent),
    detail: [
      ...(dimension === undefined ? [] : [vectorsSize(rowCount, dimension)]),
      format,
      formatBytes(bytes),
      shownPath(path),
    ].join(' · '),
    choose: () => (isCurrent ? choice.useCurrent() : choice.use(path)),
  };
}

/** The last part of a path, without what its format is called by. */
function fileName(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  return name.replace(/(?<=.)\.[^.]*$/, '');
}

/** Size, format, and what opening it will take. */
function vectorsTexts({ format, rowCount, dimension, isConverted }: PresentVectors): readonly string[] {
  return [vectorsSize(rowCount, dimension), format, isConverted ? 'converted' : 'to be converted once'];
}

function vectorsSize(rowCount: number | undefined, dimension: number): string {
  const values = dimension.toLocaleString('en');
  return rowCount === undefined ? `rows of ${values} values` : `${rowCount.toLocaleString('en')} × ${values}`;
}

/** What the setting says where no other entry is that: a path that has gone, or a repository that is not here. */
function unlistedItem(choice: ModelChoice): ModelItem {
  return {
    icon: 'question',
    label: shownName(choice.current),
    ...currentMark(true),
    detail: 'Not found on this machine. To look for it again.',
    choose: () => choice.useCurrent(),
  };
}

function currentMark(
  isCurrent: boolean,
  others: readonly string[] = [],
): Pick<ModelItem, 'isCurrent' | 'description'> {
  return { isCurrent, description: [...(isCurrent ? ['current'] : []), ...others].join(' · ') };
}

function sizeText({ rowCount, dimension, dtype }: ModelIdentity): string {
  return `${rowCount.toLocaleString('en')} × ${dimension.toLocaleString('en')} ${dtype}`;
}

/** @param address Of the server that models come from now; undefined where the setting names none. */
function surveyedItem(
  choice: ModelChoice,
  { known, repository, revision, place, identity }: SurveyedModel,
  address: string | undefined,
): ModelItem {
  const setting = choice.settingFor({ repository, revision });
  const isVerified = identity?.isVerified === true;
  return {
    icon: place === 'hub' ? 'cloud-download' : isVerified ? 'verified' : 'database',
    label: known?.displayName ?? shownName(repository),
    ...currentMark(choice.isCurrent(setting), isVerified ? ['verified'] : []),
    detail: [
      ...(known ? [shownName(repository)] : []),
      identity ? sizeText(identity) : `50,257 × ${known?.dimension.toLocaleString('en') ?? '?'}`,
      ...(isCommit(revision) && !known ? [shortRevision(revision)] : []),
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
      value === '' || parseHubModel(value)
        ? undefined
        : 'Expected owner/name, owner/name@revision, or the address of its page.',
  });
  const model = text === undefined || text === '' ? undefined : parseHubModel(text);
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

async function chooseFile(choice: ModelChoice, machine: ModelsOfMachine): Promise<void> {
  await usePicked(choice, machine, { canSelectFiles: true, filters: FILE_FILTERS });
}

async function chooseFolder(choice: ModelChoice, machine: ModelsOfMachine): Promise<void> {
  await usePicked(choice, machine, { canSelectFolders: true, canSelectFiles: false });
}

async function usePicked(
  choice: ModelChoice,
  { home }: ModelsOfMachine,
  options: vscode.OpenDialogOptions,
): Promise<void> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const defaultUri = dialogStart(folders, home);
  const [uri] =
    (await vscode.window.showOpenDialog({
      openLabel: 'Use',
      canSelectMany: false,
      ...(defaultUri && { defaultUri }),
      ...options,
    })) ?? [];
  const path = uri && localPath(uri);
  if (path !== undefined) {
    await choice.use(path);
  } else if (uri) {
    const name = shownName(uri.path.split('/').at(-1) ?? '');
    const reason = 'It is not on the machine that Tokenscope runs on, which alone it reads models from.';
    void showNotice('error', `${name} cannot be used. ${reason}`);
  }
}
