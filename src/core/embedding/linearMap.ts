import type { Steps } from '../work/steps';
import { SeededNumbers } from './layout/seededNumbers';
import type { RowStore } from './search/embeddingSearch';
import { symmetricEigen } from './symmetricEigen';

/** All rows on the two axes along which the rows at unit length spread most. */
export interface LinearMap {
  /** x and y of each row; NaN where a row has no direction: zero, with NaN or infinity. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Shares of the spread (sum of squared distances from the mean) along the two axes, 0 … 1. */
  readonly explained: readonly [number, number];
}

/** The axes are taken from at most so many rows: eight times as many, those of GPT-2, spread along them as much to three digits. */
const MOST_SAMPLED = 6_400;
/** Vectors of a block: more than two, so that the second axis converges when a third is near. */
type Vectors = [Float64Array, Float64Array, Float64Array, Float64Array];
/** So many blocks find the axes as well as twice as many rounds of subspace iteration, in half of the time. */
const BLOCKS = 6;
/** Rows between two interruptions. */
const SOME_ROWS = 256;

/**
 * Finds the two axes by a block Krylov method over a sample of the rows (Golub and Van Loan, Matrix Computations, section 10.3.6), and puts
 * all rows on them. Of operations only that every machine rounds alike; the sign of an axis is such that its largest component is positive.
 */
export function* linearMap(rows: RowStore): Steps<LinearMap> {
  const { rowCount, dimension } = rows;
  const sample = yield* sampleUnitRows(rows);
  const { mean, centered, spread } = center(sample, dimension);
  const basis: Float64Array[] = [];
  const products: Float64Array[] = [];
  let next = seededVectors(dimension);
  for (let block = 0; block < BLOCKS; block++) {
    const vectors = orthonormal(next, basis);
    next = yield* scatterTimes(centered, vectors, dimension);
    basis.push(...vectors);
    products.push(...next);
  }
  const { axes, values } = principalAxes(basis, products);
  const positions = new Float32Array(2 * rowCount);
  yield* project(rows, mean, axes, positions);
  const share = (value: number): number => (spread > 0 ? Math.min(1, Math.max(0, value / spread)) : 0);
  return { positions, explained: [share(values[0]), share(values[1])] };
}

/** Every so many-th row that has a direction, at unit length, row-major. */
function* sampleUnitRows(rows: RowStore): Steps<Float32Array> {
  const { rowCount, dimension } = rows;
  const stride = Math.ceil(rowCount / MOST_SAMPLED);
  const sample = new Float32Array(Math.ceil(rowCount / stride) * dimension);
  const id = new Uint32Array(1);
  let end = 0;
  for (let row = 0; row < rowCount; row += stride) {
    id[0] = row;
    const values = sample.subarray(end, end + dimension);
    rows.copyRows(id, values);
    const length = lengthOf(values, 0, dimension);
    if (length > 0 && length < Infinity) {
      for (let j = 0; j < dimension; j++) {
        values[j] /= length;
      }
      end += dimension;
    }
    if ((row / stride) % SOME_ROWS === 0) {
      yield;
    }
  }
  return sample.subarray(0, end);
}

interface Centered {
  readonly mean: Float64Array;
  /** The sample without its mean. */
  readonly centered: Float32Array;
  /** Sum of its squares. */
  readonly spread: number;
}

function center(sample: Float32Array, dimension: number): Centered {
  const mean = new Float64Array(dimension);
  for (let first = 0; first < sample.length; first += dimension) {
    for (let j = 0; j < dimension; j++) {
      mean[j] += sample[first + j];
    }
  }
  const count = Math.max(1, sample.length / dimension);
  for (let j = 0; j < dimension; j++) {
    mean[j] /= count;
  }
  let spread = 0;
  for (let first = 0; first < sample.length; first += dimension) {
    for (let j = 0; j < dimension; j++) {
      const value = sample[first + j] - mean[j];
      sample[first + j] = value;
      spread += value * value;
    }
  }
  return { mean, centered: sample, spread };
}

function seededVectors(dimension: number): Vectors {
  const random = new SeededNumbers(1);
  const seeded = (): Float64Array => Float64Array.from({ length: dimension }, () => random.signed());
  return [seeded(), seeded(), seeded(), seeded()];
}

/** The vectors made orthogonal to the basis and to those before them, and of length 1; one that depends on these becomes zero. */
function orthonormal(vectors: Vectors, basis: readonly Float64Array[]): Vectors {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const before = dot(vector, vector);
    const rest = Float64Array.from(vector);
    // Twice, as one subtraction of what is nearly all of a vector leaves its rounding.
    for (const other of [...basis, ...done, ...basis, ...done]) {
      const along = dot(rest, other);
      for (let j = 0; j < rest.length; j++) {
        rest[j] -= along * other[j];
      }
    }
    const squared = dot(rest, rest);
    const factor = squared > before * 1e-24 ? 1 / Math.sqrt(squared) : 0;
    done.push(rest.map((value) => value * factor));
  }
  // One for each that was given.
  return done as Vectors;
}

/** Σ row · (row · vector) over all rows, for each vector. */
function* scatterTimes(centered: Float32Array, vectors: Vectors, dimension: number): Steps<Vectors> {
  const products = vectors.map(() => new Float64Array(dimension)) as Vectors;
  for (let first = 0; first < centered.length; first += SOME_ROWS * dimension) {
    addScatter(centered, first, Math.min(centered.length, first + SOME_ROWS * dimension), vectors, products);
    yield;
  }
  return products;
}

/** For all vectors at once: a row is read once for them, and no sum waits for the one before it. */
function addScatter(
  centered: Float32Array,
  first: number,
  end: number,
  [vector0, vector1, vector2, vector3]: Vectors,
  [product0, product1, product2, product3]: Vectors,
): void {
  const dimension = vector0.length;
  for (let start = first; start < end; start += dimension) {
    let along0 = 0;
    let along1 = 0;
    let along2 = 0;
    let along3 = 0;
    for (let j = 0; j < dimension; j++) {
      const value = centered[start + j];
      along0 += value * vector0[j];
      along1 += value * vector1[j];
      along2 += value * vector2[j];
      along3 += value * vector3[j];
    }
    for (let j = 0; j < dimension; j++) {
      const value = centered[start + j];
      product0[j] += along0 * value;
      product1[j] += along1 * value;
      product2[j] += along2 * value;
      product3[j] += along3 * value;
    }
  }
}

interface PrincipalAxes {
  readonly axes: readonly [Float64Array, Float64Array];
  /** The spread along each. */
  readonly values: readonly [number, number];
}

/** The best two axes within the space of the vectors. @param products of the scatter matrix with each of them */
function principalAxes(vectors: readonly Float64Array[], products: readonly Float64Array[]): PrincipalAxes {
  const n = vectors.length;
  const within = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      within[i * n + j] = within[j * n + i] = dot(vectors[i], products[j]);
    }
  }
  const { values, vectors: mixtures } = symmetricEigen(within, n, 2);
  const axisOf = (mixture: Float64Array | undefined): Float64Array => {
    const axis = new Float64Array(vectors[0]?.length ?? 0);
    vectors.forEach((vector, i) => {
      const weight = mixture?.[i] ?? 0;
      vector.forEach((value, j) => {
        axis[j] += weight * value;
      });
    });
    return withPositiveExtreme(axis);
  };
  return { axes: [axisOf(mixtures[0]), axisOf(mixtures[1])], values: [values[0], values[1]] };
}

function withPositiveExtreme(axis: Float64Array): Float64Array {
  const extreme = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return extreme < 0 ? axis.map((value) => -value) : axis;
}

function* project(
  rows: RowStore,
  mean: Float64Array,
  [horizontal, vertical]: readonly [Float64Array, Float64Array],
  positions: Float32Array,
): Steps<void> {
  const { rowCount, dimension } = rows;
  const meanX = dot(mean, horizontal);
  const meanY = dot(mean, vertical);
  const window = new Float32Array(Math.min(rowCount, SOME_ROWS) * dimension);
  for (let first = 0; first < rowCount; first += SOME_ROWS) {
    const ids = Uint32Array.from({ length: Math.min(SOME_ROWS, rowCount - first) }, (_, at) => first + at);
    rows.copyRows(ids, window.subarray(0, ids.length * dimension));
    for (let row = 0; row < ids.length; row++) {
      const start = row * dimension;
      let squared = 0;
      let x = 0;
      let y = 0;
      for (let j = 0; j < dimension; j++) {
        const value = window[start + j];
        squared += value * value;
        x += value * horizontal[j];
        y += value * vertical[j];
      }
      const length = Math.sqrt(squared);
      const hasDirection = length > 0 && length < Infinity;
      positions[2 * (first + row)] = hasDirection ? x / length - meanX : NaN;
      positions[2 * (first + row) + 1] = hasDirection ? y / length - meanY : NaN;
    }
    yield;
  }
}

function lengthOf(values: Float32Array, first: number, dimension: number): number {
  let squared = 0;
  for (let j = first; j < first + dimension; j++) {
    squared += values[j] * values[j];
  }
  return Math.sqrt(squared);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) {
    sum += a[j] * b[j];
  }
  return sum;
}
