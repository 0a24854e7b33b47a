// Checkpoints that are searched like GPT-2's: generated, seeded, made to be measured with and for nothing else.
import fs from 'node:fs';
import path from 'node:path';
import { seededRandom } from './statistics.mjs';

/** Rows that are written at once. */
const ROWS_PER_WRITE = 512;

/**
 * What is known of GPT-2 small's matrix: two rows have a cosine of about 0.33 in the mean; rows form clusters of very different sizes;
 * the spectrum of what is left falls slowly; a few dimensions are larger than all others; lengths are 2.5 to 6.3; about 280 rows were
 * hardly trained and lie in one clump near the mean.
 */
const CLUSTERS_PER_ROW = 0.18;
const OUTLIER_DIMENSIONS = 8;
const CLUMP_ROWS = 280;
/** Reflections that turn the spectrum out of the axes. */
const REFLECTIONS = 4;

/**
 * Writes one checkpoint unless it is there.
 *
 * @param {string} folder Where it is kept.
 * @param {number} rowCount
 * @param {number} dimension
 * @param {'F32' | 'BF16'} dtype
 * @returns {string} The file: safetensors with the one tensor `wte.weight`.
 */
export function likeGpt2(folder, rowCount, dimension, dtype = 'F32') {
  const file = path.join(folder, `like-gpt2-${rowCount}x${dimension}-${dtype}.safetensors`);
  if (fs.existsSync(file)) {
    return file;
  }
  fs.mkdirSync(folder, { recursive: true });
  const bytesPerValue = dtype === 'F32' ? 4 : 2;
  const header = Buffer.from(
    JSON.stringify({
      __metadata__: { description: 'Generated for benchmarks. Not GPT-2.' },
      'wte.weight': {
        dtype,
        shape: [rowCount, dimension],
        data_offsets: [0, rowCount * dimension * bytesPerValue],
      },
    }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = fs.openSync(temporary, 'w');
  fs.writeSync(handle, Buffer.concat([length, header]));
  const makeRow = rowMaker(rowCount, dimension);
  const values = new Float32Array(ROWS_PER_WRITE * dimension);
  for (let first = 0; first < rowCount; first += ROWS_PER_WRITE) {
    const count = Math.min(ROWS_PER_WRITE, rowCount - first);
    for (let row = 0; row < count; row++) {
      makeRow(first + row, values.subarray(row * dimension, (row + 1) * dimension));
    }
    const some = values.subarray(0, count * dimension);
    fs.writeSync(handle, dtype === 'F32' ? some : toBfloat16(some));
  }
  fs.closeSync(handle);
  fs.renameSync(temporary, file);
  return file;
}

function toBfloat16(values) {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, (word) => (word + 0x8000) >>> 16);
}

function rowMaker(rowCount, dimension) {
  const random = seededRandom(rowCount * 31 + dimension);
  // Nearly normal, and quick: whole matrices are made of it.
  const normal = () => (random() + random() + random() + random() - 2) * Math.sqrt(3);
  const spectrum = Float32Array.from(
    { length: dimension },
    (_, j) => (1 + (j * 768) / dimension / 120) ** -0.7,
  );
  const energy = Math.sqrt(spectrum.reduce((sum, value) => sum + value * value, 0));
  const draw = (target) => {
    for (let j = 0; j < dimension; j++) {
      target[j] = (normal() * spectrum[j]) / energy;
    }
    return target;
  };
  const clusters = Array.from({ length: Math.min(9000, Math.ceil(rowCount * CLUSTERS_PER_ROW)) }, () =>
    draw(new Float32Array(dimension)),
  );
  const reflections = Array.from({ length: REFLECTIONS }, () => {
    const axis = Float32Array.from({ length: dimension }, normal);
    const norm = Math.hypot(...axis);
    return axis.map((value) => value / norm);
  });
  const mean = Float32Array.from({ length: dimension }, () => (normal() * 0.42) / Math.sqrt(dimension));
  const outliers = Array.from({ length: OUTLIER_DIMENSIONS }, () => Math.floor(random() * dimension));
  outliers.forEach((j, index) => {
    mean[j] = [0.25, -0.22, 0.12, 0.28, 0.1, -0.15, -0.13, 0.16][index];
  });
  const clump = new Set(Array.from({ length: CLUMP_ROWS }, () => Math.floor(random() * rowCount)));
  const noise = new Float32Array(dimension);
  return (row, target) => {
    draw(noise);
    if (clump.has(row)) {
      target.set(mean.map((value, j) => 2 * value + 0.2 * noise[j]));
    } else {
      const cluster = clusters[Math.floor(clusters.length * random() ** 1.5)];
      const share = 0.55 + 0.35 * random();
      const rest = Math.sqrt(1 - share * share);
      for (let j = 0; j < dimension; j++) {
        target[j] = share * cluster[j] + rest * noise[j];
      }
      for (const axis of reflections) {
        reflect(target, axis);
      }
      for (let j = 0; j < dimension; j++) {
        target[j] = target[j] * 0.95 + mean[j];
      }
    }
    const length = Math.min(6.3, Math.max(2.45, 3.96 + 0.43 * normal()));
    let squared = 0;
    for (const value of target) {
      squared += value * value;
    }
    const scale = length / Math.sqrt(squared);
    for (let j = 0; j < dimension; j++) {
      target[j] *= scale;
    }
  };
}

function reflect(vector, axis) {
  let product = 0;
  for (let j = 0; j < vector.length; j++) {
    product += vector[j] * axis[j];
  }
  for (let j = 0; j < vector.length; j++) {
    vector[j] -= 2 * product * axis[j];
  }
}
