import * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';
import { isRecord, isShortString } from '../../protocol/parsing';
import { MAX_QUERY_LENGTH } from '../../protocol/panelMessages';
import { COMMANDS } from '../commandIds';
import { askForLine } from '../query/askForLine';
import { tellUnsplit } from '../session/tellUnsplit';
import { pickItem, type PickEntry } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';
import { isOfTokenizer, measureMeaning, type BandMeasure } from './bandMeasure';
import type { BandServices } from './bandServices';
import { inspectorMeasure, similarityTo } from './similarityMeasure';
import type { TokenBands } from './tokenBands';

/** Toggle Token Bands, and Color Token Bands By…: a keybinding may name what: `{ "by": "norm" }`, `{ "by": "similarity", "query": "Mike" }`,
 `{ "by": "inspector" }` for the inspector's query. */
export function registerBandCommands(bands: TokenBands, services: BandServices): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(COMMANDS.toggleBands, () => {
      const editor = activeEditor();
      if (editor && (bands.isOn(editor) || !tellUnsplit(services.tokenizers))) {
        bands.toggleByHand(editor);
      }
    }),
    registerCommand(COMMANDS.colorBands, async (argument?: unknown) => {
      const editor = activeEditor();
      if (!editor || tellUnsplit(services.tokenizers)) {
        return;
      }
      const choice = choiceFromArguments(argument, services) ?? (await pickChoice(bands.measure, services));
      const measure = await choice?.measure();
      if (measure) {
        await colorBy(measure === 'alternating' ? undefined : measure, editor, bands, services);
      }
    }),
  );
}

function activeEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void showNotice('information', 'Open a text to see its tokens.');
  }
  return editor;
}

/** Shows bands at once, and values as soon as they can be had. */
async function colorBy(
  measure: BandMeasure | undefined,
  editor: vscode.TextEditor,
  bands: TokenBands,
  services: BandServices,
): Promise<void> {
  if (!bands.isOn(editor)) {
    bands.toggleByHand(editor);
  }
  const { measure: before } = bands;
  if (measure === undefined || isOfTokenizer(measure) || (await embeddingsAreReady(services))) {
    // Whoever has chosen something else while they were loading wants that.
    if (bands.measure === before) {
      bands.colorBy(measure);
    }
  }
}

/** Loads them with all that Load Embeddings… shows and asks. */
async function embeddingsAreReady({ session, settings }: BandServices): Promise<boolean> {
  for (;;) {
    if (isReady(session)) {
      return true;
    }
    const { model } = settings;
    await vscode.commands.executeCommand(COMMANDS.loadEmbeddings);
    // Where another model was chosen in place of a download, that one is to be loaded.
    if (settings.model === model) {
      return isReady(session);
    }
  }
}

const isReady = ({ state }: BandServices['session']): boolean => state.state === 'ready';

interface Choice {
  readonly measure: () => Promise<BandMeasure | 'alternating' | undefined>;
}

interface ChoiceItem extends PickEntry, Choice {}

async function pickChoice(
  current: BandMeasure | undefined,
  services: BandServices,
): Promise<Choice | undefined> {
  const items: ChoiceItem[] = [
    {
      label: 'Alternating',
      description: current === undefined ? 'current' : '',
      detail: 'Two fills mark where tokens end, and mean nothing.',
      measure: () => Promise.resolve('alternating' as const),
    },
    plainItem('Characters per Token', { kind: 'characters' }, current),
    plainItem('Token Id', { kind: 'tokenId' }, current),
    plainItem('Norm', { kind: 'norm' }, current),
    plainItem('Distance to the Mean of All Tokens', { kind: 'centroidDistance' }, current),
    ...similarityItems(current, services),
  ];
  return pickItem(items, { title: 'Color Token Bands By', matchOnDetail: true });
}

function plainItem(label: string, measure: BandMeasure, current: BandMeasure | undefined): ChoiceItem {
  return {
    label,
    description: current?.kind === measure.kind ? 'current' : '',
    detail: measureMeaning(measure),
    measure: () => Promise.resolve(measure),
  };
}

/** The query of the inspector, where there is one; and any other. */
function similarityItems(current: BandMeasure | undefined, services: BandServices): ChoiceItem[] {
  const pinned = inspectorMeasure(services);
  const isCurrent = (follows: boolean): string =>
    current?.kind === 'similarity' && current.followsInspector === follows ? 'current' : '';
  const other: ChoiceItem = {
    label: pinned ? 'Similarity to Another Token…' : 'Similarity to a Token…',
    description: isCurrent(false),
    detail: 'Asks for a word, a token id or a formula. Cosine similarity of each token with it.',
    measure: async () => {
      const text = await askForLine('Similarity to');
      return text === undefined ? undefined : similarityTo(text, services);
    },
  };
  return pinned
    ? [
        {
          label: `Similarity to ${shownName(pinned.line)}`,
          description: isCurrent(true),
          detail: 'Cosine similarity of each token with the query of the inspector, whichever that is.',
          measure: () => Promise.resolve(pinned),
        },
        other,
      ]
    : [other];
}

function choiceFromArguments(argument: unknown, services: BandServices): Choice | undefined {
  const { by, query } = isRecord(argument) ? argument : {};
  switch (by) {
    case 'alternating':
      return { measure: () => Promise.resolve(by) };
    case 'characters':
    case 'tokenId':
    case 'norm':
    case 'centroidDistance':
      return { measure: () => Promise.resolve({ kind: by }) };
    case 'inspector':
      return { measure: () => Promise.resolve(inspectorMeasure(services)) };
    case 'similarity':
      return isShortString(query, MAX_QUERY_LENGTH) && query.trim() !== ''
        ? { measure: () => Promise.resolve(similarityTo(query, services)) }
        : undefined;
    default:
      return undefined;
  }
}
