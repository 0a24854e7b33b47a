import { symmetricEigen } from './symmetricEigen';

/** Points on their first two principal components. */
export interface Projection {
  /** x and y of each point, in the order given. */
  readonly points: readonly (readonly [number, number])[];
  /** Shares of the spread (sum of squared distances from the mean) along the two axes, 0 … 1; 0 when nothing spreads. */
  readonly explained: readonly [number, number];
}

/** Spreads below this share of the points' squared length are rounding, not shape. */
const NEGLIGIBLE_SPREAD = 1e-24;

/**
 * Principal component analysis to two dimensions.
 *
 * For n points in d ≫ n dimensions the n × n matrix of inner products of the centered points has the same eigenvalues as the
 * scatter matrix, and its eigenvectors, scaled by √eigenvalue, are the coordinates themselves. The sign of each axis is chosen
 * so that the coordinate of largest magnitude (the first of equals) is positive: the same points give the same map.
 *
 * @param points All of one dimension, finite. O(n²·d + n³).
 * @param products Their {@link centeredProducts}, where they are known already.
 */
export function principalComponents(
  points: readonly Float64Array[],
  products = centeredProducts(points),
): Projection {
  const n = points.length;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    spread += products[i * n + i];
  }
  const size = points.reduce((sum, point) => sum + dot(point, point), 0);
  if (!(spread > size * NEGLIGIBLE_SPREAD)) {
    return { points: points.map(() => [0, 0]), explained: [0, 0] };
  }
  const { values, vectors } = symmetricEigen(products, n, 2);
  const axes = [0, 1].map((axis) => {
    const value = Math.max(0, values[axis] ?? 0);
    const share = value / spread > NEGLIGIBLE_SPREAD ? Math.min(1, value / spread) : 0;
    return { share, coordinates: axisCoordinates(vectors[axis], share === 0 ? 0 : Math.sqrt(value), n) };
  });
  return {
    points: points.map((_, i) => [axes[0].coordinates[i], axes[1].coordinates[i]]),
    explained: [axes[0].share, axes[1].share],
  };
}

function axisCoordinates(vector: Float64Array | undefined, scale: number, n: number): Float64Array {
  if (vector === undefined || scale === 0) {
    return new Float64Array(n);
  }
  let extreme = 0;
  for (const value of vector) {
    // The margin makes mirror images (+x and −x, equal but for rounding) choose the first, not the luckier.
    if (Math.abs(value) > Math.abs(extreme) * (1 + 1e-9)) {
      extreme = value;
    }
  }
  return vector.map((value) => (extreme < 0 ? -value : value) * scale);
}

/** Inner products of the points after subtracting their mean, n × n, row-major. O(n²·d). */
export function centeredProducts(points: readonly Float64Array[]): Float64Array {
  const n = points.length;
  const mean = new Float64Array(points[0]?.length ?? 0);
  for (const point of points) {
    for (let j = 0; j < mean.length; j++) {
      mean[j] += point[j] / n;
    }
  }
  const centered = points.map((point) => point.map((value, j) => value - mean[j]));
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      products[i * n + j] = products[j * n + i] = dot(centered[i], centered[j]);
    }
  }
  return products;
}

/** How many nearest points a map is judged by, and how many of them it must show as near. */
const JUDGED_NEAREST = 5;
const KEPT_NEAREST = 3;

/**
 * Which points a map shows beside others than their true neighbors: fewer than 3 of their 5 true nearest (Euclidean distance,
 * among the points shown; equal distances by position) are among their 5 nearest on the map.
 *
 * @param products The points' {@link centeredProducts}, which hold their distances: ‖a − b‖² = a·a + b·b − 2 a·b.
 */
export function misplacedPoints(
  products: Float64Array,
  map: readonly (readonly [number, number])[],
): boolean[] {
  const n = map.length;
  return map.map(([x, y], i) => {
    const truly = nearest(i, n, (j) => products[i * n + i] + products[j * n + j] - 2 * products[i * n + j]);
    const onMap = new Set(nearest(i, n, (j) => (map[j][0] - x) ** 2 + (map[j][1] - y) ** 2));
    const kept = truly.filter((j) => onMap.has(j)).length;
    return kept < Math.min(KEPT_NEAREST, truly.length);
  });
}

/** The points nearest to one, itself left out; the lower number first of equally far ones. */
function nearest(from: number, n: number, distanceTo: (j: number) => number): number[] {
  const points: number[] = [];
  const distances: number[] = [];
  for (let j = 0; j < n; j++) {
    const distance = distanceTo(j);
    if (j !== from && (points.length < JUDGED_NEAREST || distance < distances[JUDGED_NEAREST - 1])) {
      let place = points.length;
      while (place > 0 && distance < distances[place - 1]) {
        place--;
      }
      points.splice(place, 0, j);
      distances.splice(place, 0, distance);
      points.length = distances.length = Math.min(points.length, JUDGED_NEAREST);
    }
  }
  return points;
}

/** Four sums at a time: a processor adds to one of them while the others are not done. */
function dot(a: Float64Array, b: Float64Array): number {
  const end = a.length - (a.length % 4);
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let j = 0; j < end; j += 4) {
    first += a[j] * b[j];
    second += a[j + 1] * b[j + 1];
    third += a[j + 2] * b[j + 2];
    fourth += a[j + 3] * b[j + 3];
  }
  for (let j = end; j < a.length; j++) {
    first += a[j] * b[j];
  }
  return first + second + (third + fourth);
}
