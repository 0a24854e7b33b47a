import assert from 'node:assert/strict';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

describe('with no model at hand', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'none' });
    ({ workbench } = session);
  });

  after(() => session.close());

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed-without-model', 'dark');
    }
  });

  it('asks what to do: what would be fetched, from where, and how much', async () => {
    await workbench.clickWord('Mike');
    await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
    const { frame } = workbench.inspector;
    await frame.getByRole('button', { name: 'Download', exact: true }).waitFor();
    await frame.getByText('openai-community/gpt2 on huggingface.co').waitFor();
    await frame.getByText(/154(\.4)?\sMB of the 548(\.1)?\sMB file/).waitFor();
    await workbench.screenshot('undecided', 'dark');
    await workbench.useTheme('light');
    await workbench.screenshot('undecided', 'light');
    await workbench.useTheme('dark');
  });

  it('says at once that there is no network, and what else can be done', async () => {
    const { frame } = workbench.inspector;
    await workbench.changeSettings({ 'tokenscope.hubEndpoint': 'http://127.0.0.1:9' });
    await frame.getByText('openai-community/gpt2 on http://127.0.0.1:9').waitFor();
    await frame.getByRole('button', { name: 'Download', exact: true }).click();
    await frame
      .getByText(/127\.0\.0\.1:9 cannot be reached/)
      .first()
      .waitFor();
    await frame.getByText('Try Again').waitFor();
    await workbench.screenshot('offline', 'dark');
    await frame.getByText(/Models come from http:\/\/127\.0\.0\.1:9, which the setting/).waitFor();
    await frame.getByText('Open the Setting').click();
    await workbench.page.locator('.settings-editor').getByText('Hub Endpoint').first().waitFor();
    await frame.getByText('Try Again').waitFor();
    await workbench.screenshot('offline-setting', 'dark');
    await workbench.tabNamed('lesson.md').click();
  });

  it('works at once with sample vectors, which know what words mean, and the panel says once what they are', async () => {
    const { inspector } = workbench;
    await inspector.frame.getByText('Use Sample Vectors').click();
    await inspector.waitForNeighborsOf('Mike');
    assert.equal((await inspector.neighbors())[0]?.score, '1.000');
    await inspector.frame.getByRole('note', { name: 'Sample vectors' }).waitFor();
    assert.doesNotMatch(await inspector.frame.locator('.body').innerText(), /not GPT-2/);
    await inspector.frame.locator('.footer').getByText('sample vectors', { exact: true }).waitFor();
    const names = (await inspector.neighbors()).map(({ token }) => token);
    assert.ok(names.includes('␣Jim') || names.includes('␣Dave') || names.includes('Jim'), names.join(', '));
    await workbench.screenshot('sample', 'dark');
  });

  it('says so on hover, where the numbers are, and in the status bar', async () => {
    const card = await workbench.hoverWord('apple', 'nearest by cosine');
    assert.match(await card.innerText(), /Sample vectors, not GPT-2/);
    await workbench.screenshot('hover-sample', 'dark');
    await workbench.statusItem('sample vectors').waitFor();
    await workbench.leaveHover();
  });

  it('says which file is at fault when the setting names none, and what can be done', async () => {
    const { inspector } = workbench;
    await workbench.changeSettings({ 'tokenscope.model': '/no/such/model.safetensors' });
    await inspector.frame
      .getByText(/\/no\/such\/model\.safetensors/)
      .first()
      .waitFor();
    await inspector.frame.getByRole('button', { name: 'Try Again' }).waitFor();
    await workbench.screenshot('failed-load', 'dark');
    await workbench.changeSettings({ 'tokenscope.model': 'sample' });
    await inspector.waitForNeighborsOf('Mike');
  });
});
