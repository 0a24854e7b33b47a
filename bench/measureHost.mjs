// Times the extension inside a real VS Code: the host of test/host, the bundles as they are packaged.
import fs from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { build, projectFolder } from '../scripts/build.mjs';
import { ensureHostInstalled } from '../test/host/install.mjs';
import { sampleWorkspace } from '../test/host/sampleWorkspace.mjs';
import { runInHost } from '../test/integration/runInHost.mjs';
import { summarize } from './statistics.mjs';

/**
 * @param {string} checkpoint The full-size checkpoint's folder.
 * @returns {Promise<object>} figures in milliseconds
 */
export async function measureHost(checkpoint) {
  console.error('measureHost …');
  ensureHostInstalled();
  await build({ production: true });
  const work = path.join(projectFolder, '.cache/bench/host');
  const resultsFile = path.join(work, 'results.json');
  await fs.rm(work, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: projectFolder,
    entryPoints: ['bench/host/measureInHost.ts'],
    outdir: work,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const code = await runInHost({
    extensionFolder: projectFolder,
    testsEntry: path.join(work, 'measureInHost.js'),
    workspace: sampleWorkspace('bench', { fresh: true }),
    settings: { 'tokenscope.model': checkpoint, 'tokenscope.neighborGraph': 'onDemand' },
    env: { TOKENSCOPE_BENCH_RESULTS: resultsFile },
  });
  if (code !== 0) {
    throw new Error('The measurement inside VS Code failed; see out/integration/window.log.');
  }
  const { laterHovers, newLoadedHovers, loadedHovers, commands, scannedPieces, graphPieces, ...single } =
    JSON.parse(await fs.readFile(resultsFile, 'utf8'));
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
  };
}
