import { communities } from '../../../core/embedding/layout/communities';
import { densestSpots } from '../../../core/embedding/layout/densestSpots';
import type { PlacedNeighbors } from '../../../core/embedding/layout/placedNeighbors';
import type { SymmetricEdges } from '../../../core/embedding/layout/symmetricEdges';
import { NONE, TYPICAL_MEMBERS, typicalMembers } from '../../../core/embedding/layout/typicalMembers';
import type { RowStore } from '../../../core/embedding/search/embeddingSearch';
import type { Steps } from '../../../core/work/steps';
import type { RegionLevel } from '../../../core/embedding/layout/regionLevel';

/** For names of wide areas, of places within them, and of corners of these. */
export const RESOLUTIONS: readonly number[] = [1, 10, 40];

/**
 * Parts the rows with a place into regions, at each resolution.
 *
 * @param points x and y of each point, finite.
 */
export function* findRegions(
  rows: RowStore,
  { ids }: Pick<PlacedNeighbors, 'ids'>,
  edges: SymmetricEdges,
  points: Float32Array,
): Steps<RegionLevel[]> {
  const levels: Uint32Array[] = [];
  for (const resolution of RESOLUTIONS) {
    levels.push(yield* communities(edges, resolution));
  }
  const typical = yield* typicalMembers(rows, ids, levels);
  const places: Float32Array<ArrayBuffer>[] = [];
  for (const [level, members] of typical.entries()) {
    const regionCount = members.rows.length / TYPICAL_MEMBERS;
    places.push(yield* densestSpots(points, levels[level] ?? new Uint32Array(0), regionCount));
  }
  return typical.map((members, level) => {
    const regionOf = new Uint32Array(rows.rowCount).fill(NONE);
    ids.forEach((id, point) => {
      regionOf[id] = levels[level]?.[point] ?? NONE;
    });
    return {
      resolution: RESOLUTIONS[level] ?? 0,
      regionOf,
      regionCount: members.rows.length / TYPICAL_MEMBERS,
      typicalRows: members.rows,
      typicality: members.typicality,
      places: places[level] ?? new Float32Array(0),
    };
  });
}
