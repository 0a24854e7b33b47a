// node scripts/terminal.mjs tokens|neighbors|map|checkpoint …
// Runs the bundled terminal program, and bundles it first where it is missing or older than its sources.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const program = path.join(projectFolder, 'dist/terminal.js');

function modifiedTime(file) {
  try {
    return fs.statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function isStale() {
  const built = modifiedTime(program);
  return ['core', 'model', 'engine', 'terminal'].some((folder) =>
    fs
      .readdirSync(path.join(projectFolder, 'src', folder), { recursive: true, withFileTypes: true })
      .some(
        (entry) =>
          entry.isFile() && modifiedTime(path.join(entry.parentPath ?? entry.path, entry.name)) > built,
      ),
  );
}

if (isStale()) {
  // In a process of its own: the program then starts without the bundler in memory, and its output stays untouched.
  const script = "import('./scripts/build.mjs').then(({ build }) => build({ only: ['terminal'] }))";
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: projectFolder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (result.status !== 0) {
    process.exit(result.status ?? 1);
  }
}
createRequire(import.meta.url)(program);
