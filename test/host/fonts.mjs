// Fonts for all scripts that tests write, and for emoji. Test machines have Latin ones, and draw boxes for the rest.
import fs from 'node:fs';
import path from 'node:path';
import { ensureHostInstalled } from './install.mjs';
import { hostModules } from './paths.mjs';

const fontsFolder = path.join(hostModules, '.cache/fonts');
const emojiFolder = path.join(hostModules, '@expo-google-fonts/noto-color-emoji');

/** The packages `@fontsource-variable/noto-sans-…`. */
const SCRIPTS = ['arabic', 'devanagari', 'hebrew', 'jp', 'kr', 'sc', 'thai'];

/** Of each package the files with its own script. Latin text keeps the fonts, and so the widths, that it has without these. */
const OWN_SCRIPT = /^noto-sans-(\w+)-(\d+|\1)-wght-normal\.woff2$/;

/**
 * Tells a browser of the fonts: on Linux it asks fontconfig, on other systems there are fonts for all scripts anyway.
 *
 * @param {string} [latinFolder] The fonts for Latin text of a browser that is to draw the same everywhere; the fonts that are
 *   installed on the machine are then not used. Without it ours are added to those.
 * @returns {Promise<Record<string, string>>} environment variables for the browser.
 */
export async function fontEnvironment(latinFolder) {
  if (process.platform !== 'linux') {
    return {};
  }
  ensureHostInstalled();
  fs.mkdirSync(fontsFolder, { recursive: true });
  const folders = [await unpackedFonts(), emojiFolder];
  const configuration = latinFolder ? ownFonts(latinFolder, folders) : addedFonts(folders);
  const file = path.join(fontsFolder, latinFolder ? 'own.conf' : 'added.conf');
  fs.writeFileSync(file, configuration);
  return { FONTCONFIG_FILE: file };
}

/** Chromium ends at the first text when it finds no font, so some are named that are surely there. */
function ownFonts(latinFolder, folders) {
  const prefer = (family, font) =>
    `<alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  return fontConfiguration([
    ...[latinFolder, path.join(hostModules, 'dejavu-fonts-ttf/ttf'), ...folders].map(directory),
    prefer('monospace', 'DejaVu Sans Mono'),
    // Open Sans is as wide as the fonts that VS Code uses on desktops; DejaVu has the signs that it lacks.
    ...['system-ui', 'sans-serif'].map((family) => prefer(family, 'Open Sans')),
  ]);
}

function addedFonts(folders) {
  return fontConfiguration([
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    ...folders.map(directory),
  ]);
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const directory = (folder) => `<dir>${escaped(folder)}</dir>`;

function fontConfiguration(elements) {
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    ...elements,
    `<cachedir>${escaped(path.join(fontsFolder, 'cache'))}</cachedir></fontconfig>`,
  ].join('\n');
}

/** The packages hold fonts packed for web pages, which Chromium does not take from fontconfig: unpacks them, once. */
async function unpackedFonts() {
  const target = path.join(fontsFolder, 'noto');
  if (fs.existsSync(target)) {
    return target;
  }
  const { default: woff2 } = await import('wawoff2');
  const unfinished = fs.mkdtempSync(path.join(fontsFolder, 'unfinished-'));
  for (const script of SCRIPTS) {
    const folder = path.join(hostModules, `@fontsource-variable/noto-sans-${script}/files`);
    for (const name of fs.readdirSync(folder).filter((file) => OWN_SCRIPT.test(file))) {
      const font = await woff2.decompress(fs.readFileSync(path.join(folder, name)));
      fs.writeFileSync(path.join(unfinished, name.replace('.woff2', '.ttf')), font);
    }
  }
  try {
    fs.renameSync(unfinished, target);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true });
    if (!fs.existsSync(target)) {
      throw error;
    } // else another run was faster
  }
  return target;
}
