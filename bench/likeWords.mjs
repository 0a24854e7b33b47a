// Files of vectors as large as those of words: generated, seeded, made to be measured with and for nothing else.
import fs from 'node:fs';
import path from 'node:path';
import { seededRandom } from './statistics.mjs';

/** Rows that are written at once. */
const ROWS_PER_WRITE = 2048;
/** What NumPy makes of a header: with all that is before it a multiple of 64. */
const HEADER_ALIGNMENT = 64;
/**
 * Words lie in clusters of very different sizes around a common mean, and their vectors differ in length: frequent ones are longer. The spread
 * within a cluster comes from a pool of normal numbers, two places of it for each row, so that gigabytes are made in seconds.
 */
const CLUSTERS = 12_000;
const POOL = 1 << 21;
const MEAN_SHARE = 0.35;
const SYLLABLES = [
  'ba',
  'den',
  'fi',
  'gor',
  'ka',
  'lem',
  'mi',
  'nor',
  'pa',
  'res',
  'si',
  'ton',
  'u',
  'ver',
  'xi',
  'zu',
];

/**
 * Writes a NumPy array of single precision whose rows form clusters, and its labels, unless both are there.
 *
 * @param {string} folder Where they are kept.
 * @param {number} rowCount
 * @param {number} dimension
 * @returns {import('./peers/matrixFile.mjs').MatrixFile} The array; beside it lies `….labels.txt` with a word a row, no two alike.
 */
export function likeWords(folder, rowCount, dimension) {
  const name = path.join(folder, `like-words-${rowCount}x${dimension}`);
  const matrix = `${name}.npy`;
  const header = npyHeader(rowCount, dimension);
  const file = { matrix, rows: rowCount, dimension, byteOffset: header.length };
  if (fs.existsSync(matrix)) {
    return file;
  }
  fs.mkdirSync(folder, { recursive: true });
  writeLabels(`${name}.labels.txt`, rowCount);
  const temporary = `${matrix}.${process.pid}.tmp`;
  const handle = fs.openSync(temporary, 'w');
  fs.writeSync(handle, header);
  const makeRow = rowMaker(rowCount, dimension);
  const values = new Float32Array(ROWS_PER_WRITE * dimension);
  for (let first = 0; first < rowCount; first += ROWS_PER_WRITE) {
    const count = Math.min(ROWS_PER_WRITE, rowCount - first);
    for (let row = 0; row < count; row++) {
      makeRow(values.subarray(row * dimension, (row + 1) * dimension));
    }
    fs.writeSync(handle, values.subarray(0, count * dimension));
  }
  fs.closeSync(handle);
  fs.renameSync(temporary, matrix);
  return file;
}

/** @returns {(target: Float32Array) => void} Fills `target`, of `dimension` values, with the next row. */
function rowMaker(rowCount, dimension) {
  const random = seededRandom(rowCount * 31 + dimension);
  const normal = () => (random() + random() + random() + random() - 2) * Math.sqrt(3);
  const draw = (count, scale) => Float32Array.from({ length: count }, () => normal() * scale);
  const unit = 1 / Math.sqrt(dimension);
  const pool = draw(POOL, unit * Math.SQRT1_2);
  const mean = draw(dimension, unit * MEAN_SHARE);
  const clusters = Array.from({ length: CLUSTERS }, () => draw(dimension, unit));
  return (target) => {
    const cluster = clusters[Math.floor(CLUSTERS * random() ** 1.5)];
    const length = 1.5 + 3 * random() ** 2;
    const share = 0.5 + 0.4 * random();
    const rest = length * Math.sqrt(1 - share * share);
    const first = Math.floor(random() * (POOL - dimension));
    const second = Math.floor(random() * (POOL - dimension));
    for (let j = 0; j < dimension; j++) {
      target[j] = length * (share * cluster[j] + mean[j]) + rest * (pool[first + j] + pool[second + j]);
    }
  };
}

/** Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0. */
function npyHeader(rowCount, dimension) {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rowCount}, ${dimension}), }`;
  const start = Buffer.from('\u0093NUMPY\u0001\u0000\u0000\u0000', 'latin1');
  const whole = Math.ceil((start.length + text.length + 1) / HEADER_ALIGNMENT) * HEADER_ALIGNMENT;
  const header = Buffer.from(`${start.toString('latin1')}${text}`.padEnd(whole - 1).concat('\n'), 'latin1');
  header.writeUInt16LE(whole - start.length, start.length - 2);
  return header;
}

/** Two or three syllables that say nothing, and the row's number: a word as long as words are. */
function writeLabels(file, rowCount) {
  const random = seededRandom(rowCount);
  const handle = fs.openSync(file, 'w');
  for (let first = 0; first < rowCount; first += ROWS_PER_WRITE) {
    let lines = '';
    for (let row = first; row < Math.min(rowCount, first + ROWS_PER_WRITE); row++) {
      for (let syllable = 0; syllable < 2 + (row & 1); syllable++) {
        lines += SYLLABLES[Math.floor(random() * SYLLABLES.length)];
      }
      lines += `${row}\n`;
    }
    fs.writeSync(handle, lines);
  }
  fs.closeSync(handle);
}
