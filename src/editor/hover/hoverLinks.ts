import { SAMPLE_EXPLANATION } from '../../protocol/sampleNotice';
import type { EmbeddingState } from '../../engine/session/embeddingState';
import { COMMANDS } from '../commandIds';
import type { HoverLink } from './hoverCard';

/** What the links of a card act on. */
export interface LinkTargets {
  /** Arguments of the commands. */
  readonly find: unknown;
  readonly compare: unknown;
  /** undefined where there is no text that gives these ids. */
  readonly copy: unknown;
  readonly copyTooltip: string;
  /** What only some cards have. */
  readonly more?: readonly HoverLink[];
}

/** The links that every card has, and the quiet one that goes on from the state of the embeddings. */
export function hoverLinks(targets: LinkTargets, embeddings: EmbeddingState): HoverLink[] {
  const areWords = embeddings.state === 'ready' && embeddings.model.vectors?.labelKind === 'words';
  const rows = areWords ? 'words' : 'tokens';
  const links: HoverLink[] = [
    {
      icon: 'search',
      title: 'Find Neighbors',
      tooltip: `Find the nearest of all ${rows}`,
      command: COMMANDS.findNeighbors,
      argument: targets.find,
    },
    {
      icon: 'graph-scatter',
      title: 'Compare',
      tooltip: areWords ? 'Compare the vectors of two words' : 'Compare the vectors of two tokens or words',
      command: COMMANDS.compareTokens,
      argument: targets.compare,
    },
    {
      icon: 'map',
      title: 'Map',
      tooltip: `Show it on the map of all ${rows}, with its true neighbors`,
      command: COMMANDS.showOnMap,
      argument: targets.find,
    },
  ];
  if (targets.copy !== undefined) {
    links.push({
      icon: 'copy',
      title: 'Copy Ids',
      tooltip: targets.copyTooltip,
      command: COMMANDS.copyTokenIds,
      argument: targets.copy,
    });
  }
  links.push(...(targets.more ?? []));
  if (embeddings.state !== 'ready') {
    links.push({
      icon: 'cloud-download',
      title: 'Load Model…',
      tooltip: 'Load the embedding matrix, to see neighbors here',
      command: COMMANDS.loadEmbeddings,
      isOfModel: true,
    });
  } else if (embeddings.model.isSample) {
    links.push({
      icon: 'database',
      title: 'Use GPT-2…',
      tooltip: `Choose the model that the numbers come from: these are ${SAMPLE_EXPLANATION}.`,
      command: COMMANDS.chooseModel,
      isOfModel: true,
    });
  }
  return links;
}
