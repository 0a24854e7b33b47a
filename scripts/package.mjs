// node scripts/package.mjs   builds for production and writes out/tokenscope.vsix
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { build } from './build.mjs';
import { isStartedModule } from './startedModule.mjs';

const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Builds the extension and packages it. What goes in is listed in .vscodeignore.
 *
 * @returns {Promise<string>} the path of the package.
 */
export async function packageExtension() {
  const file = path.join(projectFolder, 'out/tokenscope.vsix');
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.rm(file, { force: true });
  await build({ production: true });
  await createVSIX({
    cwd: projectFolder,
    packagePath: file,
    dependencies: false, // everything is bundled
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  return file;
}

if (isStartedModule(import.meta.url)) {
  const file = await packageExtension();
  const { size } = await fs.stat(file);
  console.log(`${path.relative(projectFolder, file)}: ${(size / 1024).toFixed(0)} KB`);
}
