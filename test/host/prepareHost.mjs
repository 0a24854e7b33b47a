// Gives code-server's VS Code the packages that it needs at run time.
//
// Its own install step would compile native modules and bring 400 MB. What a workbench and an extension host really load are
// the dependencies in package.json beside this file, linked to where VS Code looks for them, and three small replacements.
import fs from 'node:fs';
import path from 'node:path';
import { hostFolder, hostModules, projectFolder, vscodeFolder } from './paths.mjs';

/** What is not for VS Code: itself, and the browser with its fonts. */
const OWN_PACKAGES = /^(code-server|@sparticuz\/chromium|dejavu-fonts-ttf|wawoff2)$|\/noto-/;

const REPLACEMENTS = {
  '@vscode/spdlog': 'spdlog.cjs',
  '@vscode/native-watchdog': 'nativeWatchdog.cjs',
  '@vscode/fs-copyfile': 'fsCopyfile.cjs',
};

/** Links and copies what is missing. Call after the packages are installed; safe to call before each start. */
export function prepareHost() {
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(hostFolder, 'package.json'), 'utf8'));
  const target = path.join(vscodeFolder, 'node_modules');
  for (const name of Object.keys(dependencies).filter((dependency) => !OWN_PACKAGES.test(dependency))) {
    linkFolder(path.join(hostModules, name), path.join(target, name));
  }
  for (const [name, file] of Object.entries(REPLACEMENTS)) {
    const folder = path.join(target, name);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ name, version: '0.0.0', main: 'index.js' }),
    );
    fs.copyFileSync(path.join(hostFolder, 'replacements', file), path.join(folder, 'index.js'));
  }
  // The built-in TypeScript extension looks for its compiler here.
  linkFolder(
    path.join(projectFolder, 'node_modules/typescript'),
    path.join(vscodeFolder, 'extensions/node_modules/typescript'),
  );
}

function linkFolder(from, to) {
  if (fs.existsSync(to)) {
    return;
  }
  if (!fs.existsSync(from)) {
    throw new Error(`${from} is missing: install the packages again (npm ci).`);
  }
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.rmSync(to, { force: true }); // a link whose target is gone
  fs.symlinkSync(path.relative(path.dirname(to), from), to, 'junction');
}
