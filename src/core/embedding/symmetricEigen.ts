/** Eigenvalues of a symmetric matrix by falling value, and their unit eigenvectors. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** `vectors[i]` belongs to `values[i]`. The sign is not determined. */
  readonly vectors: readonly Float64Array[];
}

/** The implicit QL iteration needs 2 to 3 steps an eigenvalue; this many mean that the input was not finite. */
const MAX_STEPS = 60;

/**
 * Eigen-decomposition of a real symmetric matrix: Householder reduction to tridiagonal form, then implicit QL (Golub and Van
 * Loan, Matrix Computations, sections 8.3.1 to 8.3.3; the EISPACK pair tred2 and tql2). O(n³).
 *
 * @param matrix n × n, row-major, symmetric and finite; not changed.
 * @throws {RangeError} when the matrix is not finite.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  if (!matrix.every(Number.isFinite)) {
    throw new RangeError('Only a finite matrix has eigenvalues.');
  }
  // Rows of `basis` become the eigenvectors: first the rows of the transposed orthogonal reduction, then rotated.
  const { diagonal, offDiagonal, basis } = tridiagonalize(matrix, n);
  diagonalize(diagonal, offDiagonal, basis, n);
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => diagonal[b] - diagonal[a] || a - b);
  return {
    values: Float64Array.from(order, (i) => diagonal[i]),
    vectors: order.map((i) => basis.slice(i * n, (i + 1) * n)),
  };
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** `offDiagonal[i]` couples i and i + 1; the last is 0. */
  readonly offDiagonal: Float64Array;
  /** Row-major Qᵀ with A = Q · T · Qᵀ. */
  readonly basis: Float64Array;
}

/** Householder reflections from the first column on: A ← H·A·H, and Qᵀ ← H·Qᵀ. */
function tridiagonalize(matrix: Float64Array, n: number): Tridiagonal {
  const a = matrix.slice();
  const basis = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    basis[i * n + i] = 1;
  }
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    const beta = reflector(a, n, k, v);
    if (beta === 0) {
      continue;
    }
    // p = β·A·v, w = p − (β/2)(pᵀv)·v, A ← A − v·wᵀ − w·vᵀ
    let pv = 0;
    for (let i = k; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) {
        sum += a[i * n + j] * v[j];
      }
      p[i] = beta * sum;
      pv += p[i] * v[i];
    }
    for (let i = k; i < n; i++) {
      p[i] -= (beta / 2) * pv * v[i];
    }
    for (let i = k; i < n; i++) {
      const vi = v[i];
      const wi = p[i];
      for (let j = k; j < n; j++) {
        a[i * n + j] -= vi * p[j] + wi * v[j];
      }
    }
    reflectRows(basis, n, k, v, beta, p);
  }
  return {
    diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]),
    offDiagonal: Float64Array.from({ length: n }, (_, i) => (i + 1 < n ? a[(i + 1) * n + i] : 0)),
    basis,
  };
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

/** B ← (I − β·v·vᵀ)·B, for v that is zero up to row k. `work` holds n values. */
function reflectRows(
  b: Float64Array,
  n: number,
  k: number,
  v: Float64Array,
  beta: number,
  work: Float64Array,
): void {
  work.fill(0);
  for (let i = k + 1; i < n; i++) {
    const vi = v[i];
    for (let j = 0; j < n; j++) {
      work[j] += vi * b[i * n + j];
    }
  }
  for (let i = k + 1; i < n; i++) {
    const factor = beta * v[i];
    for (let j = 0; j < n; j++) {
      b[i * n + j] -= factor * work[j];
    }
  }
}

/** Implicit QL with Wilkinson shifts; `diagonal` becomes the eigenvalues, the rows of `basis` the eigenvectors. */
function diagonalize(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  basis: Float64Array,
  n: number,
): void {
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
      qlStep(diagonal, offDiagonal, basis, n, first, last);
    }
  }
}

/** One sweep of plane rotations from `last` up to `first`. */
function qlStep(
  d: Float64Array,
  e: Float64Array,
  basis: Float64Array,
  n: number,
  first: number,
  last: number,
): void {
  const half = (d[first + 1] - d[first]) / (2 * e[first]);
  const root = Math.hypot(half, 1);
  let g = d[last] - d[first] + e[first] / (half + (half < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let p = 0;
  for (let i = last - 1; i >= first; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = Math.hypot(f, g);
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
    rotateRows(basis, n, i, sine, cosine);
  }
  d[first] -= p;
  e[first] = g;
  e[last] = 0;
}

function rotateRows(basis: Float64Array, n: number, row: number, sine: number, cosine: number): void {
  const upper = row * n;
  const lower = upper + n;
  for (let j = 0; j < n; j++) {
    const below = basis[lower + j];
    const above = basis[upper + j];
    basis[lower + j] = sine * above + cosine * below;
    basis[upper + j] = cosine * above - sine * below;
  }
}
