// The picture of a table in PostgreSQL, media/database.png: PGlite with pgvector, which holds rows of the sample vectors.
import { tsImport } from 'tsx/esm/api';
import { sampleRows } from './sampleRows.mjs';

const WINDOW = { width: 1280, height: 720 };

/** A hundred queries, each by the index and exactly, in one process. */
const RECALL_MS = 300_000;

/**
 * Starts a database with a table and an index.
 *
 * @returns what a window is to open with, and what ends the database
 */
export async function startTable() {
  const { startPglite } = await tsImport('../../test/fixtures/database/pgliteServer.ts', import.meta.url);
  const { formatConnectionAddress } = await tsImport(
    '../../src/database/connection/connectionAddress.ts',
    import.meta.url,
  );
  const server = await startPglite();
  await fill(server.db);
  return {
    session: {
      settings: {
        'tokenscope.databases': { lab: formatConnectionAddress(server.address) },
        'tokenscope.model': 'postgres:lab?schema=public&table=tokens&column=embedding&id=id&label=token',
      },
    },
    close: () => server.close(),
  };
}

/**
 * @param workbench of a window that was opened with the session of {@link startTable}.
 * @param save writes a part of the window to a file of media/.
 */
export async function takeTablePicture(workbench, save) {
  const { inspector, page } = workbench;
  await page.setViewportSize(WINDOW);
  await workbench.runCommand('View: Close Primary Side Bar').catch(() => undefined);
  await workbench.useTheme('dark');
  await workbench.runCommand('Tokenscope: Open New Inspector');
  await inspector.ask('" king" - " man" + " woman"');
  await inspector.frame.locator('.footer .searched', { hasText: 'by index' }).waitFor();
  await workbench.runCommand('Tokenscope: Verify Similarity');
  await page
    .locator('.editor-instance .view-line', { hasText: 'mean recall' })
    .waitFor({ timeout: RECALL_MS });
  await workbench.dismissNotifications();
  await workbench.leaveHover();
  await save(page, 'database');
}

async function fill(db) {
  const rows = await sampleRows();
  await db.exec(
    `create table tokens (id int primary key, token text, embedding vector(${rows[0].vector.length}))`,
  );
  for (const { id, token, vector } of rows) {
    await db.query('insert into tokens values ($1, $2, $3::text::vector)', [
      id,
      token,
      `[${vector.join(',')}]`,
    ]);
  }
  // So few rows would be read one after the other.
  await db.exec(`create index tokens_by_cosine on tokens using hnsw (embedding vector_cosine_ops); analyze tokens;
    set enable_seqscan = off; set enable_sort = off`);
}
