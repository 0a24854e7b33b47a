import { TOKEN_KINDS } from '../../../../src/core/query/mapLabels/tokenKinds';
import { rampColor, type PointColors } from './pointColors';

/** How many true neighbors of a token are looked at. */
export const TRUE_NEIGHBORS = 15;
/** With so few of them near, a point stands in the wrong place. */
const FEW = 3;

/** The color of a point with so many true neighbors near, 0 … 15. */
export function truthColor(near: number): string {
  return near < FEW ? 'var(--series-b)' : rampColor(near / TRUE_NEIGHBORS);
}

/** Points by how far they can be believed: the more in its place, the brighter; those that are not in a color of their own, and on top. */
export function truthColors(near: Uint8Array): PointColors {
  return {
    index: near.map((count) => TRUE_NEIGHBORS - Math.min(TRUE_NEIGHBORS, count)),
    palette: Array.from({ length: TRUE_NEIGHBORS + 1 }, (_, place) => ({
      color: truthColor(TRUE_NEIGHBORS - place),
    })),
    onTop: 'later',
  };
}

/** How many tokens have how many true neighbors near, and how that differs by kind. */
export interface TruthCounts {
  /** By number of near neighbors, 0 … 15. */
  readonly counts: readonly number[];
  readonly mean: number;
  /** In the order of `TOKEN_KINDS`; NaN for a kind of which there are none. */
  readonly meanOfKinds: readonly number[];
}

/** @param positions x and y by id: a token without a place is not counted */
export function countTruth(near: Uint8Array, kinds: Uint8Array, positions: Float32Array): TruthCounts {
  const counts = Array.from({ length: TRUE_NEIGHBORS + 1 }, () => 0);
  const sums = TOKEN_KINDS.map(() => 0);
  const sizes = TOKEN_KINDS.map(() => 0);
  near.forEach((count, id) => {
    if (Number.isFinite(positions[2 * id])) {
      const kind = kinds[id] ?? TOKEN_KINDS.indexOf('other');
      counts[count] = (counts[count] ?? 0) + 1;
      sums[kind] = (sums[kind] ?? 0) + count;
      sizes[kind] = (sizes[kind] ?? 0) + 1;
    }
  });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return {
    counts,
    mean: total === 0 ? NaN : sums.reduce((sum, of) => sum + of, 0) / total,
    meanOfKinds: sums.map((sum, kind) => sum / (sizes[kind] ?? 0)),
  };
}
