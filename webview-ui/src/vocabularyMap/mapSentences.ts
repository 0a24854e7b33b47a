import { formatCount } from '../numbers';
import { TRUE_NEIGHBORS } from './colors/truthColors';
import type { RankedNeighbor } from './mapRanks';
import type { VocabularyMapState } from './vocabularyMapState';

/** Of a token's true neighbors how many are near on the map, and how many farther; undefined while they are not known. */
export function nearAndFarther(
  { positions, neighbors }: VocabularyMapState,
  id: number,
): { readonly near: number; readonly farther: number; readonly all: readonly RankedNeighbor[] } | undefined {
  const all = positions && neighbors.rankedOf(id, positions);
  if (!all) {
    return undefined;
  }
  const near = all.filter((neighbor) => neighbor.near).length;
  return { near, farther: all.length - near, all };
}

/** What a screen reader is told of a token that was selected. */
export function selectionSentence(map: VocabularyMapState, id: number): string {
  const name = map.tokens?.spokenName(id) ?? `#${id}`;
  const counts = nearAndFarther(map, id);
  return counts
    ? `${name}: ${counts.near} of ${counts.all.length} true neighbors near, ${counts.farther} farther.`
    : name;
}

/** How many of its true neighbors a token has among the points around it, on average: `7.5`. @param near share, 0 … 1 */
export function averageNear(near: number): string {
  return (near * TRUE_NEIGHBORS).toFixed(1);
}

/** `131 words after a space · 14 words`, the most frequent kind first. @param counts of each kind, with its name */
export function kindsSentence(counts: readonly (readonly [string, number])[]): string {
  return counts
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${formatCount(count)} ${name}`)
    .join(' · ');
}
