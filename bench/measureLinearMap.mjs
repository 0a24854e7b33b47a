// node measureLinearMap.mjs <checkpoint file>: all rows on their two principal axes, beside the plain way: the eigenvectors of the whole
// scatter matrix, by ml-matrix. That takes so long that it gets some of the rows.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { linearMap } from '../src/core/embedding/linearMap';
import { MemoryRows } from '../src/core/embedding/search/memoryRows';
import { finish } from '../src/core/work/steps';
import { openEmbeddingSource } from '../src/model/embeddingSource';
import { summarize, time } from './statistics.mjs';

const [file] = process.argv.slice(2);
const RUNS = 5;
const SOME_ROWS = 2_000;

/** The shares of the spread along the two widest axes, of rows at unit length. */
function plainShares(rowCount, dimension, values) {
  const rows = new Matrix(rowCount, dimension);
  for (let row = 0; row < rowCount; row++) {
    const length = Math.hypot(...values.subarray(row * dimension, (row + 1) * dimension));
    for (let j = 0; j < dimension; j++) {
      rows.set(row, j, values[row * dimension + j] / length);
    }
  }
  const centered = rows.subRowVector(rows.mean('column'));
  const scatter = centered.transpose().mmul(centered);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(scatter, {
    assumeSymmetric: true,
  });
  centered.mmul(eigenvectorMatrix.subMatrixColumn([dimension - 1, dimension - 2]));
  const total = scatter.trace();
  return [realEigenvalues[dimension - 1] / total, realEigenvalues[dimension - 2] / total];
}

async function runsOf(run) {
  const times = [];
  const before = process.cpuUsage();
  for (let i = 0; i < RUNS; i++) {
    times.push(await time(run));
  }
  const { user, system } = process.cpuUsage(before);
  return { ...summarize(times), busy: (user + system) / 1000 / RUNS };
}

const source = await openEmbeddingSource({ kind: 'file', path: file });
const { rowCount, dimension } = source.identity;
const values = new Float32Array(SOME_ROWS * dimension);
await source.readRows(0, values);
const some = new MemoryRows(SOME_ROWS, dimension, values);
const whole = { rowCount, dimension, copyRows: source.copyRows };
const results = { rowCount, dimension, someRows: SOME_ROWS };
finish(linearMap(some));
results.all = await runsOf(() => finish(linearMap(whole)));
results.some = await runsOf(() => finish(linearMap(some)));
results.explained = finish(linearMap(some)).explained;
const before = process.cpuUsage();
results.plainMilliseconds = await time(() => {
  results.plainExplained = plainShares(SOME_ROWS, dimension, values);
});
const { user, system } = process.cpuUsage(before);
results.plainBusy = (user + system) / 1000;
await source.close();
console.log(JSON.stringify(results));
