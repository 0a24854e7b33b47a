import { modelIdentity } from '../../session/modelIdentity';
import type { NeighborExport } from './neighborExport';

/** Grows when what a member means is changed. */
export const JSON_FORMAT_VERSION = 1;

/** Tells our files from others. */
export const JSON_FORMAT = 'tokenscope-neighbors';

/**
 * The list as JSON, in full precision: with all that is needed to ask again, see `parseSavedNeighbors`, and all that is needed to
 * understand it without Tokenscope.
 */
export function jsonExport(exported: NeighborExport): string {
  const { query, terms, excludedIds, k, filter, leftOut, answer, version } = exported;
  const saved = {
    format: JSON_FORMAT,
    formatVersion: JSON_FORMAT_VERSION,
    tokenscope: version,
    query,
    terms,
    excludedIds,
    metric: answer.metric,
    k,
    filter,
    leftOut,
    model: modelIdentity(answer.model),
    averageScore: answer.averageScore,
    neighbors: answer.neighbors.map(({ rank, token, score, norm }) => ({
      rank,
      id: token.id,
      token: token.plain,
      score,
      norm,
    })),
  };
  return `${JSON.stringify(saved, undefined, 2)}\n`;
}
