import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { pictured } from '../fixtures/pictures';
import { GPT2_SMALL } from '../../src/model/hub/knownModels';
import { ensureVerifiableCheckpoint } from '../fixtures/checkpoints/verifiableCheckpoint';
import { HubServer } from '../fixtures/hub/hubServer';
import { inGrowingTime } from './pageObjects/inGrowingTime';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

const TOKEN = 'hf_5ecret';
const SHOWN = [`Bearer ${TOKEN}`];

describe('a server that a workspace names', () => {
  let hub: HubServer;
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    const files = { 'model.safetensors': await ensureVerifiableCheckpoint() };
    const repository = {
      commits: { [GPT2_SMALL.revision]: { files } },
      refs: { main: GPT2_SMALL.revision },
    };
    hub = await HubServer.start({ [GPT2_SMALL.repository]: repository, 'org/typed': repository });
    session = await startSession({
      file: 'lesson.md',
      checkpoint: 'none',
      workspaceSettings: { 'tokenscope.hubEndpoint': hub.endpoint },
      env: { HF_TOKEN: TOKEN, HF_ENDPOINT: '' },
      isRestricted: true,
    });
    ({ workbench } = session);
  });

  after(async () => {
    // Both may be missing when the start has failed.
    await (session as Session | undefined)?.close();
    await (hub as HubServer | undefined)?.close();
  });

  const dialog = (): Locator => workbench.page.locator('.monaco-dialog-box');
  const picks = (text: string): Locator =>
    workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();

  /** What stands on the screen, in the themes that differ most. */
  const pictures = async (name: string): Promise<void> => {
    for (const theme of [...pictured(['dark', 'light', 'high-contrast'] as const)].reverse()) {
      await workbench.useTheme(theme);
      await workbench.screenshot(name, theme);
    }
  };

  /** Closes the dialog by one of its buttons. */
  const answer = async (button: string): Promise<void> => {
    await dialog().getByRole('button', { name: button, exact: true }).click();
  };

  /** Choose Model…, Repository of the Hugging Face hub…, and a name. */
  const nameRepository = async (): Promise<void> => {
    // A list closes when the keyboard goes elsewhere, as with notifications that are only now being cleared.
    const isPicked = await inGrowingTime(async (timeout) => {
      await workbench.runCommand('Tokenscope: Choose Model…');
      await picks('Repository of the').click({ timeout });
    });
    assert.ok(isPicked, 'the list of models');
    const input = workbench.page.locator('.quick-input-widget:visible input.input').first();
    await workbench.page.getByText('is asked for its sizes').waitFor();
    await input.fill('org/typed');
    await input.press('Enter');
  };

  it('is none while the workspace is not trusted: the hub is, and gets the token of the user', async () => {
    const { frame } = workbench.inspector;
    await workbench.clickWord('Mike');
    await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
    await frame.getByText('openai-community/gpt2 on huggingface.co').waitFor();
    await frame.getByText('Your Hugging Face token is sent to huggingface.co.').waitFor();
    assert.equal(hub.requests.length, 0);
  });

  it('is named by the question of a trusted workspace, and gets no token', async () => {
    const { frame } = workbench.inspector;
    await workbench.statusItem('Restricted Mode').click();
    await workbench.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    await workbench.page.getByText('You trust this folder').waitFor();
    await workbench.page.getByRole('button', { name: /Close Modal Editor/ }).click();
    await frame.getByText(`openai-community/gpt2 on ${hub.endpoint}`).waitFor();
    await frame.getByText('Nothing else is sent or fetched.').waitFor();
    assert.equal(await frame.getByText('token is sent').count(), 0);
    await workbench.screenshot('workspace-server', 'dark');
    assert.equal(hub.requests.length, 0);
  });

  it('is not asked for anything because somebody runs the command Download Model', async () => {
    await workbench.pickCommand('Tokenscope: Download Model');
    await dialog().getByText(`from openai-community/gpt2 on ${hub.endpoint}`).waitFor();
    await dialog().getByText('Nothing else is sent or fetched.').waitFor();
    await pictures('download-command');
    await answer('Cancel');
    await dialog().waitFor({ state: 'detached' });
    assert.equal(hub.requests.length, 0);
  });

  it('gets no token when a repository is named, nor with the question that follows', async () => {
    await nameRepository();
    await dialog().getByText('Download 154 MB of the 548 MB file?').waitFor();
    await dialog().getByText(`from org/typed at 607a30d on ${hub.endpoint}.`).waitFor();
    await dialog().getByText('Also its tokenizer.json. Nothing else is sent or fetched.').waitFor();
    await pictures('download-of-server');
    await answer('Cancel');
    await dialog().waitFor({ state: 'detached' });
    assert.ok(hub.requests.length > 0);
    assert.deepEqual(hub.authorizations, []);
  });

  it('gets no token with a download, nor when that goes on after it was canceled', async () => {
    const { frame } = workbench.inspector;
    hub.fault({ at: 'content', fault: { kind: 'drip', bytes: 64_000, milliseconds: 20 } });
    await frame.getByRole('button', { name: 'Download', exact: true }).click();
    await frame.getByText(/ of 154\.4\sMB/).waitFor();
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await frame.getByRole('button', { name: 'Load Embeddings' }).waitFor();
    hub.clearFaults();
    await frame.getByRole('button', { name: 'Load Embeddings' }).click();
    await workbench.inspector.waitForNeighborsOf('Mike');
    assert.ok(hub.rangesOf('model.safetensors').length > 10);
    assert.deepEqual(hub.authorizations, []);
  });

  it('is named beside what it has sent, in the footer and in Choose Model', async () => {
    await workbench.inspector.frame.locator('.footer').getByText(`from ${hub.endpoint}`).waitFor();
    await workbench.runCommand('Tokenscope: Choose Model…');
    await picks('GPT-2 (124M)')
      .filter({ hasText: `downloaded · from ${hub.endpoint}` })
      .waitFor();
    await picks('GPT-2 XL')
      .filter({ hasText: `download 322 MB · from ${hub.endpoint}` })
      .waitFor();
    await workbench.screenshot('choose-model-of-server', 'dark');
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('Tokenscope: Clear Downloaded Model Files…');
    await picks(GPT2_SMALL.repository)
      .filter({ hasText: `from ${hub.endpoint}` })
      .waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('that asks who the user is gets the token from a yes on, and not before', async () => {
    hub.requiredToken = TOKEN;
    await nameRepository();
    await dialog().getByText(`Send your Hugging Face token to ${hub.endpoint}?`).waitFor();
    await pictures('send-token');
    await answer('Cancel');
    await workbench.waitForNotification(/Your access token was not sent/);
    assert.deepEqual(hub.authorizations, []);
    await workbench.dismissNotifications();

    await nameRepository();
    await dialog().getByText('Send your Hugging Face token').waitFor();
    assert.deepEqual(hub.authorizations, []);
    await answer('Send Token');
    await dialog().getByText(`Your Hugging Face token is sent to ${hub.endpoint}.`).waitFor();
    await answer('Cancel');
    await dialog().waitFor({ state: 'detached' });
    assert.deepEqual(hub.authorizations, SHOWN);
    assert.ok(hub.requests.every(({ at, headers }) => at === 'hub' || headers.authorization === undefined));
  });

  it('gets it no more when the user takes the yes back', async () => {
    await workbench.runCommand('Tokenscope: Set Hugging Face Token…');
    await picks(`Do not send it to ${hub.endpoint} any more`).click();
    hub.requests.length = 0;
    await nameRepository();
    await dialog().getByText('Send your Hugging Face token').waitFor();
    await answer('Cancel');
    await dialog().waitFor({ state: 'detached' });
    assert.ok(hub.requests.length > 0);
    assert.deepEqual(hub.authorizations, []);
  });

  it('has sent nothing that the hub is taken to have', async () => {
    hub.requests.length = 0;
    fs.writeFileSync(path.join(session.folder, '.vscode/settings.json'), '{}');
    const { frame } = workbench.inspector;
    await frame.getByText('openai-community/gpt2 on huggingface.co').waitFor();
    assert.equal(hub.requests.length, 0);
  });
});
