// node test/integration/run.mjs [--desktop [--vscode version]] [--grep pattern]
// Runs the tests of this folder inside the extension host of a real VS Code, with the extension from its source folder.
//
// By default the VS Code is the one of test/host; --desktop takes the desktop program named in the environment variable
// VSCODE_PATH, or else downloads one: --vscode says which (1.95.0, stable, insiders), and "stable" is the default.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../host/paths.mjs';
import { ensurePlantedCheckpoint } from '../host/plantedCheckpoint.mjs';
import { sampleWorkspace } from '../host/sampleWorkspace.mjs';
import { bundleTests } from './bundleTests.mjs';
import { runInDesktop } from './runInDesktop.mjs';
import { runInHost } from './runInHost.mjs';

const { values } = parseArgs({
  options: {
    desktop: { type: 'boolean' },
    vscode: { type: 'string', default: 'stable' },
    grep: { type: 'string' },
  },
});
const cacheFolder = path.join(projectFolder, 'out/integration/empty-cache');

/** @typedef {typeof plan} Plan */
const plan = {
  extensionFolder: projectFolder,
  testsEntry: await bundleTests(),
  workspace: sampleWorkspace('integration', { fresh: true }),
  settings: { 'tokenscope.model': ensurePlantedCheckpoint(), 'tokenscope.neighborGraph': 'onDemand' },
  env: {
    TOKENSCOPE_TEST_REPORTER: path.join(projectFolder, 'scripts/test/countingReporter.cjs'),
    TOKENSCOPE_TEST_COUNTS:
      process.env.TOKENSCOPE_TEST_COUNTS ?? path.join(projectFolder, 'out/test-counts/integration.json'),
    // A checkpoint in the home folder of whoever runs this must not change the results.
    ...{ HF_HUB_CACHE: cacheFolder, HUGGINGFACE_HUB_CACHE: cacheFolder, HF_HOME: cacheFolder },
    ...(values.grep ? { TOKENSCOPE_TEST_GREP: values.grep } : {}),
  },
};

process.exitCode = await (values.desktop ? runInDesktop(plan, values.vscode) : runInHost(plan));
