import assert from 'node:assert/strict';
import { createIndex, type IndexProgress } from '../../../src/database/client/createIndex';
import { PostgresDatabase } from '../../../src/database/client/postgresDatabase';
import { sendRows, type SentModel } from '../../../src/database/client/sendRows';
import { ServerConnection } from '../../../src/database/client/serverConnection';
import { measureRecall, measureSampleRecall } from '../../../src/database/measureRecall';
import { formatVector } from '../../../src/database/answers/parseVector';
import { copyRows } from '../../../src/database/sending/copyRows';
import { selectionOfSent, type SentTable } from '../../../src/database/sending/sentTable';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { startPglite, type PgliteServer } from '../../fixtures/database/pgliteServer';

const DIMENSION = 32;
/** Three batches, the last of which is not full. */
const ROWS = 70_000;

describe('sending a model to PostgreSQL', () => {
  let server: PgliteServer;
  let connection: ServerConnection;
  let database: PostgresDatabase;

  before(async () => {
    server = await startPglite();
    connection = new ServerConnection(server.address, () => Promise.resolve(undefined));
    database = new PostgresDatabase(connection, () => 0);
  });

  after(async () => {
    await connection.close();
    await server.close();
  });

  const target = (table: string): SentTable => ({
    schema: 'public',
    table,
    type: 'vector',
    dimension: DIMENSION,
  });
  const rowsOf = async (table: string, model: string): Promise<number> => {
    const { rows } = await server.db.query<{ count: number }>(
      `select count(*)::int as count from "${table}" where model = $1`,
      [model],
    );
    return rows[0]?.count ?? -1;
  };

  it('goes on after a break with the rows that are missing, in batches where the server has no COPY', async () => {
    const model = modelOf('first', 1);
    const canceling = new AbortController();
    const told: number[] = [];
    const sending = sendRows(connection, model, {
      target: target('sent'),
      signal: canceling.signal,
      onProgress: (rows) => {
        told.push(rows);
        if (rows > 0) {
          canceling.abort();
        }
      },
    });
    await assert.rejects(sending, { name: 'AbortError' });
    assert.equal(await rowsOf('sent', 'first'), 32_768);
    const report = await sendRows(connection, model, {
      target: target('sent'),
      onProgress: (rows) => told.push(rows),
    });
    assert.deepEqual(report, { rowsSent: ROWS - 32_768, rowsWithoutVector: 0, method: 'batches' });
    assert.deepEqual(told, [0, 32_768, 32_768, 65_536, ROWS]);
    const opened = await database.open(selectionOfSent(target('sent'), 'first'));
    assert.equal(opened.rowCount, ROWS - 1, 'row 9 has no vector');
    const ids = [0, 1, 32_767, 32_768, ROWS - 1];
    const rows = await database.fetchRows(opened, ids);
    for (const [at, id] of ids.entries()) {
      const values = new Float32Array(DIMENSION);
      await model.readRows(id, values);
      assert.deepEqual(rows[at], { id, label: model.tokenOf(id), vector: values });
    }
    assert.deepEqual(await sendRows(connection, model, { target: target('sent') }), {
      rowsSent: 0,
      rowsWithoutVector: 0,
      method: 'batches',
    });
  });

  it('keeps several models in one table, and takes no other rows for those of a model', async () => {
    const other = { ...modelOf('second', 2), rowCount: 50 };
    await sendRows(connection, other, { target: target('sent'), method: 'batches' });
    assert.equal(await rowsOf('sent', 'first'), ROWS);
    assert.equal(await rowsOf('sent', 'second'), 50);
    await assert.rejects(
      sendRows(connection, { ...modelOf('second', 3), rowCount: 90 }, { target: target('sent') }),
      {
        reason: 'unsupported',
        message: /other rows of a model called second/u,
      },
    );
    await assert.rejects(sendRows(connection, { ...other, rowCount: 49 }, { target: target('sent') }), {
      reason: 'unsupported',
    });
    assert.equal(await rowsOf('sent', 'second'), 50);
  });

  it('refuses a table that was not made for it', async () => {
    await server.db.exec('create table mine (id int, embedding vector(32))');
    await assert.rejects(sendRows(connection, modelOf('x', 1), { target: target('mine') }), {
      reason: 'unsupported',
      message: /Choose another name/u,
    });
    await assert.rejects(
      sendRows(connection, modelOf('x', 1), { target: { ...target('sent'), dimension: 8 } }),
      { reason: 'unsupported', message: /vector\(32\)/u },
    );
  });

  for (const type of ['vector', 'halfvec'] as const) {
    it(`writes ${type} for COPY as the server itself reads text`, async () => {
      const random = seededRandom(5);
      const odd = [
        0,
        -0,
        1,
        -1,
        65504,
        6e-8,
        2.98e-8,
        2.9802322387695312e-8,
        6.1e-5,
        1 + 2 ** -11,
        1 + 3 * 2 ** -11,
        1e-9,
        0.1,
      ];
      const values = Float32Array.from(
        { length: 1600 },
        (_, at) => odd[at] ?? (random() - 0.5) * 2 ** Math.floor(random() * 30 - 20),
      );
      const rows = Array.from({ length: 50 }, (_, id) => ({
        id,
        token: `é ${id}`,
        vector: id === 7 ? undefined : values.slice(id * 32, (id + 1) * 32),
      }));
      await server.db.exec(
        `create table copied_${type} (model text, id integer, token text, embedding ${type}(32))`,
      );
      await server.db.query(`copy copied_${type} from '/dev/blob' with (format binary)`, [], {
        blob: new Blob([new Uint8Array(copyRows('möd', rows, type))]),
      });
      const { rows: found } = await server.db.query<{
        model: string;
        id: number;
        token: string;
        vector: string | null;
        expected: string | null;
      }>(
        `select c.model, c.id, c.token, c.embedding::text as vector, t.vector::${type}::text as expected
         from copied_${type} c join unnest($1::int[], $2::text[]) as t(id, vector) on t.id = c.id order by c.id`,
        [rows.map(({ id }) => id), rows.map(({ vector }) => vector && formatVector(vector))],
      );
      assert.equal(found.length, 50);
      for (const [id, row] of found.entries()) {
        assert.deepEqual([row.model, row.id, row.token], ['möd', id, `é ${id}`]);
        assert.equal(row.vector, row.expected);
      }
      assert.equal(found[7]?.vector, null);
    });
  }

  it('builds an index of one model, whose answers are measured against the exact ones', async () => {
    const model = { ...modelOf('third', 4), rowCount: 4000 };
    await sendRows(connection, model, { target: target('sent'), method: 'batches' });
    const selection = selectionOfSent(target('sent'), 'third');
    const progress: IndexProgress[] = [];
    await createIndex(
      connection,
      { selection, type: 'vector', dimension: DIMENSION, metric: 'cosine' },
      undefined,
      (told) => progress.push(told),
    );
    const opened = await database.open(selection);
    assert.equal(opened.table.indexes.length, 1);
    assert.match(opened.table.indexes[0]?.predicate ?? '', /model = 'third'/u);
    const [row] = await database.fetchRows(opened, [123]);
    assert.ok(row);
    const query = Float64Array.from(row.vector);
    const measured = await measureRecall(database, opened, {
      query,
      metric: 'cosine',
      k: 100,
      searchedWidth: 100,
    });
    assert.equal(measured.method.kind, 'index');
    // An oracle of its own: the lists themselves.
    const exact = await database.search(opened, { query, metric: 'cosine', k: 100, by: 'exact' });
    const byIndex = await database.search(opened, { query, metric: 'cosine', k: 100, by: 'forcedIndex' });
    const found = new Set(byIndex.rows.map(({ id }) => id));
    assert.deepEqual(
      measured.missed.map(({ id }) => id),
      exact.rows.filter(({ id }) => !found.has(id)).map(({ id }) => id),
    );
    assert.equal(measured.recall, 1 - measured.missed.length / 100);
    for (const { id, rank, score } of measured.missed) {
      assert.equal(exact.rows[rank - 1]?.id, id);
      assert.equal(exact.rows[rank - 1]?.score, score);
    }
    const done: number[] = [];
    const summary = await measureSampleRecall(
      database,
      opened,
      [1, 2, 3, 4, 9],
      { metric: 'cosine', k: 10 },
      undefined,
      (count) => done.push(count),
    );
    assert.equal(summary.queries, 5);
    assert.ok(summary.meanRecall > 0.3 && summary.meanRecall <= 1, String(summary.meanRecall));
    assert.ok(summary.worstRecall <= summary.meanRecall);
    assert.deepEqual(done, [1, 2, 3, 4, 5]);
    await assert.rejects(measureRecall(database, opened, { query, metric: 'dot', k: 10 }), {
      reason: 'unsupported',
    });
  });

  it('says which vectors are too long for an index', async () => {
    const selection = selectionOfSent(target('sent'), 'third');
    await assert.rejects(
      createIndex(connection, { selection, type: 'vector', dimension: 2001, metric: 'dot' }),
      { message: /at most 2000 .* halfvec takes up to 4,000/u },
    );
  });
});

function modelOf(name: string, seed: number): SentModel {
  const random = seededRandom(seed);
  const values = Float32Array.from({ length: ROWS * DIMENSION }, () => random() - 0.5);
  if (seed === 1) {
    values[9 * DIMENSION] = NaN;
  }
  return {
    name,
    rowCount: ROWS,
    dimension: DIMENSION,
    readRows: (first, target) => {
      target.set(values.subarray(first * DIMENSION, first * DIMENSION + target.length));
      return Promise.resolve();
    },
    tokenOf: (id) => `${id} "'\\ é☃`,
  };
}
