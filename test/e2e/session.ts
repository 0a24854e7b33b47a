import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { sampleWorkspace } from '../host/sampleWorkspace.mjs';
import { startServer, workbenchUrl, type Server } from '../host/server.mjs';
import { Workbench } from './pageObjects/workbench';

/** For each single action in the window; a busy machine takes seconds for some. */
const ACTION_LIMIT_MS = 15_000;

const VIEWPORT = { width: 1280, height: 800 };

/** What a suite of end-to-end tests works with: a server with the packaged extension, and a window. */
export interface Session {
  readonly workbench: Workbench;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** File of the sample workspace that the window opens with. */
  readonly file: string;
  /** `planted`: the full-size test checkpoint; `none`: nothing is configured and nothing is found. */
  readonly checkpoint: 'planted' | 'none';
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Starts VS Code with the packaged extension installed, on a fresh copy of the sample workspace.
 * Needs the environment variables that test/e2e/run.mjs sets.
 */
export async function startSession({ file, checkpoint, settings = {} }: SessionOptions): Promise<Session> {
  const output = path.resolve('out/e2e');
  const emptyCache = path.join(output, 'empty-cache');
  const folder = sampleWorkspace('lesson', { fresh: true });
  const server = await startServer({
    vsix: required('TOKENSCOPE_VSIX'),
    settings: {
      // A background job of its own would only disturb what is watched.
      'tokenscope.neighborGraph': 'onDemand',
      ...(checkpoint === 'planted' && { 'tokenscope.model': required('TOKENSCOPE_PLANTED_CHECKPOINT') }),
      ...settings,
    },
    // A checkpoint in the home folder of whoever runs this must not change the results.
    env: { HF_HUB_CACHE: emptyCache, HUGGINGFACE_HUB_CACHE: emptyCache, HF_HOME: emptyCache },
    logFile: path.join(output, 'server.log'),
  });
  let browser: Browser | undefined;
  try {
    browser = await launchBrowser();
    const workbench = await openWindow(browser, server, folder, file);
    return { workbench, close: () => end(browser, server) };
  } catch (error) {
    await end(browser, server);
    throw error;
  }
}

async function openWindow(
  browser: Browser,
  server: Server,
  folder: string,
  file: string,
): Promise<Workbench> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  context.setDefaultTimeout(ACTION_LIMIT_MS);
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
