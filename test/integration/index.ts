import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { TEST_LIMIT_MS } from '../limits.mjs';
import { REPORT_MARK } from './reportMark';

/**
 * Called by VS Code in its extension host: runs every bundled test file beside this one.
 *
 * @throws {Error} when a test fails, which gives the window a non-zero exit code.
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const { TOKENSCOPE_TEST_REPORTER: reporter = 'spec', TOKENSCOPE_TEST_GREP: grep } = process.env;
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => console.log(REPORT_MARK + format(...values));
  const mocha = new Mocha({ timeout: TEST_LIMIT_MS, reporter, color: false });
  if (grep) {
    mocha.grep(grep);
  }
  for (const name of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.test.js')) {
      mocha.addFile(path.join(__dirname, name));
    }
  }
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => {
      if (failures > 0) {
        reject(new Error(`${failures} tests failed`));
      } else {
        resolve();
      }
    });
  });
}
