import assert from 'node:assert/strict';
import { GPT2_SMALL } from '../../src/model/hub/knownModels';
import { ensureVerifiableCheckpoint } from '../fixtures/checkpoints/verifiableCheckpoint';
import { HubServer } from '../fixtures/hub/hubServer';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

const LESSON = ['Mike 1.000', ' Mike 0.857', 'Michael 0.685', 'Chris 0.647', 'Jim 0.640'];

describe('from nothing to a downloaded model, against a local hub', () => {
  let hub: HubServer;
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    const checkpoint = await ensureVerifiableCheckpoint();
    hub = await HubServer.start({
      [GPT2_SMALL.repository]: {
        commits: { [GPT2_SMALL.revision]: { files: { 'model.safetensors': checkpoint } } },
        refs: { main: GPT2_SMALL.revision },
      },
      'org/typed': {
        commits: { [GPT2_SMALL.revision]: { files: { 'model.safetensors': checkpoint } } },
        refs: { main: GPT2_SMALL.revision },
      },
    });
    session = await startSession({
      file: 'lesson.md',
      checkpoint: 'none',
      downloads: true,
      settings: { 'tokenscope.hubEndpoint': hub.endpoint },
    });
    ({ workbench } = session);
  });

  after(async () => {
    // Both may be missing when the start has failed.
    await (session as Session | undefined)?.close();
    await (hub as HubServer | undefined)?.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed-download', 'dark');
    }
  });

  it('asks, and fetches nothing before the answer', async () => {
    await workbench.hoverWord('banana', 'ban');
    await workbench.leaveHover();
    await workbench.clickWord('Mike');
    await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
    await workbench.inspector.frame.getByRole('button', { name: 'Download', exact: true }).waitFor();
    assert.equal(hub.requests.length, 0);
  });

  it('shows how far the download is, and can be canceled', async () => {
    const { frame } = workbench.inspector;
    hub.fault({ at: 'content', fault: { kind: 'drip', bytes: 64_000, milliseconds: 20 } });
    await frame.getByRole('button', { name: 'Download', exact: true }).click();
    await frame.getByRole('progressbar').waitFor();
    await frame.getByText(/ of 154\.4\sMB/).waitFor();
    await workbench.statusItem(/GPT-2 \(124M\) [1-9]\d* %/).waitFor();
    await workbench.screenshot('downloading', 'dark');
    await workbench.useTheme('light');
    await workbench.screenshot('downloading', 'light');
    await workbench.useTheme('dark');
    await workbench.statusItem(/GPT-2 \(124M\) \d+ %/).waitFor();
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await frame.getByRole('button', { name: 'Load Embeddings' }).waitFor();
  });

  it('says what a server does wrong, and what was kept', async () => {
    const { frame } = workbench.inspector;
    hub.clearFaults();
    hub.fault({
      at: 'hub',
      fault: { kind: 'status', status: 401, headers: { 'x-error-code': 'GatedRepo' } },
    });
    await frame.getByRole('button', { name: 'Load Embeddings' }).click();
    await frame
      .getByText(/it is gated/)
      .first()
      .waitFor();
    await workbench.screenshot('download-failed', 'dark');
  });

  it('goes on where it stopped, checks what arrived, and shows the neighbors', async () => {
    const { inspector } = workbench;
    hub.clearFaults();
    const before = new Set(hub.rangesOf('model.safetensors').map(({ first }) => first));
    assert.ok(before.size > 0);
    await inspector.frame.getByRole('button', { name: 'Try Again' }).click();
    await inspector.waitForNeighborsOf('Mike');
    const neighbors = await inspector.neighbors();
    assert.deepEqual(
      neighbors.slice(0, LESSON.length).map(({ token, score }) => `${token} ${score}`),
      LESSON,
    );
    await inspector.frame.getByText('verified').first().waitFor();
    await workbench.screenshot('downloaded', 'dark');
  });

  it('needs no request after a reload of the window', async () => {
    const requests = hub.requests.length;
    await workbench.reload();
    await workbench.inspector.waitForNeighborsOf('Mike');
    assert.equal(hub.requests.length, requests);
  });

  it('lists in Choose Model where each model is', async () => {
    await workbench.runCommand('Tokenscope: Choose Model…');
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'GPT-2 (124M)' }).filter({ hasText: 'verified' }).first().waitFor();
    await rows.filter({ hasText: 'GPT-2 XL' }).filter({ hasText: 'download 322 MB' }).first().waitFor();
    await workbench.screenshot('choose-model', 'dark');
    await workbench.page.keyboard.press('Escape');
  });

  it('asks with the sizes before it fetches a repository that was typed', async () => {
    const { page } = workbench;
    await workbench.runCommand('Tokenscope: Choose Model…');
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Repository of the' })
      .first()
      .click();
    const input = page.locator('.quick-input-widget:visible input.input').first();
    await input.fill('org/typed');
    await input.press('Enter');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Download 154 MB of the 548 MB file?').waitFor();
    await workbench.screenshot('typed-repository', 'dark');
    const asked = hub.requests.filter(({ url }) => url.includes('org/typed'));
    assert.ok(asked.length > 0);
    assert.ok(
      asked.every(({ range }) => range === undefined || range.last < 1_000_000),
      'only the header',
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('shows what is stored, and deletes it', async () => {
    await workbench.runCommand('Tokenscope: Clear Downloaded Model Files…');
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', {
      hasText: GPT2_SMALL.repository,
    });
    await row.first().waitFor();
    await workbench.screenshot('stored-models', 'dark');
    await row.first().click();
    await workbench.page.keyboard.press('Enter');
    await workbench.inspector.frame.getByRole('button', { name: 'Download', exact: true }).waitFor();
  });

  it('begins at once where no inspector is open, as the status bar tells', async () => {
    hub.fault({ at: 'content', fault: { kind: 'drip', bytes: 64_000, milliseconds: 20 } });
    await workbench.runCommand('View: Close All Editors');
    await workbench.pickCommand('Tokenscope: Download Model');
    await workbench.page
      .locator('.monaco-dialog-box')
      .getByRole('button', { name: 'Download', exact: true })
      .click();
    await workbench.statusItem(/GPT-2 \(124M\) [1-9]\d* %/).waitFor();
    await workbench.screenshot('downloading-without-inspector', 'dark');
  });
});
