import type { EmbeddingSource } from './embeddingSource';

/** First three and last three values of a row, as printed with four decimals. */
type RowFingerprint = readonly [number, number, number, number, number, number];

const ROW_COUNT = 50_257;
const DIMENSION = 768;

/**
 * Rows of `wte.weight` of GPT-2 small (124M) as they stand in many published print-outs of the tensor: the first row, the second
 * and the last. Nobody has to be trusted for them, and another matrix does not agree with 18 values by chance.
 */
const FINGERPRINT: readonly { readonly row: number; readonly values: RowFingerprint }[] = [
  { row: 0, values: [-0.1101, -0.0393, 0.0331, -0.1364, 0.0151, 0.0453] },
  { row: 1, values: [0.0403, -0.0486, 0.0462, 0.0861, 0.0025, 0.0432] },
  { row: ROW_COUNT - 1, values: [0.0514, -0.0277, 0.0499, 0.007, 0.1552, 0.1207] },
];

/** Half of the last printed decimal, and what single precision and the printing's own rounding may add. */
const TOLERANCE = 0.000_05 + 1e-6;

/** Three rows of 768 values. */
export interface FingerprintRows {
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
  readonly last: ArrayLike<number>;
}

/** Whether the first, the second and the last row of a matrix are those of GPT-2 small. */
export function matchesGpt2Fingerprint({ first, second, last }: FingerprintRows): boolean {
  return [first, second, last].every((row, i) => {
    const values = FINGERPRINT[i]?.values ?? [];
    return row.length === DIMENSION && values.every((value, j) => isClose(row[positionOf(j)], value));
  });
}

/**
 * Whether a matrix is GPT-2 small's. Reads three rows, and none where the shape is another one.
 *
 * @throws {CheckpointError} when the file cannot be read.
 */
export async function checkGpt2Fingerprint(source: EmbeddingSource): Promise<boolean> {
  const { rowCount, dimension } = source.identity;
  if (rowCount !== ROW_COUNT || dimension !== DIMENSION) {
    return false;
  }
  const rows: Float32Array[] = [];
  for (const { row } of FINGERPRINT) {
    const values = new Float32Array(DIMENSION);
    await source.readRows(row, values);
    rows.push(values);
  }
  const [first = [], second = [], last = []] = rows;
  return matchesGpt2Fingerprint({ first, second, last });
}

/** Column of a printed value: 0, 1, 2, then the last three. */
function positionOf(printed: number): number {
  return printed < 3 ? printed : DIMENSION - 6 + printed;
}

/** NaN is close to nothing. */
function isClose(value: number | undefined, published: number): boolean {
  return value !== undefined && Math.abs(value - published) <= TOLERANCE;
}
