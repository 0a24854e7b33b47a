import type { MapColoring } from '../../../src/protocol/map/mapArrangement';

/** What the map can be colored by, in the order in which it is offered. */
export const COLORING_NAMES: Readonly<Record<MapColoring, string>> = {
  kind: 'kind',
  plain: 'plain',
  similarity: 'similarity',
  truth: 'truth',
  document: 'this document',
  mergeRank: 'merge rank',
  norm: 'norm',
  centroidDistance: 'distance from mean',
};
