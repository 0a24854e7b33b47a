import * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import type { TokenBands } from '../bands/tokenBands';
import type { Settings } from '../settings';
import { presentEmbeddings } from '../session/embeddingsPresentation';
import { COMMANDS, FOCUS_SECTIONS } from '../commandIds';
import { pickItem, type PickEntry } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';
import { isOffered } from './commandConditions';
import { commandFacts } from './commandContexts';
import type { ContributedCommand } from './contributedCommands';

export interface TokenActionServices {
  readonly session: Pick<EmbeddingSession, 'state' | 'graph'>;
  readonly bands: Pick<TokenBands, 'isOn'>;
  readonly settings: Pick<Settings, 'surprisesEnabled'>;
  /** By name: where the titles and keys come from. */
  readonly contributed: ReadonlyMap<string, ContributedCommand>;
}

interface ActionItem extends PickEntry {
  readonly command?: string;
}

/** With a title where the manifest contributes none. */
type Action = readonly [command: string, icon: string, title?: string];

/** All commands but Token Actions itself and those in the title of a view, in the order of what is done most. */
const GROUPS: readonly { readonly title: string; readonly actions: readonly Action[] }[] = [
  {
    title: 'Neighbors',
    actions: [
      [COMMANDS.findNeighbors, 'search'],
      [COMMANDS.compareTokens, 'graph-scatter'],
      [COMMANDS.showOnMap, 'location'],
      [COMMANDS.openMap, 'map'],
      [COMMANDS.newInspector, 'empty-window'],
      [COMMANDS.verifySimilarity, 'verified'],
      [COMMANDS.openSavedNeighbors, 'folder-opened'],
    ],
  },
  {
    title: 'Tokens of This Text',
    actions: [
      [COMMANDS.toggleBands, 'whole-word'],
      [COMMANDS.colorBands, 'symbol-color'],
      [FOCUS_SECTIONS, 'list-tree', 'Show Tokens by Section'],
      [COMMANDS.openSplitView, 'split-horizontal'],
      [COMMANDS.copyTokenIds, 'copy'],
      [COMMANDS.copyTokens, 'json'],
      [COMMANDS.selectToken, 'selection'],
      [COMMANDS.selectNextToken, 'arrow-right'],
      [COMMANDS.selectPreviousToken, 'arrow-left'],
      [COMMANDS.toggleSurprises, 'lightbulb'],
    ],
  },
  {
    title: 'Model',
    actions: [
      [COMMANDS.chooseModel, 'symbol-array'],
      [COMMANDS.loadEmbeddings, 'play'],
      [COMMANDS.cancelLoading, 'stop-circle'],
      [COMMANDS.chooseFile, 'file'],
      [COMMANDS.useSample, 'beaker'],
      [COMMANDS.download, 'cloud-download'],
      [COMMANDS.connectDatabase, 'database'],
      [COMMANDS.sendEmbeddings, 'cloud-upload'],
      [COMMANDS.buildGraph, 'type-hierarchy'],
      [COMMANDS.stopGraph, 'stop-circle'],
      [COMMANDS.setToken, 'key'],
      [COMMANDS.storedModels, 'trash'],
    ],
  },
  {
    title: 'Help',
    actions: [
      [COMMANDS.openWalkthrough, 'book'],
      [COMMANDS.openLesson, 'mortar-board'],
      [COMMANDS.openSampleText, 'file-text'],
      [COMMANDS.showLog, 'output'],
    ],
  },
];

/** Token Actions…: everything that can be done just now, what is most urgent first. */
export function registerTokenActions(services: TokenActionServices): vscode.Disposable {
  return registerCommand(COMMANDS.tokenActions, async () => {
    const picked = await pickItem(tokenActions(services), {
      title: 'Token Actions',
      placeHolder: 'All commands of Tokenscope that can do something here',
      matchOnDescription: true,
    });
    if (picked?.command !== undefined) {
      await vscode.commands.executeCommand(picked.command);
    }
  });
}

/** The entries in groups, under the titles that the commands have in the palette, each once. */
export function tokenActions(services: TokenActionServices): ActionItem[] {
  const urgent = urgentActions(services);
  const facts = commandFacts(services.session);
  const groups = GROUPS.map(({ title, actions }) => ({
    title,
    items: actions
      .filter(([command]) => isOffered(command, facts) && !urgent.some((item) => item.command === command))
      .map((action) => actionItem(services, action, stateOf(services, action[0]))),
  }));
  return [{ title: 'Now', items: urgent }, ...groups].flatMap(({ title, items }) =>
    items.length > 0 ? [{ label: title, isSeparator: true }, ...items] : [],
  );
}

/** What a state of the embeddings asks for. */
function urgentActions(services: TokenActionServices): ActionItem[] {
  const { state, graph } = services.session;
  const detail = presentEmbeddings(state, graph)?.detail;
  const item = (command: string, description?: string): ActionItem => {
    const action = GROUPS.flatMap(({ actions }) => actions).find(([name]) => name === command);
    return actionItem(services, action ?? [command, 'circle'], description);
  };
  switch (state.state) {
    case 'locating':
    case 'downloading':
    case 'converting':
    case 'building':
      return [item(COMMANDS.cancelLoading, detail)];
    case 'undecided':
      return [item(COMMANDS.chooseModel, detail), item(COMMANDS.download), item(COMMANDS.useSample)];
    case 'failed':
      return [
        item(COMMANDS.chooseModel, detail),
        item(COMMANDS.loadEmbeddings, 'try again'),
        item(COMMANDS.showLog),
      ];
    case 'ready':
      return graph.state === 'building' ? [item(COMMANDS.stopGraph, detail)] : [];
    case 'none':
      return [];
  }
}

/** How things stand that a command changes. */
function stateOf({ session, bands, settings }: TokenActionServices, command: string): string | undefined {
  const onOff = (isOn: boolean): string => (isOn ? 'on' : 'off');
  const editor = vscode.window.activeTextEditor;
  const { state } = session;
  switch (command) {
    case COMMANDS.toggleBands:
      return editor && onOff(bands.isOn(editor));
    case COMMANDS.toggleSurprises:
      return onOff(settings.surprisesEnabled);
    case COMMANDS.chooseModel:
      return state.state === 'ready' ? shownName(state.model.name) : undefined;
    default:
      return undefined;
  }
}

function actionItem(
  { contributed }: TokenActionServices,
  [command, icon, ownTitle]: Action,
  state: string | undefined,
): ActionItem {
  const { title = ownTitle ?? command, key } = contributed.get(command) ?? {};
  const description = [state, key].filter((part) => part !== undefined).join(' · ');
  return { icon, label: title, command, ...(description !== '' && { description }) };
}
