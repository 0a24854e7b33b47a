// node scripts/test/nodes.mjs [major …]
// Runs the unit and model tests with each major version of Node that is supported, out of npm; where root starts it, as an ordinary
// user, in a copy of the project.
import { spawnSync } from 'node:child_process';
import { projectFolder } from '../../test/host/paths.mjs';
import { npmNode } from './npmNode.mjs';
import { isRoot, ordinaryCopy } from './ordinaryUser.mjs';

const MAJORS = ['20', '22', '24'];
const STEPS = ['generate', 'unit', 'model'];
/** Exit code of a program that was interrupted. */
const INTERRUPTED = 130;

const named = process.argv.slice(2);
const copy = isRoot() ? ordinaryCopy(projectFolder) : undefined;
const user = copy ? 'an ordinary user' : isRoot() ? 'root: others cannot read this folder' : 'the user';
// Whoever interrupts ends the tests first, and the copy goes after them.
process.on('SIGINT', () => undefined);

/** @returns {{text: string, code: number | null}} what became of it. */
function runWith(major) {
  try {
    const node = npmNode(major);
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    console.log(`\nNode ${version}, as ${user}`);
    const { status } = spawnSync(node, ['scripts/test.mjs', ...STEPS], {
      cwd: copy?.folder ?? projectFolder,
      stdio: 'inherit',
      ...copy?.options,
    });
    return { text: `${status === 0 ? '✓' : '✗'} ${version}`, code: status };
  } catch (error) {
    return { text: `✗ ${major}: ${error.message}`, code: 1 };
  }
}

try {
  const results = [];
  for (const major of named.length > 0 ? named : MAJORS) {
    results.push(runWith(major));
    if (results.at(-1).code === INTERRUPTED) {
      break;
    }
  }
  console.log(`\nAs ${user}:\n${results.map(({ text }) => text).join('\n')}`);
  process.exitCode = results.every(({ code }) => code === 0) ? 0 : 1;
} finally {
  copy?.remove();
}
