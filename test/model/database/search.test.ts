import assert from 'node:assert/strict';
import { PostgresDatabase } from '../../../src/database/client/postgresDatabase';
import { ServerConnection } from '../../../src/database/client/serverConnection';
import type { OpenedTable } from '../../../src/database/vectorDatabase';
import type { DatabaseMetric, VectorType } from '../../../src/database/vectorTable';
import type { TableSelection } from '../../../src/model/modelLocation';
import { startPglite, type PgliteServer } from '../../fixtures/database/pgliteServer';
import { BruteForce } from '../../unit/embedding/bruteForce';
import type { TestMatrix } from '../../unit/embedding/testMatrix';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

const METRICS: readonly DatabaseMetric[] = ['cosine', 'dot', 'euclidean'];
const ROWS = 600;
const DIMENSION = 24;

describe('a table of vectors in PostgreSQL', () => {
  let server: PgliteServer;
  let database: PostgresDatabase;

  before(async () => {
    server = await startPglite();
    database = new PostgresDatabase(
      new ServerConnection(server.address, () => Promise.resolve(undefined)),
      () => 60_000,
    );
  });

  after(async () => {
    await database.close();
    await server.close();
  });

  for (const type of ['vector', 'halfvec'] as const) {
    describe(`of the type ${type}`, () => {
      let matrix: TestMatrix;
      let opened: OpenedTable;

      before(async () => {
        matrix = testMatrix(type);
        await fillTable(server, `rows_${type}`, type, matrix);
        opened = await database.open(selectionOf(`rows_${type}`));
      });

      for (const metric of METRICS) {
        it(`gives by ${metric} what scoring all rows in double precision gives, bit for bit, ties by id`, async () => {
          const oracle = new BruteForce(matrix);
          const random = seededRandom(7);
          for (const k of [1, 5, 40, 1000]) {
            const query = Float64Array.from({ length: DIMENSION }, () => random() - 0.5);
            // A row that others equal is asked as well.
            for (const asked of [query, Float64Array.from(matrix.values.subarray(0, DIMENSION))]) {
              const { rows, method, isCertain } = await database.search(opened, {
                query: asked,
                metric,
                k,
                by: 'exact',
              });
              const expected = oracle.ranking(oracle.scores(asked, metric), metric);
              assert.deepEqual(
                rows.map(({ id }) => id),
                expected.ids.slice(0, k),
              );
              assert.deepEqual(
                rows.map(({ score }) => score),
                expected.scores.slice(0, k),
              );
              assert.deepEqual(method, { kind: 'exact' });
              assert.equal(isCertain, true);
            }
          }
        });
      }

      it('leaves out ids, and rows whose label lacks a text, in the search itself', async () => {
        const query = Float64Array.from(matrix.values.subarray(0, DIMENSION));
        const oracle = new BruteForce(matrix);
        const isAllowed = (row: number): boolean => row !== 0 && row !== 7 && labelOf(row).includes('9');
        const { ids } = oracle.ranking(oracle.scores(query, 'cosine'), 'cosine', isAllowed);
        const { rows } = await database.search(opened, {
          query,
          metric: 'cosine',
          k: 12,
          by: 'exact',
          excludedIds: [0, 7],
          labelText: '9',
        });
        assert.deepEqual(
          rows.map(({ id }) => id),
          ids.slice(0, 12),
        );
        assert.deepEqual(
          rows.map(({ label }) => label),
          ids.slice(0, 12).map(labelOf),
        );
      });

      it('is described with its columns, types and dimension', async () => {
        const found = (await database.describe()).find(({ table }) => table === `rows_${type}`);
        assert.ok(found);
        assert.equal(found.type, type);
        assert.equal(found.dimension, DIMENSION);
        assert.deepEqual(found.columns, [
          { name: 'id', type: 'integer', isUnique: true },
          { name: 'token', type: 'text', isUnique: false },
        ]);
        assert.equal(opened.rowCount, ROWS);
        assert.deepEqual(opened.ids, [0, ROWS - 1]);
      });

      it('gives rows by id, in their order, and ids by label', async () => {
        const rows = await database.fetchRows(opened, [5, 0, 5]);
        assert.deepEqual(
          rows.map(({ id, label }) => [id, label]),
          [
            [5, labelOf(5)],
            [0, labelOf(0)],
            [5, labelOf(5)],
          ],
        );
        assert.deepEqual(rows[0]?.vector, matrix.values.slice(5 * DIMENSION, 6 * DIMENSION));
        const found = await database.findLabels(opened, [
          labelOf(3),
          'nobody',
          labelOf(590),
          'a\0b',
          "'; drop table rows --",
        ]);
        assert.deepEqual(
          [...found].sort(([a], [b]) => (a < b ? -1 : 1)),
          [
            [labelOf(3), 3],
            [labelOf(590), 590],
          ],
        );
      });

      it('is searched by its index, and says so', async () => {
        await server.db.exec(
          `create index "odd ""${type}" on rows_${type} using hnsw (embedding ${type}_cosine_ops)`,
        );
        const again = await database.open(selectionOf(`rows_${type}`));
        assert.deepEqual(again.table.indexes, [
          { name: `odd "${type}`, method: 'hnsw', metric: 'cosine', isValid: true },
        ]);
        const query = Float64Array.from(matrix.values.subarray(DIMENSION, 2 * DIMENSION));
        const forced = await database.search(again, { query, metric: 'cosine', k: 10, by: 'forcedIndex' });
        assert.deepEqual(forced.method, { kind: 'index', method: 'hnsw', name: `odd "${type}` });
        assert.equal(forced.isCertain, false);
        assert.equal(forced.rows[0]?.score, 1);
        // However the planner is tempted, what is to be exact looks at every row. All connections share one session here.
        await server.db.exec('set enable_seqscan = off; set enable_sort = off');
        try {
          const oracle = new BruteForce(matrix);
          const { ids } = oracle.ranking(oracle.scores(query, 'cosine'), 'cosine');
          const exact = await database.search(again, { query, metric: 'cosine', k: 10, by: 'exact' });
          assert.deepEqual(
            exact.rows.map(({ id }) => id),
            ids.slice(0, 10),
          );
          assert.deepEqual(exact.method, { kind: 'exact' });
          const byIndex = await database.search(again, { query, metric: 'cosine', k: 10, by: 'index' });
          assert.equal(byIndex.method.kind, 'index');
          await assert.rejects(database.search(again, { query, metric: 'dot', k: 10, by: 'forcedIndex' }), {
            reason: 'unsupported',
          });
        } finally {
          await server.db.exec('reset enable_seqscan; reset enable_sort');
        }
      });
    });
  }

  it('gets as many rows as are asked for from an index of lists, which hold fewer each', async () => {
    // 100 lists of some rows each, of which pgvector looks into one.
    await server.db.exec(`create table listed (id int primary key, token text, embedding vector(2));
      insert into listed select i, 'row ' || i, array[cos(i), sin(i)]::vector(2) from generate_series(1, 1000) i;
      create index on listed using ivfflat (embedding vector_l2_ops) with (lists = 100)`);
    const opened = await database.open(selectionOf('listed'));
    const { rows, method } = await database.search(opened, {
      query: Float64Array.of(1, 0),
      metric: 'euclidean',
      k: 200,
      by: 'forcedIndex',
    });
    assert.equal(method.kind === 'index' && method.method, 'ivfflat');
    assert.equal(rows.length, 200);
  });

  it('keeps several models in one table apart', async () => {
    await server.db
      .exec(`create table many (model text, id int, token text, embedding vector(2), primary key (model, id));
      insert into many values ('a', 0, 'zero', '[1,0]'), ('a', 1, 'one', '[0,1]'), ('b', 0, 'zero', '[0,1]'), ('b', 1, null, null)`);
    const selection = { ...selectionOf('many'), only: { column: 'model', value: 'b' } };
    const opened = await database.open(selection);
    assert.equal(opened.rowCount, 1);
    const { rows } = await database.search(opened, {
      query: Float64Array.of(1, 1),
      metric: 'dot',
      k: 5,
      by: 'exact',
    });
    assert.deepEqual(
      rows.map(({ id, label, score }) => [id, label, score]),
      [[0, 'zero', 1]],
    );
    await assert.rejects(database.fetchRows(opened, [1]), { message: /row 1 has no vector: it is NULL/u });
    await assert.rejects(database.fetchRows(opened, [2]), {
      reason: 'changed',
      message: /no row with the id 2/u,
    });
    const whole = await database.open(selectionOf('many'));
    await assert.rejects(database.fetchRows(whole, [0]), {
      reason: 'unsupported',
      message: /several rows have the id 0/u,
    });
    await assert.rejects(
      database.search(whole, { query: Float64Array.of(1, 1), metric: 'dot', k: 5, by: 'exact' }),
      {
        message: /several rows have the id 0/u,
      },
    );
  });

  it('takes a column of vectors of several lengths, of which those of one length are searched', async () => {
    await server.db.exec(`create table mixed (id bigint primary key, embedding vector);
      insert into mixed values (1, '[1,2]'), (2, '[3,4]'), (3, '[1,2,3]'), (4, null)`);
    const opened = await database.open({
      schema: 'public',
      table: 'mixed',
      column: 'embedding',
      idColumn: 'id',
    });
    assert.equal(opened.dimension, 2);
    const { rows } = await database.search(opened, {
      query: Float64Array.of(1, 1),
      metric: 'euclidean',
      k: 9,
      by: 'exact',
    });
    assert.deepEqual(
      rows.map(({ id, label }) => [id, label]),
      [
        [1, undefined],
        [2, undefined],
      ],
    );
    await assert.rejects(database.fetchRows(opened, [3]), {
      reason: 'changed',
      message: /3 values where others have 2/u,
    });
  });

  it('reads names as names, whatever is in them', async () => {
    await server.db
      .exec(`create schema "s'"; create table "s'"."t""; drop table many; --" ("i d" int primary key, "$1" text, "e;" vector(1));
      insert into "s'"."t""; drop table many; --" values (1, 'x', '[2]')`);
    const opened = await database.open({
      schema: "s'",
      table: 't"; drop table many; --',
      column: 'e;',
      idColumn: 'i d',
      labelColumn: '$1',
    });
    const { rows } = await database.search(opened, {
      query: Float64Array.of(1),
      metric: 'dot',
      k: 1,
      by: 'exact',
      labelText: 'X',
    });
    assert.deepEqual(
      rows.map(({ id, score }) => [id, score]),
      [[1, 2]],
    );
    assert.equal((await server.db.query('select from many')).rows.length, 4);
  });

  it('says what has changed about a table', async () => {
    await server.db.exec(
      `create table fleeting (id int primary key, token text, embedding vector(2)); insert into fleeting values (1, 'a', '[1,2]')`,
    );
    const opened = await database.open(selectionOf('fleeting'));
    const search = (): Promise<unknown> =>
      database.search(opened, { query: Float64Array.of(1, 1), metric: 'dot', k: 1, by: 'exact' });
    await search();
    await server.db.exec('alter table fleeting alter embedding type vector(3) using null');
    await server.db.exec(`update fleeting set embedding = '[1,2,3]'`);
    await assert.rejects(search(), { reason: 'changed' });
    await server.db.exec('alter table fleeting drop column token');
    await assert.rejects(search(), { reason: 'changed', message: /a column of the table is gone/u });
    await assert.rejects(database.open(selectionOf('fleeting')), {
      reason: 'changed',
      message: /the column token is gone/u,
    });
    await server.db.exec('drop table fleeting');
    await assert.rejects(search(), { reason: 'changed', message: /the table is gone/u });
    await assert.rejects(database.open(selectionOf('fleeting')), { reason: 'changed' });
  });

  it('refuses ids that are no row numbers, and a table without a vector', async () => {
    await server.db.exec(
      `create table far (id bigint primary key, token text, embedding vector(1)); insert into far values (-1, 'a', '[1]')`,
    );
    await assert.rejects(database.open(selectionOf('far')), {
      reason: 'unsupported',
      message: /do not all lie between 0 and 4,294,967,295/u,
    });
    await server.db.exec('update far set embedding = null');
    await assert.rejects(database.open(selectionOf('far')), {
      reason: 'unsupported',
      message: /no row has a vector/u,
    });
  });
});

function selectionOf(table: string): TableSelection {
  return { schema: 'public', table, column: 'embedding', idColumn: 'id', labelColumn: 'token' };
}

function labelOf(row: number): string {
  return `word ${row} 'quoted" \\ ☃`;
}

/** Rows with duplicates, a row of zeros, multiples of one another, and near ties that single precision cannot tell apart. */
function testMatrix(type: VectorType): TestMatrix {
  const random = seededRandom(3);
  const values = new Float32Array(ROWS * DIMENSION);
  for (let row = 0; row < ROWS; row++) {
    for (let j = 0; j < DIMENSION; j++) {
      const value = row % 50 === 0 ? (values[j] ?? 0) : (random() - 0.5) * (row % 7 === 0 ? 0.01 : 1);
      const first = row === 0 ? random() - 0.5 : value;
      // Halves have 11 bits: these are halves exactly.
      values[row * DIMENSION + j] = type === 'halfvec' ? Math.round(first * 1024) / 1024 : first;
    }
  }
  values.fill(0, 11 * DIMENSION, 12 * DIMENSION);
  if (type === 'vector') {
    for (let row = 300; row < 340; row++) {
      values.set(values.subarray(5 * DIMENSION, 6 * DIMENSION), row * DIMENSION);
      const at = row * DIMENSION + (row % DIMENSION);
      values[at] = Math.fround((values[at] ?? 0) * (1 + 2 ** -22));
    }
  }
  return { rowCount: ROWS, dimension: DIMENSION, values };
}

async function fillTable(
  { db }: PgliteServer,
  table: string,
  type: VectorType,
  { values, dimension, rowCount }: TestMatrix,
): Promise<void> {
  const rows = Array.from({ length: rowCount }, (_, row) => row);
  await db.exec(
    `create table ${table} (id integer primary key, token text, embedding ${type}(${dimension}))`,
  );
  await db.query(`insert into ${table} select * from unnest($1::int[], $2::text[], $3::text[]::${type}[])`, [
    // In an order of its own, so that no order of the table is taken for one of ids.
    [...rows].reverse(),
    [...rows].reverse().map(labelOf),
    [...rows]
      .reverse()
      .map(
        (row) => `[${Array.from(values.subarray(row * dimension, (row + 1) * dimension), String).join(',')}]`,
      ),
  ]);
}
