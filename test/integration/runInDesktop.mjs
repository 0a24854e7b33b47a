// The integration tests in a desktop VS Code.
import fs from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { downloadVscode } from '../host/downloadedVscode.mjs';
import { makeSocketFolder } from '../host/socketFolder.mjs';

/**
 * @param {import('./run.mjs').Plan} plan
 * @param {string} version Which VS Code to download where the environment variable VSCODE_PATH names none: 1.95.0, stable.
 * @returns {Promise<number>} 0 when all tests passed.
 */
export async function runInDesktop({ extensionFolder, testsEntry, workspace, settings, env }, version) {
  // Sockets live in the user data.
  const userData = makeSocketFolder('tokenscope-desktop-');
  fs.mkdirSync(path.join(userData, 'User'));
  fs.writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify(settings));
  const program = process.env.VSCODE_PATH;
  try {
    return await runTests({
      vscodeExecutablePath: program ? program : await downloadVscode(version),
      extensionDevelopmentPath: extensionFolder,
      extensionTestsPath: testsEntry,
      extensionTestsEnv: env,
      launchArgs: [
        workspace,
        '--disable-extensions',
        '--disable-workspace-trust',
        `--user-data-dir=${userData}`,
      ],
    });
  } catch (error) {
    console.error(error.message);
    return 1;
  } finally {
    fs.rmSync(userData, { recursive: true, force: true });
  }
}
