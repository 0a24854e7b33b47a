import assert from 'node:assert/strict';
import path from 'node:path';
import { embeddingTensor, safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { HubServer } from '../fixtures/hub/hubServer';
import { WatchedLinks } from './pageObjects/watchedLinks';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

const LABEL = 'Show anyway';
/** What VS Code would make a link of. It ran any command. */
const LINK = `[${LABEL}](command:workbench.action.toggleZenMode)`;
const NOTES = `notes ${LINK}.txt`;
const SAVED = `saved ${LINK}.json`;
/** 78 characters, as many as a message shows of a name. */
const TENSOR = `token_emb.${LINK}`.padEnd(78, '.weight');
const REPOSITORY = 'org/hostile';
const COMMIT = 'a'.repeat(40);
const MODEL = `/nowhere/${LINK}/model.safetensors`;

/** Those that our hovers, tooltips and legends link to. */
const OURS = new Set(
  [
    ...['findNeighbors', 'compareTokens', 'showOnMap', 'copyTokenIds', 'loadEmbeddings', 'chooseModel'],
    ...[
      'newInspector',
      'toggleTokenBands',
      'colorTokenBands',
      'sections.focus',
      'selectHoveredToken',
      'cancelLoading',
      'showLog',
    ],
  ].map((name) => `tokenscope.${name}`),
);

describe('text that is not ours, wherever the window shows it', () => {
  let hub: HubServer;
  let session: Session;
  let workbench: Workbench;
  let links: WatchedLinks;

  before(async () => {
    const files = {
      'model.safetensors': safetensorsBytes([embeddingTensor(TENSOR, 'F32', 300, 8)]),
    };
    hub = await HubServer.start({
      [REPOSITORY]: { commits: { [COMMIT]: { files } }, refs: { main: COMMIT } },
    });
    session = await startSession({
      file: NOTES,
      files: { [NOTES]: 'Mike met Michael at the cosmic bowling night.\n', [SAVED]: '{}' },
      checkpoint: 'none',
      settings: { 'tokenscope.hubEndpoint': hub.endpoint },
    });
    ({ workbench } = session);
    links = await WatchedLinks.start(workbench.page);
  });

  after(async () => {
    // Both may be missing when the start has failed.
    await (session as Session | undefined)?.close();
    await (hub as HubServer | undefined)?.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed-foreign-text', 'dark');
    }
    await workbench.dismissNotifications();
  });

  /** No link was shown but ours; call it when the foreign text is on the screen. */
  const noForeignLink = async (): Promise<void> => {
    const foreign = (await links.seen()).filter(
      ({ command, label }) => label.includes(LABEL) || !OURS.has(commandName(command)),
    );
    assert.deepEqual(foreign, []);
  };

  const nameRepository = async (): Promise<void> => {
    await workbench.runCommand('Tokenscope: Choose Model…');
    const { page } = workbench;
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Repository of the' })
      .first()
      .click();
    await page.getByText('is asked for its sizes').waitFor();
    const input = page.locator('.quick-input-widget:visible input.input').first();
    await input.fill(REPOSITORY);
    await input.press('Enter');
  };

  it('as the name of a document, runs nothing from hovers, bands, the status bar and the split view', async () => {
    await workbench.runCommand('Tokenscope: Toggle Token Bands');
    await workbench.hoverWord('cosmic', 'token');
    await workbench.leaveHover();
    await workbench.restOn(workbench.statusItem(/\d+ tokens?/), 'Choose Model…');
    await workbench.runCommand('Tokenscope: Open Split View');
    await workbench.tabNamed(`${NOTES} (bare)`).waitFor();
    // The watch sees links: these are ours.
    const ours = new Set((await links.seen()).map(({ command }) => commandName(command)));
    assert.ok(ours.has('tokenscope.findNeighbors') && ours.has('tokenscope.chooseModel'));
    await noForeignLink();
  });

  it('as the name of a file that cannot be opened, runs nothing from the notification', async () => {
    await workbench.runCommand('Tokenscope: Open Saved Neighbors…');
    await workbench.answerFileDialog(path.join(session.folder, SAVED));
    await workbench.waitForNotification(/saved .*Show anyway.*cannot be opened/);
    await workbench.screenshot('foreign-file-name', 'dark');
    await noForeignLink();
  });

  it("as a tensor's name in the header that a hub sends, runs nothing from the notification", async () => {
    await nameRepository();
    await workbench.waitForNotification(/token_emb\..*Show anyway/);
    await workbench.screenshot('foreign-tensor', 'dark');
    await noForeignLink();
  });

  it('as a setting, runs nothing from notification and dialog', async () => {
    await workbench.changeSettings({ 'tokenscope.model': MODEL });
    await workbench.runCommand('Tokenscope: Load Embeddings…');
    await workbench.waitForNotification(/nowhere\/.*Show anyway/);
    await workbench.screenshot('foreign-path', 'dark');
    await noForeignLink();
    await workbench.dismissNotifications();
    await workbench.changeSettings({
      'tokenscope.model': `hf:${REPOSITORY}`,
      'tokenscope.hubEndpoint': `http://127.0.0.1/${LINK}`,
    });
    await workbench.pickCommand('Tokenscope: Download Model');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText(/Show%20anyway/).waitFor();
    await workbench.screenshot('foreign-endpoint', 'dark');
    await noForeignLink();
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  });
});

/** Without its arguments. */
function commandName(target: string): string {
  return target
    .trim()
    .replace(/^command:/i, '')
    .replace(/\?[\s\S]*$/, '');
}
