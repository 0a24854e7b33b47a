import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { IndexBuilder } from '../../../src/core/embedding/index/indexBuilder';
import { indexSections, type IndexFigures } from '../../../src/core/embedding/index/indexContents';
import type { IndexMemory } from '../../../src/core/embedding/index/indexMemory';
import { buildIndex } from '../../../src/engine/loaded/buildIndex';
import type { LoadProgress } from '../../../src/engine/questions/loadOptions';
import { openEmbeddingSource } from '../../../src/model/embeddingSource';
import { safetensorsBytes } from '../../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { BruteForce, ORACLE_METRICS } from './bruteForce';
import { HARD_MATRICES } from './hardMatrices';
import { indexMatrix, indexSource, sourceOf, testedMemory } from './indexedMatrix';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { onEachKernel } from '../../fixtures/kernel/onEachKernel';
import { adversarialMatrix, gaussianMatrix, rowOf, type TestMatrix } from './testMatrix';

/** The sections of a finished index by name, copied; without Σ z, which is summed in single precision, window by window. */
function contentsOf(memory: IndexMemory): Record<string, number[]> {
  const sections = Array.from(indexSections(memory), ([name, bytes]) => [name, Array.from(bytes)] as const);
  return Object.fromEntries(sections.filter(([name]) => name !== 'codedSum'));
}

/**
 * The whole numbers of one row, decoded as the layout is documented: blocks of four rows, 16 values of each in turn. With relaxed SIMD a
 * byte is a value; else of each pair of bytes, read as one little-endian int16, the value is 256 · odd + even.
 */
function codesOf({ layout, memory, paddedDimension, kernelKind }: IndexMemory, row: number): Int32Array {
  const bytes = new DataView(memory.buffer);
  const block = layout.codes + Math.floor(row / 4) * 4 * paddedDimension;
  const codes = new Int32Array(paddedDimension);
  for (let j = 0; j < paddedDimension; j += 2) {
    const at = block + Math.floor(j / 16) * 64 + (row % 4) * 16 + (j % 16);
    if (kernelKind === 'relaxed-simd') {
      codes[j] = bytes.getInt8(at);
      codes[j + 1] = bytes.getInt8(at + 1);
      continue;
    }
    const pair = bytes.getInt16(at, true);
    const even = ((((pair % 256) + 256 + 128) % 256) - 128) | 0;
    codes[j] = even;
    codes[j + 1] = (pair - even) / 256;
  }
  return codes;
}

function sumOfSquares(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value * value, 0);
}

/** Adds all rows in windows of some size, in turn to the one and the other. */
function addInWindows(
  matrix: TestMatrix,
  windowRows: number,
  sampled: boolean,
): { memory: IndexMemory; figures: IndexFigures } {
  const { rowCount, dimension, values } = matrix;
  const memory = testedMemory(rowCount, dimension);
  const builder = new IndexBuilder(memory);
  if (sampled) {
    const count = Math.min(rowCount, builder.windowRows);
    builder.target(1, count).set(values.subarray(0, count * dimension));
    builder.sample(1, count);
    builder.useSampleCenter();
  }
  let window: 0 | 1 = 0;
  for (let firstRow = 0; firstRow < rowCount; firstRow += windowRows) {
    const count = Math.min(windowRows, rowCount - firstRow);
    builder.target(window, count).set(values.subarray(firstRow * dimension, (firstRow + count) * dimension));
    builder.add(window, firstRow, count);
    window = window === 0 ? 1 : 0;
  }
  return { memory, figures: builder.finish() };
}

onEachKernel('an index', () => {
  for (const [name, make] of Object.entries(HARD_MATRICES)) {
    it(`keeps codes whose residuals bound what they miss: ${name}`, async () => {
      const matrix = make();
      const { rowCount, dimension } = matrix;
      const { memory, figures } = await indexMatrix(matrix);
      const { layout, paddedDimension } = memory;
      const oracle = new BruteForce(matrix);
      const center = memory.float32(layout.center, paddedDimension);
      const scales = memory.float32(layout.scales, rowCount);
      const residuals = memory.float32(layout.residuals, rowCount);
      const squaredNorms = memory.float64(layout.squaredNorms, rowCount);
      const codeSums = memory.int32(layout.codeSums, rowCount);
      const ranked = new Set(oracle.ranked);
      let [largestCodes, largestCoded, squares] = [0, 0, 0];
      for (let row = 0; row < rowCount; row++) {
        const codes = codesOf(memory, row);
        const scale = scales[row] ?? NaN;
        const residual = residuals[row] ?? NaN;
        const values = Float64Array.from(rowOf(matrix, row));
        const length = Math.sqrt(sumOfSquares(values));
        assert.ok(codes.every((code, j) => Math.abs(code) <= 127 && (j < dimension || code === 0)));
        assert.equal(
          codeSums[row],
          codes.reduce((sum, code) => sum + code, 0),
        );
        if (!ranked.has(row) || length === 0) {
          assert.ok(scale === 0 && residual === 0 && codes.every((code) => code === 0), `row ${row}`);
          assert.ok(length === 0 ? squaredNorms[row] === 0 : !Number.isFinite(squaredNorms[row]));
          continue;
        }
        const missed = values.map(
          (value, j) => value / length - (center[j] ?? NaN) - scale * (codes[j] ?? NaN),
        );
        const exact = Math.sqrt(sumOfSquares(missed));
        assert.ok(exact <= residual, `row ${row} misses ${exact}, which is more than ${residual}`);
        // And it is no more than what the roundings of its own computation ask for.
        assert.ok(residual <= exact * (1 + 1e-4) + 2e-6, `row ${row}: ${residual} for ${exact}`);
        largestCodes = Math.max(largestCodes, sumOfSquares(codes));
        largestCoded = Math.max(largestCoded, scale * Math.sqrt(sumOfSquares(codes)));
        squares += squaredNorms[row] ?? NaN;
      }
      assert.equal(figures.largestCodeLength, Math.sqrt(largestCodes));
      assert.ok(
        figures.largestCodedLength >= largestCoded && figures.largestCodedLength <= largestCoded * 1.0001,
      );
      assert.equal(figures.rankedCount, ranked.size);
      assert.ok(Math.abs(figures.meanSquaredNorm * Math.max(1, ranked.size) - squares) <= 1e-12 * squares);
      assert.deepEqual(memory.float64(layout.mean, dimension).slice(), oracle.meanRow);
    });
  }

  it('is the same however its rows come: in windows of any size, in one or the other', () => {
    for (const [rowCount, dimension] of [
      [1, 1],
      [23, 17],
      [402, 768],
      [1001, 33],
    ] as const) {
      const matrix = adversarialMatrix(rowCount, dimension, 81);
      for (const sampled of [false, true]) {
        const { memory, figures } = addInWindows(
          matrix,
          Math.min(1004, testedMemory(rowCount, dimension).buildRows),
          sampled,
        );
        const expected = contentsOf(memory);
        for (const windowRows of [4, 12, 128]) {
          const other = addInWindows(matrix, windowRows, sampled);
          assert.deepEqual(contentsOf(other.memory), expected);
          assert.deepEqual(other.figures, figures);
        }
      }
    }
  });

  it('adds up what was coded, so that the mean unit row is known', async () => {
    const matrix = adversarialMatrix(2500, 120, 82);
    const { memory, figures } = await indexMatrix(matrix);
    const center = memory.float32(memory.layout.center, 120);
    const codedSum = memory.float32(memory.layout.codedSum, 120);
    const expected = new Float64Array(120);
    for (const row of new BruteForce(matrix).ranked) {
      const values = rowOf(matrix, row);
      const length = Math.sqrt(sumOfSquares(values));
      values.forEach((value, j) => {
        expected[j] = (expected[j] ?? 0) + (length === 0 ? 0 : value / length - (center[j] ?? NaN));
      });
    }
    expected.forEach((sum, j) => {
      assert.ok(Math.abs(sum - (codedSum[j] ?? NaN)) <= 1e-6 * figures.rankedCount);
    });
  });

  it('has a center that is the mean unit row of its sample, which makes what is coded small', async () => {
    const matrix = gaussianMatrix(3000, 64, 83);
    matrix.values.forEach((value, i) => {
      matrix.values[i] = value + (i % 64 === 7 ? 30 : 2);
    });
    const { memory } = await indexMatrix(matrix);
    const center = Array.from(memory.float32(memory.layout.center, 64));
    const mean = new Float64Array(64);
    for (let row = 0; row < 3000; row++) {
      const values = rowOf(matrix, row);
      const length = Math.sqrt(sumOfSquares(values));
      values.forEach((value, j) => {
        mean[j] = (mean[j] ?? 0) + value / length / 3000;
      });
    }
    // All rows are in one window, so all are in the sample.
    center.forEach((value, j) => {
      assert.ok(Math.abs(value - (mean[j] ?? NaN)) < 1e-5);
    });
  });
});

onEachKernel('buildIndex', () => {
  const inFolder = useTemporaryFolder();

  it('makes of F16 and BF16 the very index that their values as F32 make', async () => {
    const [rowCount, dimension] = [700, 400];
    const random = seededRandom(91);
    for (const dtype of ['F16', 'BF16'] as const) {
      const bits = new Uint16Array(rowCount * dimension).map(() => {
        const word = Math.floor(random() * 65536);
        // Few rows with NaN or infinity, many with the small numbers that trained rows have.
        return random() < 1e-5 ? word : word & (dtype === 'F16' ? 0xb7ff : 0xbfff);
      });
      const values = Float32Array.from(bits, dtype === 'F16' ? valueOfFloat16 : valueOfBfloat16);
      const shape = [rowCount, dimension];
      const name = 'wte.weight';
      const tensors = [
        { name, dtype, shape, bytes: new Uint8Array(bits.buffer) },
        { name, dtype: 'F32', shape, bytes: new Uint8Array(values.buffer) },
      ];
      const indexes = [];
      for (const tensor of tensors) {
        const path = inFolder(`${tensor.dtype}.safetensors`);
        await fs.writeFile(path, safetensorsBytes([tensor]));
        const source = await openEmbeddingSource({ kind: 'file', path });
        const search = await indexSource(source);
        const query = new Float64Array(dimension).map((_, j) => Math.sin(j));
        indexes.push([
          contentsOf(search.memory),
          search.figures,
          search.search({ query, metric: 'centered', k: 50 }),
        ]);
        await source.close();
      }
      assert.deepEqual(indexes[0], indexes[1]);
    }
  });

  it('reads each row once, besides a sample of them, and reports progress up to the last row', async () => {
    for (const [rowCount, dimension] of [
      [5000, 700],
      [50, 20],
      [1, 1],
    ] as const) {
      const source = sourceOf(gaussianMatrix(rowCount, dimension, 1));
      const reads: [firstRow: number, rows: number][] = [];
      const progress: LoadProgress[] = [];
      const memory = testedMemory(rowCount, dimension);
      const counting = {
        ...source,
        readRows: (firstRow: number, target: Float32Array): Promise<void> => {
          reads.push([firstRow, target.length / dimension]);
          return source.readRows(firstRow, target);
        },
      };
      await buildIndex(counting, memory, new AbortController().signal, (step) => progress.push(step));
      const firstPass = reads.findIndex(([firstRow], index) => firstRow === 0 && index > 0);
      let next = 0;
      for (const [firstRow, rows] of reads.slice(firstPass)) {
        assert.equal(firstRow, next);
        assert.ok(rows <= memory.buildRows);
        next += rows;
      }
      assert.equal(next, rowCount);
      assert.ok(firstPass >= 1 && firstPass <= 12);
      const done = progress.map(({ rowsDone }) => rowsDone);
      assert.deepEqual([done[0], done.at(-1)], [0, rowCount]);
      assert.deepEqual(
        done,
        [...done].sort((a, b) => a - b),
      );
    }
  });

  it('stops between windows when it is canceled, with the reason, even where reading never waits', async () => {
    const matrix = gaussianMatrix(9000, 400, 2);
    const source = sourceOf(matrix);
    const abort = new AbortController();
    const reason = new Error('changed my mind');
    let reads = 0;
    const counting = {
      ...source,
      readRows: (firstRow: number, target: Float32Array): Promise<void> => {
        reads++;
        return source.readRows(firstRow, target);
      },
    };
    setImmediate(() => {
      abort.abort(reason);
    });
    const memory = testedMemory(9000, 400);
    await assert.rejects(buildIndex(counting, memory, abort.signal), reason);
    assert.ok(reads <= 12 + 3, `${reads} reads`);
    // The memory can be used for another try.
    await buildIndex(source, memory, new AbortController().signal);
    const whole = (await indexMatrix(matrix)).memory;
    const { codes } = memory.layout;
    assert.deepEqual(memory.bytes(codes, 9000 * 400), whole.bytes(codes, 9000 * 400));
  });

  it('does not mind what was in the memory before, as after a damaged file was read into it', async () => {
    for (const [rowCount, dimension] of [
      [1001, 33],
      [70, 16],
    ] as const) {
      const matrix = adversarialMatrix(rowCount, dimension, 92);
      const oracle = new BruteForce(matrix);
      const memory = testedMemory(rowCount, dimension);
      const random = seededRandom(93);
      for (const section of indexSections(memory).values()) {
        section.forEach((_, i) => {
          section[i] = random() * 256;
        });
      }
      const search = await indexSource(sourceOf(matrix), memory);
      const query = Float64Array.from({ length: dimension }, (_, j) => Math.cos(j));
      for (const metric of ORACLE_METRICS) {
        const expected = oracle.ranking(oracle.scores(query, metric), metric);
        const found = search.search({ query, metric, k: rowCount });
        assert.deepEqual([Array.from(found.ids), Array.from(found.scores)], [expected.ids, expected.scores]);
      }
    }
  });

  it('fails as reading fails, and leaves no failure behind that nobody handles', async () => {
    const source = sourceOf(gaussianMatrix(3000, 400, 3));
    for (const failing of [1, 5, 6, 9]) {
      let reads = 0;
      const readRows = (firstRow: number, target: Float32Array): Promise<void> =>
        ++reads === failing ? Promise.reject(new Error('torn cable')) : source.readRows(firstRow, target);
      const { signal } = new AbortController();
      await assert.rejects(
        buildIndex({ ...source, readRows }, testedMemory(3000, 400), signal),
        /torn cable/,
      );
    }
  });
});

/** IEEE 754 binary16: 1 sign bit, 5 of exponent, 10 of fraction. */
function valueOfFloat16(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = Math.floor(bits / 1024) % 32;
  const fraction = (bits % 1024) / 1024;
  if (exponent === 31) {
    return fraction === 0 ? sign * Infinity : NaN;
  }
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}

/** The upper half of a float32: 1 sign bit, 8 of exponent, 7 of fraction. */
function valueOfBfloat16(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = Math.floor(bits / 128) % 256;
  const fraction = (bits % 128) / 128;
  if (exponent === 255) {
    return fraction === 0 ? sign * Infinity : NaN;
  }
  return sign * (exponent === 0 ? fraction * 2 ** -126 : (1 + fraction) * 2 ** (exponent - 127));
}
