import os from 'node:os';
import { until } from '../fixtures/until';
import { startSession, type Session } from './session';

describe('in a virtual workspace', () => {
  let session: Session;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'planted' });
  });

  after(() => session.close());

  it('a model file is looked for on the machine, from the home folder on', async () => {
    const { page } = session.workbench;
    const address = new URL(page.url());
    // A file system that is no disk. It has no folders, of which VS Code complains, and opens the window all the same.
    address.searchParams.set('folder', 'tokenscope-lesson:/');
    await page.goto(address.href);
    await session.workbench.waitForEditor();
    const complaint = page.locator('.monaco-dialog-box', { hasText: 'Workspace does not exist' });
    await complaint.getByRole('button', { name: 'Cancel' }).click();
    await session.workbench.runCommand('Tokenscope: Use a Local Model File…');
    const input = page.locator('.quick-input-widget input[type="text"]').first();
    await until(
      () => input.inputValue().catch(() => ''),
      (value) => value.startsWith(os.homedir()),
      'a dialog that begins in the home folder',
    );
  });
});
