import assert from 'node:assert/strict';
import { PostgresDatabase } from '../../../src/database/client/postgresDatabase';
import { ServerConnection } from '../../../src/database/client/serverConnection';
import { DatabaseEngine } from '../../../src/database/engine/databaseEngine';
import { EnginesByPlace } from '../../../src/engine/session/enginesByPlace';
import { InProcessEngine } from '../../../src/engine/loaded/inProcessEngine';
import type { TableLocation } from '../../../src/model/modelLocation';
import { formatTableSetting, parseTableSetting } from '../../../src/model/tableSetting';
import { startPglite, type PgliteServer } from '../../fixtures/database/pgliteServer';

const LOCATION: TableLocation = {
  kind: 'table',
  database: 'lab',
  selection: { schema: 'public', table: 'words', column: 'embedding', idColumn: 'id', labelColumn: 'token' },
};

describe('an engine that asks a table', () => {
  let server: PgliteServer;
  let tables: DatabaseEngine;
  let engine: EnginesByPlace;
  let by: 'exact' | 'index' = 'exact';

  before(async () => {
    server = await startPglite();
    await server.db.exec(`create table words (id int primary key, token text, embedding vector(2));
      insert into words values (10, 'king', '[3,4]'), (2000000000, ' king', '[4,3]'), (30, 'King', '[0,1]'), (40, 'queen', '[-1,0]'), (50, null, '[1,1]'), (60, 'gone', null), (70, 'prince', '[0,-9]')`);
    tables = new DatabaseEngine({
      connect: () =>
        Promise.resolve(
          new PostgresDatabase(
            new ServerConnection(server.address, () => Promise.resolve(undefined)),
            () => 60_000,
          ),
        ),
      searchBy: () => by,
    });
    engine = new EnginesByPlace(new InProcessEngine(), () => Promise.resolve(tables));
  });

  after(async () => {
    await engine.release();
    await server.close();
  });

  it('gives neighbors, with a map of them, and says how it searched', async () => {
    const model = await engine.load(LOCATION);
    assert.equal(model.name, 'public.words.embedding on lab');
    assert.deepEqual([model.rowCount, model.dimension, model.dtype, model.isVerified], [6, 2, 'F32', false]);
    const answer = await engine.ask('neighbors', {
      query: { terms: [{ id: 10, weight: 1 }] },
      k: 3,
      projection: true,
    });
    assert.deepEqual(
      answer.neighbors.map(({ id, score, norm }) => [id, score, norm]),
      [
        [10, 1, 5],
        [50, 7 / (5 * Math.SQRT2), Math.SQRT2],
        [2_000_000_000, 24 / 25, 5],
      ],
    );
    assert.equal(answer.projection?.points.length, 3);
    assert.deepEqual(answer.tableSearch, { kind: 'exact', isCertain: true });
    assert.equal(answer.averageScore, undefined);
  });

  it('adds rows up as the metric wants it, and leaves rows out', async () => {
    const terms = [
      { id: 10, weight: 1 },
      { id: 40, weight: 1 },
    ];
    const answer = await engine.ask('neighbors', {
      query: { terms },
      metric: 'euclidean',
      k: 1,
      tableRows: { excludedIds: [50], labelText: '' },
    });
    // Raw: (2, 4); the nearest is (3, 4).
    assert.deepEqual(answer.neighbors, [{ id: 10, score: 1, norm: 5 }]);
    const unit = await engine.ask('neighbors', { query: { terms }, metric: 'cosine', k: 1 });
    // At unit length: (0.6 − 1, 0.8), nearest to (0, 1).
    assert.equal(unit.neighbors[0]?.id, 30);
  });

  it('says in words what it cannot answer', async () => {
    const query = { terms: [{ id: 10, weight: 1 }] };
    await assert.rejects(engine.ask('neighbors', { query, metric: 'centered', k: 1 }), {
      name: 'RangeError',
      message: /mean of all rows/u,
    });
    await assert.rejects(engine.ask('ranks', { query, metric: 'cosine', ids: [10] }), {
      name: 'RangeError',
      message: /a table answers with neighbors alone/u,
    });
    await assert.rejects(engine.ask('neighbors', { query: { terms: [{ id: 60, weight: 1 }] }, k: 1 }), {
      message: /row 60 has no vector/u,
    });
    await assert.rejects(
      engine.ask('neighbors', {
        query: {
          terms: [
            { id: 10, weight: 1 },
            { id: 10, weight: -1 },
          ],
        },
        k: 1,
      }),
      { message: /zero/u },
    );
    assert.deepEqual(await engine.ask('neighborsWithoutIndex', [{ query, k: 1 }]), [undefined]);
  });

  it('looks labels up that somebody asks about', async () => {
    const dictionary = tables.table?.dictionary;
    assert.ok(dictionary);
    assert.deepEqual(dictionary.encode('king'), []);
    assert.deepEqual(dictionary.encode(' king'), []);
    assert.deepEqual(dictionary.notFound('nobody'), ['nobody']);
    assert.equal(await dictionary.findAsked(), true);
    assert.deepEqual([dictionary.encode('king'), dictionary.encode(' king')], [[10], [2_000_000_000]]);
    assert.deepEqual(dictionary.notFound('nobody'), ['nobody']);
    assert.equal(await dictionary.findAsked(), false, 'what is known is not asked for again');
    assert.deepEqual([dictionary.hasToken(70), dictionary.hasToken(60)], [false, false]);
    await dictionary.findAsked();
    assert.deepEqual([dictionary.hasToken(70), dictionary.hasToken(60)], [true, false]);
    assert.equal(dictionary.decode([70]), 'prince');
  });

  it('is searched by an index where that is wanted', async () => {
    await server.db.exec(
      'create index on words using hnsw (embedding vector_ip_ops); set enable_seqscan = off; set enable_sort = off',
    );
    by = 'index';
    const answer = await engine.ask('neighbors', {
      query: { terms: [{ id: 10, weight: 1 }] },
      metric: 'dot',
      k: 2,
    });
    assert.deepEqual(answer.tableSearch, {
      kind: 'index',
      method: 'hnsw',
      name: 'words_embedding_idx',
      isCertain: false,
    });
    assert.deepEqual(
      answer.neighbors.map(({ score }) => score),
      [25, 24],
    );
  });
});

describe('a table in the setting of the model', () => {
  it('is written so that it is read as the same', () => {
    for (const location of [
      LOCATION,
      {
        ...LOCATION,
        database: 'my lab?&%',
        selection: {
          schema: 's"&=',
          table: 'ü?',
          column: 'v#',
          idColumn: ' i',
          only: { column: 'm', value: 'a&b=c#d ☃' },
        },
      },
    ]) {
      assert.deepEqual(parseTableSetting(formatTableSetting(location)), location);
    }
  });

  it('is none where a part is missing, and for the address of a server', () => {
    for (const text of [
      '',
      'postgres',
      'postgres:',
      'postgres:lab',
      'postgres:lab?schema=a&table=b&column=c',
      'postgres:?schema=a&table=b&column=c&id=d',
      'postgres:%?schema=a&table=b&column=c&id=d',
      'postgres://u@h/d?schema=a&table=b&column=c&id=d',
    ]) {
      assert.equal(parseTableSetting(text), undefined, text);
    }
  });
});
