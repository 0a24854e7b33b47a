import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { readSafetensorsHeader } from '../../src/core/safetensors/safetensorsHeader';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { openEmbeddingSource } from '../../src/model/embeddingSource';
import { openFileByteReader } from '../../src/model/fileByteReader';
import { CountingFiles } from '../fixtures/checkpoints/countingReader';
import { GPT2_FILE_BYTES, GPT2_HEADER_BYTES } from '../fixtures/checkpoints/gpt2Layout';
import { ensurePlantedCheckpoint } from '../fixtures/checkpoints/plantedCheckpoint';
import { PLANTED, type PlantedNeighbor } from '../fixtures/checkpoints/plantedNeighborhoods';
import { SeededRandom } from '../fixtures/checkpoints/seededRandom';

/*
 * The planted checkpoint is what other suites measure against, so it is measured here by the plainest means: every row
 * against each planted query, in double precision.
 */
describe('The planted test checkpoint', () => {
  const { rowCount, dimension } = PLANTED;
  let file: string;
  let values: Float32Array;
  let norms: Float64Array;

  before(async () => {
    file = path.join(await ensurePlantedCheckpoint(), 'model.safetensors');
    values = new Float32Array(rowCount * dimension);
    const source = await openEmbeddingSource({ kind: 'file', path: file });
    await source.readRows(0, values);
    await source.close();
    norms = Float64Array.from({ length: rowCount }, (_, id) => {
      let squares = 0;
      for (const value of rowOf(id)) {
        squares += value * value;
      }
      return Math.sqrt(squares);
    });
  });

  const rowOf = (id: number): Float32Array => values.subarray(id * dimension, (id + 1) * dimension);
  const unitRow = (id: number): Float64Array =>
    Float64Array.from(rowOf(id), (value) => value / (norms[id] ?? 0));

  function cosines(query: Float64Array): Float64Array {
    const length = Math.hypot(...query);
    return Float64Array.from({ length: rowCount }, (_, id) => {
      const norm = norms[id] ?? 0;
      let sum = 0;
      const start = id * dimension;
      for (let i = 0; i < dimension; i++) {
        sum += (query[i] ?? 0) * ((values[start + i] ?? 0) / norm);
      }
      return norm === 0 ? 0 : sum / length;
    });
  }

  function assertRanking(query: Float64Array, neighbors: readonly PlantedNeighbor[], below: number): void {
    const scores = cosines(query);
    const ids = Array.from({ length: rowCount }, (_, id) => id);
    ids.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    assert.deepEqual(
      ids.slice(0, neighbors.length),
      neighbors.map(({ id }) => id),
    );
    for (const { id, token, cosine } of neighbors) {
      const found = scores[id] ?? NaN;
      assert.ok(
        Math.abs(found - cosine) < 1e-6,
        `${JSON.stringify(token)}: ${String(found)} for ${String(cosine)}`,
      );
    }
    assert.ok((scores[ids[neighbors.length] ?? 0] ?? 1) < below);
  }

  for (const query of Object.values(PLANTED.queries)) {
    it(`has the planned neighbors of ${JSON.stringify(query.token)}, and nothing near them`, () => {
      assertRanking(unitRow(query.id), query.neighbors, query.below);
    });
  }

  it('has the planned answers to king − man + woman', () => {
    const { terms, neighbors, below } = PLANTED.analogy;
    const query = new Float64Array(dimension);
    for (const { weight, id } of terms) {
      unitRow(id).forEach((value, i) => {
        query[i] = (query[i] ?? 0) + weight * value;
      });
    }
    assertRanking(query, neighbors, below);
  });

  it('has "ban" and "ana" at the planned cosine, within the axes of the comparison', () => {
    const { first, second, cosine } = PLANTED.pair;
    const found = cosines(unitRow(first.id))[second.id] ?? NaN;
    assert.ok(Math.abs(found - cosine) < 1e-6, String(found));
    for (const { id } of [first, second]) {
      assert.ok(rowOf(id).every((value) => Math.abs(value) < 0.8));
    }
  });

  it('has the planned equal, scaled, zero, tiny and huge rows', () => {
    for (const [original, ...copies] of PLANTED.equalRows) {
      for (const copy of copies) {
        assert.deepEqual(rowOf(copy), rowOf(original));
      }
    }
    for (const { id, factor } of PLANTED.scaledCopies.copies) {
      assert.deepEqual(
        rowOf(id),
        rowOf(PLANTED.scaledCopies.of).map((value) => value * factor),
      );
    }
    assert.ok(rowOf(PLANTED.zeroRow.id).every((value) => value === 0));
    for (const { id, norm } of [PLANTED.tinyRow, PLANTED.hugeRow]) {
      assert.ok(Math.abs((norms[id] ?? 0) / norm - 1) < 1e-6);
    }
  });

  it('resembles a trained matrix in row lengths and mean cosine', () => {
    const random = new SeededRandom(2);
    let cosineSum = 0;
    let normSum = 0;
    let normSquares = 0;
    const count = 2000;
    for (let i = 0; i < count; i++) {
      const [a, b] = [random.uint32() % 40000, random.uint32() % 40000];
      cosineSum += unitRow(a).reduce(
        (sum, value, j) => sum + value * ((rowOf(b)[j] ?? 0) / (norms[b] ?? 0)),
        0,
      );
      normSum += norms[a] ?? 0;
      normSquares += (norms[a] ?? 0) ** 2;
    }
    const mean = normSum / count;
    assert.ok(
      Math.abs(cosineSum / count - PLANTED.meanCosine) < 0.02,
      `mean cosine ${String(cosineSum / count)}`,
    );
    assert.ok(Math.abs(mean - PLANTED.norms.mean) < 0.05, `mean length ${String(mean)}`);
    assert.ok(Math.abs(Math.sqrt(normSquares / count - mean * mean) - PLANTED.norms.deviation) < 0.05);
  });

  it("has GPT-2's tokens at the planned ids", () => {
    const tokenizer = Gpt2Tokenizer.shared();
    const { queries, analogy, pair, zeroRow } = PLANTED;
    const planned = [
      ...Object.values(queries).flatMap(({ id, token, neighbors }) => [{ id, token }, ...neighbors]),
      ...analogy.terms,
      ...analogy.neighbors,
      pair.first,
      pair.second,
      zeroRow,
    ];
    for (const { id, token } of planned) {
      assert.equal(Buffer.from(tokenizer.tokenBytes(id)).toString('utf8'), token, String(id));
    }
  });

  it('has the layout of the published file and takes little room on disk', async () => {
    const stats = await fs.stat(file);
    assert.equal(stats.size, GPT2_FILE_BYTES);
    if (process.platform === 'linux') {
      assert.ok(stats.blocks * 512 < 200e6, `${String(stats.blocks * 512)} bytes on disk`);
    }
    const reader = await openFileByteReader(file);
    const { tensors, metadata } = await readSafetensorsHeader(reader);
    await reader.close();
    assert.deepEqual([...metadata], [['format', 'pt']]);
    assert.equal(tensors.size, 160);
    assert.deepEqual(tensors.get('wte.weight')?.shape, [50257, 768]);
    assert.deepEqual(tensors.get('wpe.weight')?.shape, [1024, 768]);
    assert.deepEqual(tensors.get('h.11.attn.bias')?.shape, [1, 1, 1024, 1024]);
    // GPT-2 small has 124,439,808 parameters; the twelve attention masks are stored beside them.
    const elements = [...tensors.values()].reduce((sum, { byteLength }) => sum + byteLength / 4, 0);
    assert.equal(elements, 124_439_808 + 12 * 1024 * 1024);
  });

  it('is read in its header and matrix only', async () => {
    const files = new CountingFiles();
    const source = await openEmbeddingSource({ kind: 'file', path: file }, { openReader: files.openReader });
    const chunk = new Float32Array(1000 * dimension);
    for (let row = 0; row < rowCount; row += 1000) {
      await source.readRows(row, chunk.subarray(0, Math.min(1000, rowCount - row) * dimension));
    }
    await source.close();
    const headerEnd = 8 + GPT2_HEADER_BYTES;
    assert.deepEqual(files.touched(file), [
      [0, headerEnd],
      [GPT2_FILE_BYTES - rowCount * dimension * 4, GPT2_FILE_BYTES],
    ]);
  });

  it('is not made again while it is up to date', async () => {
    const before = await fs.stat(file);
    await ensurePlantedCheckpoint();
    const after = await fs.stat(file);
    assert.equal(after.ino, before.ino);
    assert.equal(after.mtimeMs, before.mtimeMs);
  });
});
