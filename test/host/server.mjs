// Starts VS Code's own server, which serves the workbench to a browser and runs extensions in a Node extension host.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { START_LIMIT_MS } from '../limits.mjs';
import { ensureHostInstalled } from './install.mjs';
import { nodeBinary } from './nodeBinary.mjs';
import { vscodeFolder } from './paths.mjs';
import { prepareHost } from './prepareHost.mjs';
import { makeSocketFolder } from './socketFolder.mjs';

const STOP_LIMIT_MS = 5_000;

/** Quiet and the same every time: no welcome page, no network, no chat, no Git. */
const BASE_SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.hover.delay': 100,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // Else a reloaded window shows the file of its address alone, and forgets panels and other files.
  'window.restoreWindows': 'preserve',
  'workbench.colorTheme': 'Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/**
 * Starts a server on a free port of this machine. It is reachable only with its token, and ends with this process.
 *
 * @param {import('./server.d.mts').ServerOptions} [options]
 * @returns {Promise<import('./server.d.mts').Server>}
 * @throws {Error} when the extension cannot be installed or the server does not come up; the message ends with its log.
 */
export async function startServer(options = {}) {
  ensureHostInstalled();
  prepareHost();
  // Sockets live here: the folder cannot be deep inside the project.
  const temporaryFolder = makeSocketFolder('tokenscope-');
  try {
    return await startIn(temporaryFolder, options);
  } catch (error) {
    removeFolder(temporaryFolder);
    throw error;
  }
}

async function startIn(
  temporaryFolder,
  { settings = {}, vsix, env = {}, dataFolder, logFile, asksForTrust = false, isDriven = true },
) {
  const data = dataFolder ?? path.join(temporaryFolder, 'data');
  const log = logFile ?? path.join(temporaryFolder, 'server.log');
  const trust = asksForTrust ? {} : { 'security.workspace.trust.enabled': false };
  // A cursor that blinks has the whole window drawn anew twice a second, without a graphics card by the processor.
  const cursor = isDriven ? { 'editor.cursorBlinking': 'solid' } : {};
  const userSettings = createSettings(data, settings, { ...BASE_SETTINGS, ...trust, ...cursor }, isDriven);
  if (vsix) {
    installExtension(vsix, data);
  }
  const port = await freePort();
  const token = randomBytes(16).toString('hex');
  const environment = { ...process.env, ...env, TMPDIR: temporaryFolder };
  const tokenFile = path.join(temporaryFolder, 'connection-token');
  fs.writeFileSync(tokenFile, token, { mode: 0o600 });
  const child = spawnServer({ port, tokenFile, data, asksForTrust, isDriven }, environment, log);
  const origin = `http://127.0.0.1:${port}`;
  const stop = stopper(child, temporaryFolder);
  try {
    await untilUp(child, origin);
  } catch (error) {
    const output = fs.readFileSync(log, 'utf8').slice(-2000);
    await stop();
    throw new Error(`VS Code's server did not start: ${error.message}\n${output}`, { cause: error });
  }
  return {
    origin,
    port,
    token,
    dataFolder: data,
    updateSettings: userSettings.update,
    replaceSettings: userSettings.replace,
    stop,
  };
}

/**
 * The address of a workbench window.
 *
 * @param {Pick<import('./server.d.mts').Server, 'origin' | 'port' | 'token'>} server
 * @param {import('./server.d.mts').WindowOptions} options
 */
export function workbenchUrl(
  { origin, port, token },
  { folder, file, address, extensionFolder, testsEntry },
) {
  const remote = (target) => `vscode-remote://127.0.0.1:${port}${pathToFileURL(target).pathname}`;
  const payload = [['skipWelcome', 'true']];
  if (extensionFolder) {
    payload.push(['extensionDevelopmentPath', remote(extensionFolder)]);
  }
  if (testsEntry) {
    payload.push(['extensionTestsPath', remote(testsEntry)]);
  }
  if (address ?? file) {
    payload.push(['openFile', address ?? remote(file)]);
  }
  const query = new URLSearchParams({
    tkn: token,
    folder: decodeURIComponent(pathToFileURL(folder).pathname),
    payload: JSON.stringify(payload),
  });
  return `${origin}/?${query}`;
}

/**
 * Writes the user settings, and those of the remote machine as far as they differ from the base: a window takes settings of
 * the scope `machine` from the latter alone, and while it is open it notices only changes of the latter. What people have chosen in
 * a window before stays.
 */
function createSettings(data, settings, base, isDriven) {
  const [userFile, machineFile] = ['User', 'Machine'].map((folder) =>
    path.join(data, 'data', folder, 'settings.json'),
  );
  let current = settings;
  const write = (file, content) => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify(content, undefined, 2));
  };
  if (!fs.existsSync(userFile)) {
    write(userFile, { ...base, ...settings });
  }
  if (isDriven || !fs.existsSync(machineFile)) {
    write(machineFile, settings);
  }
  const replace = (replacing) => {
    current = replacing;
    write(userFile, { ...base, ...current });
    write(machineFile, current);
  };
  return { replace, update: (changes) => replace({ ...current, ...changes }) };
}

function serverScript() {
  return path.join(vscodeFolder, 'out/server-main.js');
}

function installExtension(vsix, data) {
  const options = ['--install-extension', path.resolve(vsix), '--server-data-dir', data];
  const result = spawnSync(nodeBinary(), [serverScript(), ...options, '--accept-server-license-terms'], {
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    throw new Error(`Installing ${vsix} failed: ${result.stdout}${result.stderr}`);
  }
}

/** The token goes by a file that its owner alone can read: parameters are seen by every user of the machine. */
function spawnServer({ port, tokenFile, data, asksForTrust, isDriven }, environment, log) {
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const output = fs.openSync(log, 'w');
  const parameters = [
    ...['--host', '127.0.0.1', '--port', String(port), '--connection-token-file', tokenFile],
    ...['--server-data-dir', data, '--accept-server-license-terms', '--telemetry-level', 'off'],
    ...(asksForTrust ? [] : ['--disable-workspace-trust']),
    '--disable-getting-started-override',
    // Without it no extension runs from its source folder; with it no notification comes up by itself.
    ...(isDriven ? ['--enable-smoke-test-driver'] : []),
  ];
  // A process group of its own, so that its extension hosts and terminals can be ended with it.
  const child = spawn(nodeBinary(), [serverScript(), ...parameters], {
    env: { ...environment, VSCODE_IPC_HOOK_CLI: '', XDG_RUNTIME_DIR: '', EXTENSIONS_GALLERY: '{}' },
    detached: process.platform !== 'win32',
    stdio: ['ignore', output, output],
  });
  fs.closeSync(output);
  return child;
}

/** Makes the function that ends the server and everything it started, and makes sure that it does not outlive us. */
function stopper(child, temporaryFolder) {
  const kill = () => {
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  };
  const onSignal = (signal) => {
    kill();
    process.kill(process.pid, signal); // our listener is gone by now: the signal does what it would have done
  };
  process.once('exit', kill);
  process.once('SIGTERM', onSignal);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  return async () => {
    child.kill('SIGTERM');
    await Promise.race([gone, delay(STOP_LIMIT_MS, undefined, { ref: false })]);
    kill();
    process.off('exit', kill);
    process.off('SIGTERM', onSignal);
    await gone;
    removeFolder(temporaryFolder);
  };
}

/** Retries: files of programs that are just ending may still come. */
function removeFolder(folder) {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilUp(child, origin) {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) {
      throw new Error(`it ended with exit code ${child.exitCode}`);
    }
    const isUp = await fetch(`${origin}/version`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) {
      return;
    }
    await delay(100);
  }
  throw new Error(`no answer within ${START_LIMIT_MS / 1000} s`);
}
