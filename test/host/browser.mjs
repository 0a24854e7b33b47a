// A Chromium for tests: an installed one, or the one inside the npm package @sparticuz/chromium (Linux on x64).
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
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

/**
 * The path of a Chromium: environment variable `CHROME_PATH`, else an installed browser, else the packaged one.
 * `TOKENSCOPE_PACKAGED_CHROMIUM=1` skips the installed ones, for screenshots that are the same everywhere.
 *
 * @returns {Promise<string>}
 */
export async function browserPath() {
  if (process.env.CHROME_PATH) {
    return process.env.CHROME_PATH;
  }
  const installed = process.env.TOKENSCOPE_PACKAGED_CHROMIUM
    ? undefined
    : INSTALLED_BROWSERS.find((file) => fs.existsSync(file));
  return installed ?? (await packagedBrowserPath());
}

/** Starts the browser. Close it when done; it also ends with this process. */
export async function launchBrowser() {
  return chromium.launch({
    executablePath: await browserPath(),
    headless: true,
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
 * Unpacks the packaged Chromium. The package unpacks into `os.tmpdir()`, and brings its shared libraries and fonts along only
 * where it believes to be on AWS Lambda; both are set for the time of the call.
 */
async function packagedBrowserPath() {
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
    const executable = await packaged.executablePath();
    useFonts(folder);
    return executable;
  } finally {
    restoreEnvironment({ TMPDIR, AWS_EXECUTION_ENV });
  }
}

/** Chromium ends at the first text when it finds no font, so name some that are surely there. */
function useFonts(folder) {
  const fontFolders = [path.join(folder, 'fonts/fonts'), path.join(hostModules, 'dejavu-fonts-ttf/ttf')];
  const prefer = (family, font) =>
    `<alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  const configuration = [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    ...fontFolders.map((fontFolder) => `<dir>${fontFolder}</dir>`),
    prefer('monospace', 'DejaVu Sans Mono'),
    // Open Sans is as wide as the fonts that VS Code uses on desktops; DejaVu has the signs that it lacks.
    ...['system-ui', 'sans-serif'].map((family) => prefer(family, 'Open Sans')),
    `<cachedir>${path.join(folder, 'font-cache')}</cachedir></fontconfig>`,
  ];
  const configurationFolder = path.join(folder, 'font-configuration');
  fs.mkdirSync(configurationFolder, { recursive: true });
  fs.writeFileSync(path.join(configurationFolder, 'fonts.conf'), configuration.join('\n'));
  process.env.FONTCONFIG_PATH = configurationFolder;
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
