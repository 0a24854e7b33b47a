import fs from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { sampleWorkspace } from '../host/sampleWorkspace.mjs';
import { startServer, workbenchUrl, type Server } from '../host/server.mjs';
import { START_LIMIT_MS, WAIT_LIMIT_MS } from '../limits.mjs';
import { Workbench } from './pageObjects/workbench';

const VIEWPORT = { width: 1280, height: 800 };

/** Servers so far. */
let started = 0;

/** What runs: VS Code's server with the packaged extension installed, and a browser for its windows. */
export interface Programs {
  readonly server: Server;
  readonly browser: Browser;
  stop(): Promise<void>;
}

/** One window, with a server that may serve others before and after it. */
export interface Session {
  readonly workbench: Workbench;
  /** Of the workspace. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface ProgramOptions {
  /** `planted`: the full-size test checkpoint; `none`: nothing is configured and nothing is found. */
  readonly checkpoint: 'planted' | 'none';
  /** Of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The window opens in Restricted Mode; else every workspace is trusted. */
  readonly isRestricted?: boolean;
}

export interface SessionOptions extends ProgramOptions {
  /** File of the sample workspace that the window opens with. */
  readonly file: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The suite downloads a model, which stays in the extension's storage. */
  readonly downloads?: boolean;
  /** More files of the workspace, by their names. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the workspace's own settings say, in its `.vscode` folder. */
  readonly workspaceSettings?: Readonly<Record<string, unknown>>;
}

/** Needs the environment variables that test/e2e/run.mjs sets. */
export async function startPrograms({ env = {}, isRestricted = false }: ProgramOptions): Promise<Programs> {
  const output = path.resolve('out/e2e');
  const emptyCache = path.join(output, 'empty-cache');
  const server = await startServer({
    vsix: required('TOKENSCOPE_VSIX'),
    asksForTrust: isRestricted,
    // A checkpoint in the home folder of whoever runs this must not change the results.
    env: { HF_HUB_CACHE: emptyCache, HUGGINGFACE_HUB_CACHE: emptyCache, HF_HOME: emptyCache, ...env },
    logFile: path.join(output, `server-${++started}.log`),
  });
  try {
    const browser = await launchBrowser();
    return { server, browser, stop: () => end(browser, server) };
  } catch (error) {
    await end(undefined, server);
    throw error;
  }
}

/** Opens a window on a fresh copy of the sample workspace, with fresh settings. */
export async function openSession({ server, browser }: Programs, options: SessionOptions): Promise<Session> {
  const { file, checkpoint, settings = {}, files = {}, workspaceSettings, isRestricted } = options;
  const folder = sampleWorkspace('lesson', { fresh: true });
  for (const [name, content] of Object.entries(files)) {
    fs.writeFileSync(path.join(folder, name), content);
  }
  if (workspaceSettings) {
    fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(workspaceSettings));
  }
  // What a window before this one did not save is offered to the next one on the same folder.
  fs.rmSync(path.join(server.dataFolder, 'data/User/Backups'), { recursive: true, force: true });
  server.replaceSettings({
    // A background job of its own would only disturb what is watched.
    'tokenscope.neighborGraph': 'onDemand',
    ...(checkpoint === 'planted' && { 'tokenscope.model': required('TOKENSCOPE_PLANTED_CHECKPOINT') }),
    ...(isRestricted && { 'security.workspace.trust.startupPrompt': 'never' }),
    ...settings,
  });
  // What a window remembers is in the storage of its browser context: the next one knows nothing of it.
  const context = await browser.newContext({ viewport: VIEWPORT });
  const close = async (): Promise<void> => {
    for (const page of context.pages()) {
      // Left by its window, an extension host ends; cut off from it, it waits for it to come back.
      await page.goto('about:blank');
    }
    await context.close();
  };
  try {
    return { workbench: await openWindow(context, server, folder, file), folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openWindow(
  context: BrowserContext,
  server: Server,
  folder: string,
  file: string,
): Promise<Workbench> {
  context.setDefaultTimeout(WAIT_LIMIT_MS);
  context.setDefaultNavigationTimeout(START_LIMIT_MS);
  // Functions that tests hand to the page were compiled by tsx, which marks each with a function of this name.
  await context.addInitScript('globalThis.__name = (value) => value;');
  const page = await context.newPage();
  const workbench = new Workbench(page, server);
  await page.goto(workbenchUrl(server, { folder, file: path.join(folder, file) }));
  await workbench.waitForEditor();
  return workbench;
}

async function end(browser: Browser | undefined, server: Server): Promise<void> {
  await browser?.close();
  await server.stop();
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start these tests with "npm run test:e2e".`);
  }
  return value;
}
