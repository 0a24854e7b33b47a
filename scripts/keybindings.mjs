// node scripts/keybindings.mjs
// Writes test/fixtures/defaultKeybindings.json: the keys that the VS Code of test/host binds by default on each system. It is asked
// itself, in a window that says to run there: a browser's keys are chosen by its user agent.
import fs from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../test/host/browser.mjs';
import { projectFolder, vscodeFolder } from '../test/host/paths.mjs';
import { startServer, workbenchUrl } from '../test/host/server.mjs';
import { START_LIMIT_MS } from '../test/limits.mjs';

const target = path.join(projectFolder, 'test/fixtures/defaultKeybindings.json');
const folder = path.join(projectFolder, 'out/keybindings');
const readFile = path.join(folder, 'read.json');

const USER_AGENTS = {
  linux: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  windows: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
};

/** An extension, and what VS Code takes for its tests: it reads the document that Open Default Keyboard Shortcuts shows. */
const READER = `
const fs = require('node:fs');
const vscode = require('vscode');
exports.run = async () => {
  const address = vscode.Uri.parse('vscode://defaultsettings/keybindings.json');
  const text = (await vscode.workspace.openTextDocument(address)).getText();
  // Comments are whole lines.
  fs.writeFileSync(${JSON.stringify(readFile)}, text.replace(/^\\s*\\/\\/.*$/gm, ''));
};
`;

function writeReader() {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'keybindings',
    publisher: 'tokenscope',
    version: '0.0.1',
    engines: { vscode: '*' },
  };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  fs.writeFileSync(path.join(folder, 'reader.js'), READER);
}

/** @returns {Promise<string[]>} */
async function readKeybindings(browser, server, userAgent) {
  const context = await browser.newContext({ userAgent });
  context.setDefaultNavigationTimeout(START_LIMIT_MS);
  const page = await context.newPage();
  const ended = new Promise((resolve) => {
    void page.exposeFunction('codeAutomationLog', () => {});
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  await page.goto(
    workbenchUrl(server, { folder, extensionFolder: folder, testsEntry: path.join(folder, 'reader.js') }),
  );
  if ((await ended) !== 0) {
    throw new Error('The default keybindings could not be read.');
  }
  await context.close();
  return [...new Set(JSON.parse(fs.readFileSync(readFile, 'utf8')).map(({ key }) => key))].sort();
}

writeReader();
const browser = await launchBrowser();
let server;
try {
  server = await startServer({ logFile: path.join(folder, 'server.log') });
  const systems = {};
  for (const [system, userAgent] of Object.entries(USER_AGENTS)) {
    systems[system] = await readKeybindings(browser, server, userAgent);
    console.log(`${system}: ${systems[system].length} keys`);
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(vscodeFolder, 'package.json'), 'utf8'));
  const origin = `VS Code ${version} of test/host, by scripts/keybindings.mjs`;
  fs.writeFileSync(target, `${JSON.stringify({ origin, ...systems }, undefined, 2)}\n`);
} finally {
  await browser.close();
  await server?.stop();
}
