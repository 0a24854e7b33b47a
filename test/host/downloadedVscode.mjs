// A desktop VS Code that is downloaded into .vscode-test/.
import fs from 'node:fs';
import path from 'node:path';

/**
 * Downloads a VS Code, unless it is there already.
 *
 * @param {string} version 1.95.0, stable, insiders.
 * @returns {Promise<string>} its program.
 */
export async function downloadVscode(version) {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  return programOfBundle(await downloadAndUnzipVSCode(version));
}

/**
 * The program of a macOS bundle. Until 1.130 it was `Electron`, as @vscode/test-electron 2 says for all; 3 reads the name from the
 * bundle, and needs Node 22.
 *
 * @param {string} said Where it is said to be.
 * @returns {string} where it is; `said`, where that is a file, or where there is no bundle that says otherwise.
 */
export function programOfBundle(said) {
  const contents = path.resolve(said, '../..');
  const list = path.join(contents, 'Info.plist');
  if (fs.existsSync(said) || !fs.existsSync(list)) {
    return said;
  }
  const name = /<key>CFBundleExecutable<\/key>\s*<string>([^<]+)<\/string>/.exec(
    fs.readFileSync(list, 'utf8'),
  )?.[1];
  return name === undefined ? said : path.join(contents, 'MacOS', path.basename(name));
}
