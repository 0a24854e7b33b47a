// node --import tsx bench/peers/prepareMatrix.mjs [file]: writes the planted test checkpoint's embedding matrix as bare
// float32 values, and prints where it is and its shape.
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbeddingSource } from '../../src/model/embeddingSource';
import { ensurePlantedCheckpoint } from '../../test/fixtures/checkpoints/plantedCheckpoint';

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const ROWS_PER_WRITE = 4096;

const matrix = path.resolve(process.argv[2] ?? path.join(PROJECT, '.cache', 'bench', 'planted.f32'));
const source = await openEmbeddingSource({ kind: 'folder', path: await ensurePlantedCheckpoint() });
const { rowCount: rows, dimension } = source.identity;
await fs.mkdir(path.dirname(matrix), { recursive: true });
const partial = `${matrix}.${process.pid}.partial`;
const handle = await fs.open(partial, 'w');
try {
  const window = new Float32Array(ROWS_PER_WRITE * dimension);
  for (let row = 0; row < rows; row += ROWS_PER_WRITE) {
    const values = window.subarray(0, Math.min(ROWS_PER_WRITE, rows - row) * dimension);
    await source.readRows(row, values);
    await handle.writeFile(new Uint8Array(values.buffer, 0, values.byteLength));
  }
} finally {
  await handle.close();
  await source.close();
}
// Whole or not at all: a run beside this one may be reading the file.
await fs.rename(partial, matrix);
console.log(JSON.stringify({ matrix, rows, dimension }));
