// Times the extension inside a real VS Code: the host of test/host, the bundles as they are packaged.
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { build, projectFolder } from '../scripts/build.mjs';
import { ensureHostInstalled } from '../test/host/install.mjs';
import { sampleWorkspace } from '../test/host/sampleWorkspace.mjs';
import { runInHost } from '../test/integration/runInHost.mjs';
import { summarize } from './statistics.mjs';

const WORK = path.join(projectFolder, '.cache/bench/host');

/**
 * @param {string} checkpoint The full-size checkpoint's folder.
 * @returns {Promise<object>} figures in milliseconds
 */
export async function measureHost(checkpoint) {
  console.error('measureHost …');
  ensureHostInstalled();
  await build({ production: true });
  await fs.rm(WORK, { recursive: true, force: true });
  const { laterHovers, newLoadedHovers, loadedHovers, commands, scannedPieces, graphPieces, ...single } =
    await runInVsCode('measureInHost', checkpoint);
  const ofPieces = ({ engine, answer, sources }) => ({
    engine: summarize(engine),
    answer: summarize(answer),
    sources,
  });
  return {
    ...single,
    laterHover: summarize(laterHovers),
    newLoadedHover: summarize(newLoadedHovers),
    loadedHover: summarize(loadedHovers),
    command: summarize(commands),
    scannedPieces: ofPieces(scannedPieces),
    graphPieces: ofPieces(graphPieces),
    typing: await measureTyping(checkpoint),
    foreign: await measureForeign(),
  };
}

/** In a window of its own, in which nothing was loaded before. */
export async function measureTyping(checkpoint) {
  const { prose, code } = await runInVsCode('measureTyping', checkpoint);
  const ofTyping = ({ quick, slow, banded, bandedById, ...others }) => ({
    ...others,
    quick: summarize(quick),
    slow: summarize(slow),
    banded: summarize(banded),
    bandedById: summarize(bandedById),
  });
  return { prose: ofTyping(prose), code: ofTyping(code) };
}

/** Models of others that try to hold the thread up, in a window of its own. */
export async function measureForeign() {
  const models = path.join(WORK, 'foreign');
  await fs.rm(models, { recursive: true, force: true });
  await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'bench/host/makeForeignModels.ts', models],
    { cwd: projectFolder },
  );
  return runInVsCode('measureForeign', 'sample', { TOKENSCOPE_BENCH_FOREIGN: models });
}

/** Runs a program of bench/host in the extension host, and reads what it has found out. */
async function runInVsCode(program, checkpoint, env = {}) {
  const resultsFile = path.join(WORK, `${program}.json`);
  await esbuild.build({
    absWorkingDir: projectFolder,
    entryPoints: [`bench/host/${program}.ts`],
    outdir: WORK,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const code = await runInHost({
    extensionFolder: projectFolder,
    testsEntry: path.join(WORK, `${program}.js`),
    workspace: sampleWorkspace('bench', { fresh: true }),
    settings: { 'tokenscope.model': checkpoint, 'tokenscope.neighborGraph': 'onDemand' },
    env: { TOKENSCOPE_BENCH_RESULTS: resultsFile, TOKENSCOPE_BENCH_PROJECT: projectFolder, ...env },
  });
  if (code !== 0) {
    throw new Error('The measurement inside VS Code failed; see out/integration/window.log.');
  }
  return JSON.parse(await fs.readFile(resultsFile, 'utf8'));
}
