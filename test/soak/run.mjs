// node test/soak/run.mjs [activity …]   (activities: see test/soak/activities.ts; without a name all of them)
// Uses the extension inside the extension host of a real VS Code for some minutes, as a working day would, and fails where heap,
// listeners, threads or files grow with the count. It is not part of the tests: see "A soak" in CONTRIBUTING.md.
import path from 'node:path';
import * as esbuild from 'esbuild';
import { build, projectFolder } from '../../scripts/build.mjs';
import { ensurePlantedCheckpoint } from '../host/plantedCheckpoint.mjs';
import { sampleWorkspace } from '../host/sampleWorkspace.mjs';
import { runInHost } from '../integration/runInHost.mjs';

const output = path.join(projectFolder, 'out/soak');
const testsEntry = path.join(output, 'soak.js');
const activities = process.argv.slice(2).join();
const cacheFolder = path.join(output, 'empty-cache');

await build();
await esbuild.build({
  absWorkingDir: projectFolder,
  entryPoints: ['test/soak/soak.ts'],
  outfile: testsEntry,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  external: ['vscode'],
  logLevel: 'warning',
});
process.exitCode = await runInHost({
  output,
  extensionFolder: projectFolder,
  testsEntry,
  workspace: sampleWorkspace('soak', { fresh: true }),
  settings: { 'tokenscope.model': ensurePlantedCheckpoint(), 'tokenscope.neighborGraph': 'onDemand' },
  env: {
    TOKENSCOPE_SOAK_ACTIVITIES: activities,
    // A checkpoint in the home folder of whoever runs this must not change the results.
    ...{ HF_HUB_CACHE: cacheFolder, HUGGINGFACE_HUB_CACHE: cacheFolder, HF_HOME: cacheFolder },
  },
});
