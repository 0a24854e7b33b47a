import assert from 'node:assert/strict';
import { pictured } from '../fixtures/pictures';
import { formatConnectionAddress } from '../../src/database/connection/connectionAddress';
import { selectionOfSent } from '../../src/database/sending/sentTable';
import { formatTableSetting } from '../../src/model/tableSetting';
import { startPglite, type PgliteServer } from '../fixtures/database/pgliteServer';
import { until } from '../fixtures/until';
import type { ShownNeighbor } from './pageObjects/inspectorPage';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

/** A whole VS Code before a PostgreSQL with pgvector: the sample's rows go there, and come back as the same answers. */
describe('a table of vectors in PostgreSQL', () => {
  let server: PgliteServer;
  let session: Session;
  let workbench: Workbench;
  let ofSample: readonly ShownNeighbor[];
  let ofFormula: readonly ShownNeighbor[];

  before(async () => {
    server = await startPglite();
    session = await startSession({
      file: 'lesson.md',
      checkpoint: 'none',
      settings: { 'tokenscope.model': 'sample' },
    });
    ({ workbench } = session);
  });

  after(async () => {
    await session.close();
    await server.close();
  });

  /**
   * Picks an entry of the list that asks so, which a long list shows only where it is asked for. By one click: a second would meet the list
   * that comes next, in the same place.
   */
  const pick = async (placeholder: string, label: string): Promise<void> => {
    const box = workbench.page.locator('.quick-input-widget', {
      has: workbench.page.getByPlaceholder(placeholder),
    });
    await workbench.page.getByPlaceholder(placeholder).fill(label);
    await box.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  };

  /** Answers the box with this title. */
  const answer = async (title: string, value?: string): Promise<void> => {
    const box = workbench.page.locator('.quick-input-widget', { hasText: title });
    await box.waitFor();
    const input = box.locator('input.input').first();
    if (value !== undefined) {
      await input.fill(value);
    }
    // The box stays when the panel, which gets the focus back from the box before it, takes it late: then it is clicked.
    await input.press('Enter');
  };

  const neighborsOfFormula = async (): Promise<readonly ShownNeighbor[]> => {
    await workbench.inspector.ask('" king" - " man" + " woman"');
    const shown = await until(
      () => workbench.inspector.neighbors().catch(() => []),
      ([first]) => first?.token.endsWith('queen') === true,
      'a list that begins with a queen',
    );
    return shown.slice(0, 10);
  };

  const footer = (text: string): Promise<void> =>
    workbench.inspector.frame.locator('.footer', { hasText: text }).waitFor();

  /** What the footer says of how a database searched: of answers of a database alone. */
  const searched = (text: string): Promise<void> =>
    workbench.inspector.frame.locator('.footer .searched', { hasText: text }).waitFor();

  it('gets the rows of the model', async () => {
    await workbench.clickWord('Mike');
    await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
    await workbench.inspector.waitForNeighborsOf('Mike');
    ofSample = (await workbench.inspector.neighbors()).slice(0, 10);
    ofFormula = await neighborsOfFormula();
    await workbench.inspector.ask('Mike');
    await workbench.inspector.waitForNeighborsOf('Mike');
    await workbench.runCommand('Tokenscope: Send Embeddings to PostgreSQL…');
    await answer('Connect to PostgreSQL', formatConnectionAddress(server.address));
    await answer('Password of postgres');
    await answer('Name of This Database', 'lab');
    await answer('The table, with its schema', 'public.sent');
    await answer('What the model is called in the table', 'sample');
    await pick('How the values are stored', 'vector');
    await workbench.page.getByPlaceholder('An index makes searches fast and approximate').waitFor();
    // As when the panel gets the focus back late: what was answered before is not lost with the list.
    await workbench.inspector.frame.locator('.footer').click();
    await pick('An index makes searches fast and approximate', 'No index');
    await workbench.waitForNotification(/50,257 rows were sent to public\.sent\./u);
    const { rows } = await server.db.query<{ count: number; model: string }>(
      'select model, count(*)::int as count from sent where embedding is not null group by model',
    );
    assert.deepEqual(rows, [{ model: 'sample', count: 50_257 }]);
  });

  it('answers from the panel as the model did, and says how it searched', async () => {
    await workbench.changeSettings({ 'tokenscope.database.search': 'exact' });
    await workbench.runCommand('Tokenscope: Choose Model…');
    await pick('Where the embedding matrix comes from', 'Tables of lab');
    await pick('Tables with a column of vectors', 'public.sent');
    await pick('Rows by their column model', 'sample');
    await answer('Column of Labels');
    await searched('exact');
    await footer('public.sent.embedding (sample) on lab');
    await workbench.inspector.waitForNeighborsOf('Mike');
    assert.deepEqual((await workbench.inspector.neighbors()).slice(0, 10), ofSample);
    // The settings that VS Code wrote are written by the test from here on.
    await workbench.changeSettings({
      'tokenscope.databases': { lab: formatConnectionAddress(server.address) },
      'tokenscope.model': formatTableSetting({
        database: 'lab',
        selection: selectionOfSent({ schema: 'public', table: 'sent' }, 'sample'),
      }),
    });
    await workbench.dismissNotifications();
    await searched('exact');
    for (const theme of pictured(['dark', 'light', 'high-contrast'] as const)) {
      await workbench.useTheme(theme);
      await workbench.screenshot('database-exact', theme);
    }
    await workbench.useTheme('dark');
  });

  it('says which word has no row', async () => {
    await workbench.inspector.ask('"no such label"');
    await workbench.inspector.frame.getByText('is not among the 50,257 labels').first().waitFor();
    assert.deepEqual(await neighborsOfFormula(), ofFormula);
  });

  it('is searched by an index, and measures what that misses', async () => {
    // A table of somebody's own, with another column of ids and an index.
    await server.db.exec(`create table names (word_id bigint primary key, word text, v halfvec(128));
      insert into names select id, token, embedding::halfvec(128) from sent where id < 3000 or token in ('Mike', ' Mike', 'Jeff');
      create index on names using hnsw (v halfvec_cosine_ops); analyze names`);
    await server.db.exec('set enable_seqscan = off; set enable_sort = off');
    await workbench.changeSettings({ 'tokenscope.database.search': 'index' });
    await workbench.changeSettings({
      'tokenscope.model': formatTableSetting({
        database: 'lab',
        selection: {
          schema: 'public',
          table: 'names',
          column: 'v',
          idColumn: 'word_id',
          labelColumn: 'word',
        },
      }),
    });
    await footer('public.names.v on lab');
    await workbench.inspector.ask('Mike');
    await searched('by index hnsw, approximate');
    await workbench.inspector.waitForNeighborsOf('Mike');
    await workbench.screenshot('database-index', 'dark');
    await workbench.runCommand('Tokenscope: Verify Similarity');
    const report = await until(
      async () => {
        const lines = await workbench.page.locator('.editor-instance .view-lines').allInnerTexts();
        return lines.join('\n').replaceAll('\u00a0', ' ');
      },
      (shown) => shown.includes('100 rows of the table as queries'),
      'a report of the recall',
    );
    assert.match(report, /mean recall +\d+\.\d %/u);
    await workbench.screenshot('database-recall', 'dark');
  });
});
