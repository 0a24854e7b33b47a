import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * A matrix that peers read: float32 values, little-endian, row after row, nothing behind them.
 *
 * @typedef {object} MatrixFile
 * @property {string} matrix Path of the file.
 * @property {number} rows Number of rows.
 * @property {number} dimension Values in a row.
 * @property {number} [byteOffset] Where the values begin; 0 where it is not given.
 */

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const FLOAT32_BYTES = 4;
/** `fs.readSync` takes less than 2 GiB at once. */
const BYTES_PER_READ = 1 << 26;

/**
 * Makes the planted test checkpoint's matrix ready, in a process of its own because the generator is TypeScript.
 *
 * @returns {Promise<MatrixFile>}
 */
export async function plantedMatrixFile() {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', path.join('bench', 'peers', 'prepareMatrix.mjs')],
    { cwd: PROJECT },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/**
 * @param {MatrixFile} file
 * @param {number} firstRow
 * @param {number} count Number of rows.
 * @returns {Float32Array} The rows as they are in the file, one after the other.
 * @throws If the file is too short.
 */
export function readRows({ matrix, rows, dimension, byteOffset = 0 }, firstRow = 0, count = rows - firstRow) {
  const values = new Float32Array(count * dimension);
  const bytes = new Uint8Array(values.buffer);
  const position = byteOffset + firstRow * dimension * FLOAT32_BYTES;
  const handle = fs.openSync(matrix, 'r');
  try {
    for (let done = 0; done < bytes.length;) {
      const length = Math.min(BYTES_PER_READ, bytes.length - done);
      const read = fs.readSync(handle, bytes, done, length, position + done);
      if (read === 0) {
        throw new Error(`${matrix} ends before row ${firstRow + count}`);
      }
      done += read;
    }
  } finally {
    fs.closeSync(handle);
  }
  return values;
}
