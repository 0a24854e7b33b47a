import type { MapNeighbor } from '../../../src/protocol/map/mapMessages';

/** As many points around a token are near. */
export const NEAR_POINTS = 100;

/** A true neighbor of a token, and where the map has put it. */
export interface RankedNeighbor extends MapNeighbor {
  /** One more than there are points nearer to the token on the map; undefined where either has no place. */
  readonly rankOnMap: number | undefined;
  /** Whether it is among the 100 nearest points. */
  readonly near: boolean;
}

/**
 * Counts for each true neighbor of a token how many points are nearer to it on the map.
 *
 * @param positions x and y by id; what is not finite has no place
 */
export function ranksOnMap(
  positions: Float32Array,
  id: number,
  neighbors: readonly MapNeighbor[],
): RankedNeighbor[] {
  const x = positions[2 * id] ?? NaN;
  const y = positions[2 * id + 1] ?? NaN;
  const distanceOf = (other: number) =>
    ((positions[2 * other] ?? NaN) - x) ** 2 + ((positions[2 * other + 1] ?? NaN) - y) ** 2;
  const distances = neighbors.map((neighbor) => distanceOf(neighbor.id));
  const nearer = distances.map(() => 0);
  const farthest = Math.max(0, ...distances.filter((distance) => Number.isFinite(distance)));
  for (let other = 0; 2 * other < positions.length; other++) {
    const distance = distanceOf(other);
    if (other !== id && distance < farthest) {
      distances.forEach((of, place) => {
        if (distance < of) {
          nearer[place] = (nearer[place] ?? 0) + 1;
        }
      });
    }
  }
  return neighbors.map((neighbor, place) => {
    const hasPlace = Number.isFinite(distances[place] ?? NaN);
    const rank = (nearer[place] ?? 0) + 1;
    return { ...neighbor, rankOnMap: hasPlace ? rank : undefined, near: hasPlace && rank <= NEAR_POINTS };
  });
}
