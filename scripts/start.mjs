// npm start [-- --host]
// Builds the extension and opens it in a real VS Code on a sample workspace: in an installed one, else in one that is
// downloaded, else in the VS Code of test/host, served to the browser. --host goes for the last at once.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleWorkspace } from '../test/host/sampleWorkspace.mjs';
import { build } from './build.mjs';
import { downloadedVscode, hasDisplay, installedVscode } from './start/desktopVscode.mjs';
import { useSampleWithoutModel } from './start/sampleSettings.mjs';
import { serveVscode } from './start/servedVscode.mjs';

const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const say = (line) => console.log(`[start] ${line}`);

async function start() {
  say('building …');
  await build();
  // What is edited there stays from start to start, and the project stays clean.
  const workspace = sampleWorkspace('start', { fresh: false });
  useSampleWithoutModel(projectFolder, workspace);
  const file = path.join(workspace, 'lesson.md');
  const parameters = ['--new-window', `--extensionDevelopmentPath=${projectFolder}`, workspace, file];
  if (!process.argv.includes('--host')) {
    if (openInstalled(parameters) || (await openDownloaded(parameters))) {
      return;
    }
  }
  await serveVscode({ projectFolder, workspace, file, say });
}

function openInstalled(parameters) {
  const program = hasDisplay() ? installedVscode() : undefined;
  if (!program) {
    return false;
  }
  say(`opening ${program}`);
  // Batch files need a shell, and a shell needs quotes around paths with blanks.
  const isBatch = program.endsWith('.cmd');
  const quoted = (text) => (isBatch ? `"${text}"` : text);
  const result = spawnSync(quoted(program), parameters.map(quoted), { stdio: 'inherit', shell: isBatch });
  if (result.status !== 0) {
    say('that did not work; trying the next');
  }
  return result.status === 0;
}

async function openDownloaded(parameters) {
  if (!hasDisplay()) {
    say('no display here');
    return false;
  }
  try {
    const program = await downloadedVscode();
    if (!program) {
      say('no VS Code is installed, and its download host does not answer');
      return false;
    }
    say(`opening ${program}`);
    const userData = path.join(projectFolder, '.vscode-test/start');
    const child = spawn(program, [...parameters, `--user-data-dir=${userData}`], { stdio: 'inherit' });
    await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    return true;
  } catch (error) {
    say(`the download did not work: ${error.message}`);
    return false;
  }
}

await start();
