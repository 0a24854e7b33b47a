import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { pictured } from '../fixtures/pictures';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

describe('Choose Model', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'planted' });
    ({ workbench } = session);
    await workbench.runCommand('Tokenscope: Load Embeddings…');
    await workbench.statusItem('gpt2-planted').waitFor();
  });

  after(() => session.close());

  function entry(label: string): Locator {
    return workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
  }

  it('marks the file or folder in use, which comes first', async () => {
    await workbench.runCommand('Tokenscope: Choose Model…');
    await entry('gpt2-planted').waitFor();
    assert.match(await entry('gpt2-planted').innerText(), /current/);
    for (const theme of pictured(['dark', 'light', 'high-contrast'] as const)) {
      await workbench.useTheme(theme);
      await workbench.screenshot('choose-model', theme);
    }
    await workbench.useTheme('dark');
    await workbench.page.keyboard.press('Escape');
  });

  it('lists it also when another is in use, and goes back to it by a click', async () => {
    await workbench.changeSettings({ 'tokenscope.model': 'sample' });
    await workbench.runCommand('Tokenscope: Load Embeddings…');
    await workbench.statusItem('sample vectors').waitFor();
    await workbench.runCommand('Tokenscope: Choose Model…');
    await entry('gpt2-planted').waitFor();
    assert.doesNotMatch(await entry('gpt2-planted').innerText(), /current/);
    assert.match(await entry('Sample vectors').innerText(), /current/);
    // What was chosen is loaded at once.
    await entry('gpt2-planted').click();
    await workbench.statusItem('gpt2-planted').waitFor();
  });
});
