// node bench/run.mjs [part …] [--large] [--whole-layout]: builds what it needs, measures, prints, compares with the figures kept from before, and
// writes bench/results/latest.json and docs/benchmarks.md. With names of parts (see parts.mjs) only these, and nothing is written.
// With --large also models of a gigabyte, whose stand-ins take some minutes and 3 GB of disk the first time, and files of millions of rows, which
// take 10 GB of disk meanwhile and 9 GB of memory; their figures stay among the results until the next such run. With --only-large these
// alone are measured, and written beside what was kept of all others.
// With --whole-layout umap-js lays out all rows of three matrices and not only a slice of two: many minutes.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { benchmarksTable } from './benchmarksTable.mjs';
import { comparisonReport } from './comparison.mjs';
import { LARGE_PARTS, PARTS } from './parts.mjs';
import { installPeers, Measuring, prepare, PROJECT } from './processes.mjs';

const KEPT = path.join(PROJECT, 'bench', 'results', 'latest.json');

const parameters = process.argv.slice(2);
const onlyLarge = parameters.includes('--only-large');
const chosen = onlyLarge ? LARGE_PARTS : parameters.filter((parameter) => !parameter.startsWith('--'));
const unknown = chosen.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  throw new Error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.`);
}

const loadAverage = os.loadavg()[0];
const begun = performance.now();
const before = await keptResults();
if (onlyLarge && before === undefined) {
  throw new Error(
    `There are no figures in ${KEPT} beside which those of --only-large could be written: run all first.`,
  );
}
await installPeers();
const prepared = {
  ...(await prepare()),
  wanted: {
    large: onlyLarge || parameters.includes('--large'),
    wholeLayout: parameters.includes('--whole-layout'),
  },
};
const results = {
  date: new Date().toISOString(),
  machine: {
    processor: os.cpus()[0]?.model ?? 'unknown processor',
    processors: os.cpus().length,
    memoryGigabytes: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    hugePages: await hugePages(),
    loadAverage,
  },
  versions: { node: process.versions.node, v8: process.versions.v8 },
  yardsticks: {},
  durations: { prepared: secondsSince(begun) },
};

let yardstick = await yardsticks();
for (const [name, measurePart] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) {
    continue;
  }
  console.error(`${name} …`);
  const start = performance.now();
  const figures = await measurePart(prepared, results);
  if (figures === undefined) {
    continue;
  }
  results[name] = figures;
  results.durations[name] = secondsSince(start);
  const after = await yardsticks();
  results.yardsticks[name] = {
    loop: (yardstick.loop + after.loop) / 2,
    read: (yardstick.read + after.read) / 2,
  };
  yardstick = after;
}

if (chosen.length > 0 && !onlyLarge) {
  console.log(JSON.stringify(results, undefined, 2));
} else {
  const kept = onlyLarge ? keptWith(before, results, LARGE_PARTS) : keptWith(results, before, notMeasured());
  await fs.mkdir(path.dirname(KEPT), { recursive: true });
  await fs.writeFile(KEPT, `${JSON.stringify(kept, undefined, 2)}\n`);
  const table = benchmarksTable(kept);
  await fs.writeFile(path.join(PROJECT, 'docs', 'benchmarks.md'), table);
  console.log(table);
}
if (before !== undefined) {
  console.log(comparisonReport(before, results));
}
console.log(durationsReport());

/** The large parts whose last figures stay. */
function notMeasured() {
  return LARGE_PARTS.filter((name) => !(name in results));
}

/** Results of one run with some parts of another, as far as that has them, and the yardsticks beside these. */
function keptWith(run, other, parts) {
  const taken = parts.filter((name) => other?.[name] !== undefined);
  const of = (figures) =>
    Object.fromEntries(taken.flatMap((name) => (name in figures ? [[name, figures[name]]] : [])));
  return { ...run, ...of(other ?? {}), yardsticks: { ...run?.yardsticks, ...of(other?.yardsticks ?? {}) } };
}

function secondsSince(start) {
  return (performance.now() - start) / 1000;
}

/** When Linux gives memory in pages of 2 MB: a machine that is itself a program takes long for each page. Undefined elsewhere. */
async function hugePages() {
  const modes = await fs.readFile('/sys/kernel/mm/transparent_hugepage/enabled', 'utf8').catch(() => '');
  return /\[(\w+)\]/.exec(modes)?.[1];
}

/** What the machine gives now, in milliseconds. */
async function yardsticks() {
  const { loop, read } = await new Measuring().measure('measureYardsticks', prepared.readBytes);
  return { loop: loop.min, read: read.min };
}

/** The figures of the run before, if there are any. */
async function keptResults() {
  try {
    return JSON.parse(await fs.readFile(KEPT, 'utf8'));
  } catch {
    return undefined;
  }
}

function durationsReport() {
  const parts = Object.entries(results.durations)
    .sort(([, a], [, b]) => b - a)
    .map(([name, seconds]) => `${name} ${seconds.toFixed(0)}`);
  return `The run took ${(secondsSince(begun) / 60).toFixed(1)} minutes. Seconds: ${parts.join(', ')}.`;
}
