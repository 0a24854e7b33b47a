import * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import type { TokenBands } from '../bands/tokenBands';
import type { Settings } from '../settings';
import { presentEmbeddings } from '../session/embeddingsPresentation';
import { COMMANDS } from '../commandIds';
import { pickItem, type PickEntry } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';

export interface TokenActionServices {
  readonly session: Pick<EmbeddingSession, 'state' | 'graph'>;
  readonly bands: Pick<TokenBands, 'isOn'>;
  readonly settings: Pick<Settings, 'surprisesEnabled'>;
}

interface ActionItem extends PickEntry {
  readonly command?: string;
}

/** Token Actions…: what can be done with tokens and embeddings just now, what is most urgent first. */
export function registerTokenActions(services: TokenActionServices): vscode.Disposable {
  return registerCommand(COMMANDS.tokenActions, async () => {
    const picked = await pickItem(tokenActions(services), {
      title: 'Token Actions',
      placeHolder: 'What to do with the tokens of this text',
      matchOnDescription: true,
    });
    if (picked?.command !== undefined) {
      await vscode.commands.executeCommand(picked.command);
    }
  });
}

/** The entries, under the titles that the commands have in the palette. */
export function tokenActions(services: TokenActionServices): ActionItem[] {
  const urgent = urgentActions(services);
  return [
    ...urgent,
    ...(urgent.length > 0 ? [separator('Tokens')] : []),
    ...textActions(services),
    separator('Embeddings'),
    ...embeddingActions(services).filter(
      ({ command }) => !urgent.some((action) => action.command === command),
    ),
  ];
}

/** What a state of the embeddings asks for. */
function urgentActions({ session }: TokenActionServices): ActionItem[] {
  const { state, graph } = session;
  const description = presentEmbeddings(state, graph)?.detail;
  switch (state.state) {
    case 'locating':
    case 'downloading':
    case 'building':
      return [action('stop-circle', 'Cancel Loading Embeddings', COMMANDS.cancelLoading, description)];
    case 'undecided':
      return [action('symbol-array', 'Choose Model…', COMMANDS.chooseModel, description)];
    case 'failed':
      return [
        action('symbol-array', 'Choose Model…', COMMANDS.chooseModel, description),
        action('refresh', 'Load Embeddings…', COMMANDS.loadEmbeddings, 'try again'),
        action('output', 'Show Log', COMMANDS.showLog),
      ];
    case 'ready':
      return graph.state === 'building'
        ? [action('stop-circle', 'Stop Building Neighbor Graph', COMMANDS.stopGraph, description)]
        : [];
    case 'none':
      return [];
  }
}

function textActions({ bands, settings }: TokenActionServices): ActionItem[] {
  const editor = vscode.window.activeTextEditor;
  const onOff = (isOn: boolean): string => (isOn ? 'on' : 'off');
  const neighbors = action('search', 'Find Semantic Neighbors', COMMANDS.findNeighbors);
  if (!editor) {
    return [neighbors];
  }
  return [
    action('copy', 'Copy Token Ids', COMMANDS.copyTokenIds),
    action('json', 'Copy Tokens As…', COMMANDS.copyTokens),
    action('whole-word', 'Toggle Token Bands', COMMANDS.toggleBands, onOff(bands.isOn(editor))),
    action('symbol-color', 'Color Token Bands By…', COMMANDS.colorBands),
    action('split-horizontal', 'Open Split View: Bare against in Place', COMMANDS.openSplitView),
    action(
      'lightbulb',
      'Toggle Marks of Surprising Tokens',
      COMMANDS.toggleSurprises,
      onOff(settings.surprisesEnabled),
    ),
    neighbors,
  ];
}

function embeddingActions({ session }: TokenActionServices): ActionItem[] {
  const { state } = session;
  return [
    ...(state.state === 'none' || state.state === 'undecided'
      ? [action('play', 'Load Embeddings…', COMMANDS.loadEmbeddings)]
      : []),
    action(
      'symbol-array',
      'Choose Model…',
      COMMANDS.chooseModel,
      state.state === 'ready' ? shownName(state.model.name) : undefined,
    ),
    action('output', 'Show Log', COMMANDS.showLog),
  ];
}

function action(icon: string, title: string, command: string, description?: string): ActionItem {
  return { icon, label: title, command, ...(description !== undefined && { description }) };
}

function separator(label: string): ActionItem {
  return { label, isSeparator: true };
}
