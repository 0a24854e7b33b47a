// node test/e2e/run.mjs [file.test.ts …] [mocha options]
// Packages the extension, makes the test checkpoint, and runs the end-to-end tests: a real VS Code with the package installed,
// driven by mouse and keyboard. TOKENSCOPE_VSIX=<file> takes a package that is there already.
import { spawn } from 'node:child_process';
import { packageExtension } from '../../scripts/package.mjs';
import { projectFolder } from '../host/paths.mjs';
import { ensurePlantedCheckpoint } from '../host/plantedCheckpoint.mjs';

const parameters = process.argv.slice(2);
const named = parameters.some((parameter) => parameter.endsWith('.test.ts'));
const env = {
  ...process.env,
  TOKENSCOPE_VSIX: process.env.TOKENSCOPE_VSIX ?? (await packageExtension()),
  TOKENSCOPE_PLANTED_CHECKPOINT: ensurePlantedCheckpoint(),
};
const mocha = spawn(
  process.execPath,
  [
    'node_modules/mocha/bin/mocha.js',
    ...['--reporter', './scripts/test/countingReporter.cjs'],
    ...parameters,
    ...(named ? [] : ['test/e2e/**/*.test.ts']),
  ],
  { cwd: projectFolder, env, stdio: 'inherit' },
);
mocha.once('exit', (code) => (process.exitCode = code ?? 1));
