/** Eigenvalues of a symmetric matrix by falling value, and unit eigenvectors of the first of them. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** `vectors[i]` belongs to `values[i]`. The sign is not determined. */
  readonly vectors: readonly Float64Array[];
}

/** The implicit QL iteration needs 2 to 3 steps an eigenvalue; this many mean that the input was not finite. */
const MAX_STEPS = 60;

/**
 * Eigen-decomposition of a real symmetric matrix: Householder reduction to tridiagonal form, then implicit QL (Golub and Van
 * Loan, Matrix Computations, sections 8.3.1 to 8.3.3; the EISPACK pair tred2 and tql2).
 *
 * Reflections and rotations are noted, not multiplied out: their product is the matrix of all eigenvectors, and the few that are wanted
 * are unit vectors taken back through it. O(n³) for the reduction, O(n²) for all values and for each vector.
 *
 * @param matrix n × n, row-major, symmetric and finite; not changed.
 * @param vectorCount How many eigenvectors are wanted, those of the largest values; all where it is not given.
 * @throws {RangeError} when the matrix is not finite.
 */
export function symmetricEigen(matrix: Float64Array, n: number, vectorCount = n): SymmetricEigen {
  if (!matrix.every(Number.isFinite)) {
    throw new RangeError('Only a finite matrix has eigenvalues.');
  }
  const { diagonal, offDiagonal, reflections } = tridiagonalize(matrix, n);
  const rotations = diagonalize(diagonal, offDiagonal, n);
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => diagonal[b] - diagonal[a] || a - b);
  return {
    values: Float64Array.from(order, (i) => diagonal[i]),
    vectors: order.slice(0, vectorCount).map((i) => {
      const vector = new Float64Array(n);
      vector[i] = 1;
      rotateBack(vector, rotations);
      reflectBack(vector, reflections);
      return vector;
    }),
  };
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** `offDiagonal[i]` couples i and i + 1; the last is 0. */
  readonly offDiagonal: Float64Array;
  /** A = H₀·H₁ ⋯ T ⋯ H₁·H₀ */
  readonly reflections: readonly Reflection[];
}

/** H = I − β·v·vᵀ */
interface Reflection {
  readonly beta: number;
  readonly v: Float64Array;
}

/** Householder reflections from the first column on: A ← H·A·H. Only the triangle below the diagonal is kept. */
function tridiagonalize(matrix: Float64Array, n: number): Tridiagonal {
  const a = matrix.slice();
  const reflections: Reflection[] = [];
  const p = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    const v = new Float64Array(n);
    const beta = reflector(a, n, k, v);
    if (beta === 0) {
      continue;
    }
    reflections.push({ beta, v });
    timesLower(a, n, k, v, p);
    // p ← β·A·v, w = p − (β/2)(pᵀv)·v, A ← A − v·wᵀ − w·vᵀ
    let pv = 0;
    for (let i = k; i < n; i++) {
      p[i] *= beta;
      pv += p[i] * v[i];
    }
    for (let i = k; i < n; i++) {
      p[i] -= (beta / 2) * pv * v[i];
    }
    for (let i = k; i < n; i++) {
      const vi = v[i];
      const wi = p[i];
      for (let j = k; j <= i; j++) {
        a[i * n + j] -= vi * p[j] + wi * v[j];
      }
    }
  }
  return {
    diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]),
    offDiagonal: Float64Array.from({ length: n }, (_, i) => (i + 1 < n ? a[(i + 1) * n + i] : 0)),
    reflections,
  };
}

/** product ← A·v from row k on, reading the lower triangle of A once: in the order in which it lies in memory. */
function timesLower(a: Float64Array, n: number, k: number, v: Float64Array, product: Float64Array): void {
  product.fill(0, k);
  for (let i = k; i < n; i++) {
    const row = i * n;
    const vi = v[i];
    let sum = 0;
    for (let j = k; j < i; j++) {
      const value = a[row + j];
      sum += value * v[j];
      product[j] += value * vi;
    }
    product[i] += sum + a[row + i] * vi;
  }
}

/** Writes the Householder vector that zeroes column k below k + 1; v[0 … k] = 0. Returns β = 2 / vᵀv, 0 for nothing to do. */
function reflector(a: Float64Array, n: number, k: number, v: Float64Array): number {
  v.fill(0, 0, k + 1);
  let below = 0;
  for (let i = k + 2; i < n; i++) {
    below = Math.max(below, Math.abs(a[i * n + k]));
  }
  if (below === 0) {
    return 0;
  }
  // Divided by the largest value, so that squares of tiny or huge columns stay in range.
  const scale = Math.max(below, Math.abs(a[(k + 1) * n + k]));
  let squared = 0;
  for (let i = k + 1; i < n; i++) {
    v[i] = a[i * n + k] / scale;
    squared += v[i] * v[i];
  }
  const head = v[k + 1];
  const length = Math.sqrt(squared);
  v[k + 1] = head + (head < 0 ? -length : length);
  return 2 / (squared - head * head + v[k + 1] * v[k + 1]);
}

/** x ← H₀·H₁ ⋯ x */
function reflectBack(x: Float64Array, reflections: readonly Reflection[]): void {
  for (const { beta, v } of [...reflections].reverse()) {
    let product = 0;
    for (let i = 0; i < x.length; i++) {
      product += v[i] * x[i];
    }
    for (let i = 0; i < x.length; i++) {
      x[i] -= beta * product * v[i];
    }
  }
}

/** Rotation of the planes (row, row + 1), in the order in which they were done. */
interface Rotations {
  readonly rows: number[];
  readonly sines: number[];
  readonly cosines: number[];
}

/** Implicit QL with Wilkinson shifts; `diagonal` becomes the eigenvalues. */
function diagonalize(diagonal: Float64Array, offDiagonal: Float64Array, n: number): Rotations {
  const rotations: Rotations = { rows: [], sines: [], cosines: [] };
  // Relative to the whole matrix, not to the neighbors on the diagonal: of a matrix of low rank those are rounding themselves.
  let largest = 0;
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, Math.abs(diagonal[i]) + Math.abs(offDiagonal[i]));
  }
  const negligible = largest * Number.EPSILON;
  for (let first = 0; first < n; first++) {
    for (let step = 0; ; step++) {
      let last = first;
      while (last < n - 1 && Math.abs(offDiagonal[last]) > negligible) {
        last++;
      }
      if (last === first) {
        break;
      }
      if (step === MAX_STEPS) {
        throw new RangeError('The eigenvalue iteration did not converge.');
      }
      qlStep(diagonal, offDiagonal, rotations, first, last);
    }
  }
  return rotations;
}

/** One sweep of plane rotations from `last` up to `first`. */
function qlStep(
  d: Float64Array,
  e: Float64Array,
  { rows, sines, cosines }: Rotations,
  first: number,
  last: number,
): void {
  const half = (d[first + 1] - d[first]) / (2 * e[first]);
  const root = hypotenuse(half, 1);
  let g = d[last] - d[first] + e[first] / (half + (half < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let p = 0;
  for (let i = last - 1; i >= first; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = hypotenuse(f, g);
    e[i + 1] = r;
    if (r === 0) {
      // The matrix has split in the middle of the sweep: undo the shift and start again on the parts.
      d[i + 1] -= p;
      e[last] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    const shifted = d[i + 1] - p;
    const t = (d[i] - shifted) * sine + 2 * cosine * b;
    p = sine * t;
    d[i + 1] = shifted + p;
    g = cosine * t - b;
    rows.push(i);
    sines.push(sine);
    cosines.push(cosine);
  }
  d[first] -= p;
  e[first] = g;
  e[last] = 0;
}

/** Takes a unit vector of the last basis back to the first: the rotations' transposes, the last one first. */
function rotateBack(x: Float64Array, { rows, sines, cosines }: Rotations): void {
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index];
    const sine = sines[index];
    const cosine = cosines[index];
    const upper = x[row];
    const lower = x[row + 1];
    x[row + 1] = cosine * lower - sine * upper;
    x[row] = sine * lower + cosine * upper;
  }
}

/** √(a² + b²) without overflow, by operations that are rounded exactly: `Math.hypot` need not give the same bits everywhere. */
function hypotenuse(a: number, b: number): number {
  const longer = Math.max(Math.abs(a), Math.abs(b));
  if (longer === 0) {
    return 0;
  }
  const ratio = Math.min(Math.abs(a), Math.abs(b)) / longer;
  return longer * Math.sqrt(1 + ratio * ratio);
}
