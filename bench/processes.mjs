// The processes in which the benchmarks measure: bundles of bench/measure….mjs, each started anew.
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { build } from '../scripts/build.mjs';
import { compile } from '../scripts/generate/kernel.mjs';
import { npmCommand } from '../test/host/npmCommand.mjs';
import { likeGpt2 } from './likeGpt2.mjs';
import { summarize } from './statistics.mjs';

export const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const WORK = path.join(PROJECT, '.cache', 'bench');
/** The bundle of the engine's thread; beside it lies that of its readers of other vectors. */
export const WORKER = path.join(PROJECT, 'dist', 'engineWorker.js');

const MEASUREMENTS = [
  'measureEncoding',
  'measureFirstNeighbors',
  'measureGraph',
  'measureIndex',
  'measureLarge',
  'measureLayout',
  'measureLinearMap',
  'measureMapLabels',
  'measureSearch',
  'measureTokenizer',
  'measureWorker',
  'measureYardsticks',
  'serveEngine',
];
const FRESH_PROCESSES = 7;

export const run = promisify(execFile);

/**
 * Builds what is measured.
 *
 * @returns {Promise<{readBytes: string, checkpoint: string, like: string}>} Files and folders: the module that reads memory, the
 *   full-size checkpoint, and the matrix like GPT-2's.
 */
export async function prepare() {
  await build({ only: ['engineWorker', 'vectorConversion'], production: true });
  await fs.mkdir(WORK, { recursive: true });
  await esbuild.build({
    absWorkingDir: PROJECT,
    entryPoints: MEASUREMENTS.map((name) => `bench/${name}.mjs`),
    outdir: WORK,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Where the sample vectors lie beside the bundles.
    define: { __dirname: JSON.stringify(path.join(PROJECT, 'dist')) },
    logLevel: 'warning',
  });
  const readBytes = path.join(WORK, 'readBytes.wasm');
  await fs.writeFile(readBytes, await compile(path.join(PROJECT, 'bench', 'assembly', 'readBytes.ts')));
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', 'test/fixtures/checkpoints/makeCheckpoints.ts'],
    { cwd: PROJECT },
  );
  const like = likeGpt2(path.join(WORK, 'like'), 50257, 768);
  return { readBytes, checkpoint: stdout.trim().split('\n').at(-1), like };
}

/** Installs the peers of bench/package.json where they are missing. Without them, they are left out. */
export async function installPeers() {
  const bench = path.join(PROJECT, 'bench');
  try {
    const { dependencies } = JSON.parse(await fs.readFile(path.join(bench, 'package.json'), 'utf8'));
    await Promise.all(
      Object.keys(dependencies).map((name) => fs.access(path.join(bench, 'node_modules', name))),
    );
  } catch {
    try {
      await run(...npmCommand(['ci']), { cwd: bench });
    } catch (error) {
      console.error(`The peers that npm installs are left out: ${error.message}`);
    }
  }
}

/** An empty folder for indexes. */
export async function emptyCache(name) {
  const folder = path.join(WORK, `cache-${name}`);
  await fs.rm(folder, { recursive: true, force: true });
  return folder;
}

/** Processes of one Node, each of which makes one measurement; the last line that it prints is the result. */
export class Measuring {
  /** @param {string} [node] Program. */
  constructor(node = process.execPath) {
    this.node = node;
  }

  /** @returns {Promise<string>} 24.21.0 */
  async version() {
    const { stdout } = await run(this.node, ['--version']);
    return stdout.trim().replace(/^v/, '');
  }

  async measure(name, ...parameters) {
    console.error(`  ${name} ${parameters.map((parameter) => path.basename(parameter)).join(' ')}`);
    const { stdout } = await run(this.node, [path.join(WORK, `${name}.mjs`), ...parameters]);
    return JSON.parse(stdout.trim().split('\n').at(-1));
  }

  /** Several fresh processes, the first of them only to warm the page cache; every figure summarized. */
  async measureFresh(name, ...parameters) {
    const results = [];
    for (let i = 0; i <= FRESH_PROCESSES; i++) {
      results.push(await this.measure(name, ...parameters));
    }
    const counted = results.slice(1);
    return Object.fromEntries(
      Object.keys(counted[0]).map((figure) => [
        figure,
        summarize(counted.map((result) => result[figure].median ?? result[figure])),
      ]),
    );
  }
}
