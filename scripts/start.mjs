// npm start [-- --host]
// Builds the extension and opens it in a real VS Code on a sample workspace: in an installed one, else in one that is
// downloaded, else in the VS Code of test/host, served to the browser. --host goes for the last at once.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleWorkspace, sampleWorkspaceFolder } from '../test/host/sampleWorkspace.mjs';
import { build } from './build.mjs';
import { downloadedVscode, hasDisplay, installedVscode } from './start/desktopVscode.mjs';
import { firstSettings, writeUserSettings, writeWorkspaceSettings } from './start/sampleSettings.mjs';
import { serveVscode } from './start/servedVscode.mjs';

const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const say = (line) => console.log(`[start] ${line}`);

async function start() {
  say('building …');
  // What is edited there stays from start to start, and the project stays clean.
  // The lesson comes from the extension: a file of its name would be another one.
  const isFirst = !fs.existsSync(sampleWorkspaceFolder('start'));
  const workspace = sampleWorkspace('start', { fresh: false, without: ['lesson.md'] });
  const settings = firstSettings(projectFolder);
  const env = { TOKENSCOPE_LESSON_FOLDER: workspace };
  if (!process.argv.includes('--host')) {
    await build();
    writeWorkspaceSettings(workspace, settings);
    // A file wakes the extension, which opens the lesson in the first window; later ones show what was open.
    const files = isFirst ? [path.join(workspace, 'similarity.ts')] : [];
    const parameters = ['--new-window', `--extensionDevelopmentPath=${projectFolder}`, workspace, ...files];
    Object.assign(process.env, env);
    if (openInstalled(parameters) || (await openDownloaded(parameters, settings))) {
      return;
    }
  }
  await serveVscode({ projectFolder, workspace, settings, env, say });
}

function openInstalled(parameters) {
  const program = hasDisplay() ? installedVscode() : undefined;
  if (!program) {
    return false;
  }
  say(`opening ${program}`);
  const result = program.endsWith('.cmd')
    ? // Batch files need a shell, and a shell needs quotes around paths with blanks.
      spawnSync([program, ...parameters].map((text) => `"${text}"`).join(' '), {
        stdio: 'inherit',
        shell: true,
      })
    : spawnSync(program, parameters, { stdio: 'inherit' });
  if (result.status !== 0) {
    say('that did not work; trying the next');
  }
  return result.status === 0;
}

async function openDownloaded(parameters, settings) {
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
    writeUserSettings(userData, settings);
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
