// Bundles the integration tests: an extension host loads CommonJS, and does not know TypeScript.
import fs from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { projectFolder } from '../host/paths.mjs';

/**
 * Writes each test file of its own to out/integration/tests.
 *
 * @returns {Promise<string>} the module that runs them.
 */
export async function bundleTests() {
  const source = path.join(projectFolder, 'test/integration');
  const target = path.join(projectFolder, 'out/integration/tests');
  await fs.rm(target, { recursive: true, force: true });
  const names = await fs.readdir(source, { recursive: true });
  const tests = names.filter((name) => name.endsWith('.test.ts'));
  await esbuild.build({
    absWorkingDir: projectFolder,
    entryPoints: ['index.ts', ...tests].map((name) => path.join(source, name)),
    outbase: source,
    outdir: target,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return path.join(target, 'index.js');
}
