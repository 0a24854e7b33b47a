// A Chromium for tests: an installed one, or the one inside the npm package @sparticuz/chromium (Linux on x64). On Linux with fonts
// for all scripts that tests write.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { START_LIMIT_MS } from '../limits.mjs';
import { fontEnvironment } from './fonts.mjs';
import { ensureHostInstalled } from './install.mjs';
import { hostModules } from './paths.mjs';

const INSTALLED_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
];

/** Starts the browser. Close it when done; it also ends with this process. */
export async function launchBrowser() {
  const { executablePath, latinFolder } = await findBrowser();
  const fonts = await fontEnvironment(latinFolder);
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...fonts },
    headless: true,
    timeout: START_LIMIT_MS,
    args: [
      '--no-sandbox', // containers lack the kernel feature, and only our own pages are opened
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-gpu',
    ],
  });
}

/**
 * Environment variable `CHROME_PATH`, else an installed browser, else the packaged one. `TOKENSCOPE_PACKAGED_CHROMIUM=1` skips the
 * installed ones, for screenshots that are the same everywhere.
 *
 * @returns {Promise<{executablePath: string, latinFolder?: string}>} The packaged one comes with fonts for Latin text.
 */
async function findBrowser() {
  if (process.env.CHROME_PATH) {
    return { executablePath: process.env.CHROME_PATH };
  }
  const installed = process.env.TOKENSCOPE_PACKAGED_CHROMIUM
    ? undefined
    : INSTALLED_BROWSERS.find((file) => fs.existsSync(file));
  return installed ? { executablePath: installed } : packagedBrowser();
}

/**
 * Unpacks the packaged Chromium. The package unpacks into `os.tmpdir()`, and brings its shared libraries and fonts along only
 * where it believes to be on AWS Lambda; both are set for the time of the call.
 */
async function packagedBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium found: install one, or name it in the environment variable CHROME_PATH.');
  }
  ensureHostInstalled();
  const folder = path.join(hostModules, '.cache/chromium');
  fs.mkdirSync(folder, { recursive: true });
  const { TMPDIR, AWS_EXECUTION_ENV } = process.env;
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    const executablePath = await packaged.executablePath();
    return { executablePath, latinFolder: path.join(folder, 'fonts/fonts') };
  } finally {
    restoreEnvironment({ TMPDIR, AWS_EXECUTION_ENV });
  }
}

function restoreEnvironment(variables) {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) {
      delete process.env[name];
    } else {
      process.env[name] = value;
    }
  }
}
