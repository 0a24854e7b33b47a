// The integration tests in the VS Code of test/host, with a headless browser as its window.
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { watchSilence } from '../../scripts/test/silenceWatch.mjs';
import { launchBrowser } from '../host/browser.mjs';
import { projectFolder } from '../host/paths.mjs';
import { startServer, workbenchUrl } from '../host/server.mjs';
import { REPORT_SILENCE_MS, START_LIMIT_MS } from '../limits.mjs';

/**
 * @param {import('./run.mjs').Plan & {output?: string}} plan `output` is the folder for logs and pictures.
 * @returns {Promise<number>} 0 when all tests passed.
 */
export async function runInHost({
  output = path.join(projectFolder, 'out/integration'),
  extensionFolder,
  testsEntry,
  workspace,
  settings,
  env,
}) {
  fs.mkdirSync(output, { recursive: true });
  fs.rmSync(path.join(output, 'window.log'), { force: true });
  const server = await startServer({ settings, env, logFile: path.join(output, 'server.log') });
  const report = watchReport();
  let browser;
  try {
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultNavigationTimeout(START_LIMIT_MS);
    const page = await context.newPage();
    const ended = reportedEnd(page, report, path.join(output, 'window.log'));
    await page.goto(workbenchUrl(server, { folder: workspace, extensionFolder, testsEntry }));
    const code = await Promise.race([ended, report.fellSilent]);
    if (code === undefined) {
      await page.screenshot({ path: path.join(output, 'hangs.png') });
      console.error(
        `No test ended for ${REPORT_SILENCE_MS / 1000} s; see ${path.join(output, 'hangs.png')}.`,
      );
    }
    return code ?? 1;
  } finally {
    report.stop();
    await browser?.close();
    await server.stop();
  }
}

/** Marks the lines of the test report among all that a window prints; see reportMark.ts. */
const REPORT_MARK = '[test] ';

/** Tells when the report ends without an end: sooner than the test run does, so that there is time for a picture of what hangs. */
function watchReport() {
  let fallSilent;
  const fellSilent = new Promise((resolve) => (fallSilent = resolve));
  const limits = { stillMs: REPORT_SILENCE_MS, silentMs: REPORT_SILENCE_MS };
  const { heard, stop } = watchSilence({ limits, onSilence: () => fallSilent(undefined) });
  return { heard, stop, fellSilent };
}

/** VS Code calls these two functions of the window with what is printed there and with the exit code of the tests. */
async function exposeAutomation(page, report, windowLog, onExit) {
  await page.exposeFunction('codeAutomationLog', (_type, values) => {
    const line = format(...values);
    if (line.startsWith(REPORT_MARK)) {
      report.heard();
      console.log(line.slice(REPORT_MARK.length));
    } else {
      fs.appendFileSync(windowLog, `${line}\n`);
    }
  });
  await page.exposeFunction('codeAutomationExit', onExit);
}

function reportedEnd(page, report, windowLog) {
  return new Promise((resolve, reject) => {
    page.on('pageerror', (error) => console.error('[window]', error.message));
    page.on('crash', () => reject(new Error('The window crashed.')));
    exposeAutomation(page, report, windowLog, resolve).catch(reject);
  });
}
