import type { EmbeddingState } from '../../engine/session/embeddingState';
import type { GraphState } from '../../engine/session/graphBuild';
import { COMMANDS } from '../commandIds';

/** What decides whether a command can do anything just now. */
export interface CommandFacts {
  readonly embeddings: EmbeddingState;
  readonly graph: GraphState;
  /** The text of the active editor; undefined where no text editor is active. */
  readonly text: { readonly isBareSide: boolean } | undefined;
}

const LOADING: ReadonlySet<EmbeddingState['state']> = new Set([
  'locating',
  'downloading',
  'converting',
  'building',
]);

type CommandContext =
  | 'hasTextEditor'
  | 'canOpenSplitView'
  | 'isLoadingEmbeddings'
  | 'hasEmbeddings'
  | 'hasSampleVectors'
  | 'isBuildingNeighborGraph'
  | 'hasNeighborGraph';

/** The context keys of the facts, without `tokenscope.` before them. */
export function contextsOf({
  embeddings,
  graph,
  text,
}: CommandFacts): Readonly<Record<CommandContext, boolean>> {
  const { state } = embeddings;
  return {
    hasTextEditor: text !== undefined,
    canOpenSplitView: text?.isBareSide === false,
    isLoadingEmbeddings: LOADING.has(state),
    hasEmbeddings: state === 'ready',
    hasSampleVectors: embeddings.state === 'ready' && embeddings.model.isSample,
    isBuildingNeighborGraph: graph.state === 'building',
    hasNeighborGraph: graph.state === 'ready',
  };
}

type Condition = CommandContext | `!${CommandContext}`;

/**
 * What must hold for a command to be offered; those that are not named can always do something. Before the extension runs no context
 * is set, and what holds then needs none. The manifest says the same for the command palette, with `tokenscope.` before each key.
 */
export const COMMAND_CONDITIONS: Readonly<Record<string, Condition>> = {
  [COMMANDS.copyTokenIds]: 'hasTextEditor',
  [COMMANDS.copyTokens]: 'hasTextEditor',
  [COMMANDS.toggleBands]: 'hasTextEditor',
  [COMMANDS.colorBands]: 'hasTextEditor',
  [COMMANDS.selectToken]: 'hasTextEditor',
  [COMMANDS.selectNextToken]: 'hasTextEditor',
  [COMMANDS.selectPreviousToken]: 'hasTextEditor',
  [COMMANDS.openSplitView]: 'canOpenSplitView',
  [COMMANDS.loadEmbeddings]: '!hasEmbeddings',
  [COMMANDS.download]: '!hasEmbeddings',
  [COMMANDS.useSample]: '!hasSampleVectors',
  [COMMANDS.buildGraph]: '!hasNeighborGraph',
  [COMMANDS.stopGraph]: 'isBuildingNeighborGraph',
  [COMMANDS.cancelLoading]: 'isLoadingEmbeddings',
};

/** Whether a command can do anything just now. */
export function isOffered(command: string, facts: CommandFacts): boolean {
  const condition = COMMAND_CONDITIONS[command];
  if (condition === undefined) {
    return true;
  }
  const contexts: Readonly<Record<string, boolean>> = contextsOf(facts);
  return condition.startsWith('!') ? contexts[condition.slice(1)] === false : contexts[condition] === true;
}
