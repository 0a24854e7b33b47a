// The integration tests in the VS Code of test/host, with a headless browser as its window.
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { launchBrowser } from '../host/browser.mjs';
import { projectFolder } from '../host/paths.mjs';
import { startServer, workbenchUrl } from '../host/server.mjs';

/** Less than the limit of the test run's step, so that there is time for a picture of what hangs. */
const LIMIT_MS = 480_000;

/**
 * @param {import('./run.mjs').Plan} plan
 * @returns {Promise<number>} 0 when all tests passed.
 */
export async function runInHost({ extensionFolder, testsEntry, workspace, settings, env }) {
  const output = path.join(projectFolder, 'out/integration');
  fs.mkdirSync(output, { recursive: true });
  fs.rmSync(path.join(output, 'window.log'), { force: true });
  const server = await startServer({ settings, env, logFile: path.join(output, 'server.log') });
  let browser;
  try {
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const ended = reportedEnd(page, path.join(output, 'window.log'));
    await page.goto(workbenchUrl(server, { folder: workspace, extensionFolder, testsEntry }));
    let timer;
    const limit = new Promise((resolve) => (timer = setTimeout(resolve, LIMIT_MS)));
    const code = await Promise.race([ended, limit]);
    clearTimeout(timer);
    if (code === undefined) {
      await page.screenshot({ path: path.join(output, 'hangs.png') });
      console.error(`The tests did not end within ${LIMIT_MS / 1000} s; see out/integration/hangs.png.`);
    }
    return code ?? 1;
  } finally {
    await browser?.close();
    await server.stop();
  }
}

/** Marks the lines of the test report among all that a window prints; see index.ts. */
const REPORT_MARK = '[test] ';

/** VS Code calls these two functions of the window with what is printed there and with the exit code of the tests. */
async function exposeAutomation(page, windowLog, onExit) {
  await page.exposeFunction('codeAutomationLog', (_type, values) => {
    const line = format(...values);
    if (line.startsWith(REPORT_MARK)) {
      console.log(line.slice(REPORT_MARK.length));
    } else {
      fs.appendFileSync(windowLog, `${line}\n`);
    }
  });
  await page.exposeFunction('codeAutomationExit', onExit);
}

function reportedEnd(page, windowLog) {
  return new Promise((resolve, reject) => {
    page.on('pageerror', (error) => console.error('[window]', error.message));
    page.on('crash', () => reject(new Error('The window crashed.')));
    exposeAutomation(page, windowLog, resolve).catch(reject);
  });
}
