import fs from 'node:fs';

/** One row's place under a metric. */
export interface OracleNeighbor {
  readonly id: number;
  readonly score: number;
}

/** Reads a checkpoint by itself and ranks by the plain definitions: what the panel shows is judged by it. */
export class CheckpointOracle {
  private readonly matrix: Float32Array;
  private readonly dimension: number;

  /** @param file A safetensors file with the float32 tensor `wte.weight` of shape [rows, dimension]. */
  constructor(file: string) {
    const handle = fs.openSync(file, 'r');
    const read = (length: number, at: number): Buffer => {
      const bytes = Buffer.alloc(length);
      fs.readSync(handle, bytes, 0, length, at);
      return bytes;
    };
    const headerLength = Number(read(8, 0).readBigUInt64LE());
    const header = JSON.parse(read(headerLength, 8).toString('utf8')) as Record<
      string,
      { readonly shape: readonly number[]; readonly data_offsets: readonly [number, number] } | undefined
    >;
    const tensor = header['wte.weight'];
    if (!tensor) {
      throw new Error(`${file} has no tensor wte.weight.`);
    }
    const [from, to] = tensor.data_offsets;
    const bytes = read(to - from, 8 + headerLength + from);
    fs.closeSync(handle);
    this.matrix = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    this.dimension = tensor.shape[1] ?? 0;
  }

  row(id: number): number[] {
    return Array.from(this.matrix.subarray(id * this.dimension, (id + 1) * this.dimension));
  }

  /** The weighted sum of rows of length 1, as the query line's formulas are meant. */
  formula(terms: readonly (readonly [weight: number, id: number])[]): number[] {
    const rows = terms.map(([weight, id]) => {
      const row = this.row(id);
      const length = norm(row);
      return row.map((value) => (weight * value) / length);
    });
    return Array.from({ length: this.dimension }, (_, j) =>
      rows.reduce((sum, row) => sum + (row[j] ?? 0), 0),
    );
  }

  /** All rows, best first; equal ones by id. A row of zeros has cosine 0. */
  ranked(query: readonly number[], metric: 'cosine' | 'dot'): OracleNeighbor[] {
    const { matrix, dimension } = this;
    const length = norm(query);
    return Array.from({ length: matrix.length / dimension }, (_, id) => {
      let product = 0;
      let square = 0;
      for (let j = 0; j < dimension; j++) {
        const value = matrix[id * dimension + j] ?? 0;
        product += value * (query[j] ?? 0);
        square += value * value;
      }
      const cosine = square === 0 ? 0 : product / (length * Math.sqrt(square));
      return { id, score: metric === 'dot' ? product : cosine };
    }).sort((a, b) => b.score - a.score || a.id - b.id);
  }

  cosine(first: number, second: number): number {
    const [a, b] = [this.row(first), this.row(second)];
    return dot(a, b) / (norm(a) * norm(b));
  }
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + value * (b[j] ?? 0), 0);
}

export function norm(row: readonly number[]): number {
  return Math.sqrt(dot(row, row));
}
