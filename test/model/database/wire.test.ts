import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { PostgresDatabase } from '../../../src/database/client/postgresDatabase';
import { ServerConnection, type TransactionOptions } from '../../../src/database/client/serverConnection';
import { copyRows } from '../../../src/database/sending/copyRows';
import type { ConnectionAddress } from '../../../src/database/connection/connectionAddress';
import {
  PASSWORD,
  hasEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../fixtures/database/embeddedPostgres';
import { until } from '../../fixtures/until';

(hasEmbeddedPostgres() ? describe : describe.skip)('a connection to a PostgreSQL server', () => {
  let server: EmbeddedPostgres;
  const opened: ServerConnection[] = [];

  before(async () => {
    server = await startEmbeddedPostgres();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((connection) => connection.close()));
  });

  after(() => server.close());

  const connect = (
    change: Partial<ConnectionAddress> = {},
    password: string | undefined = PASSWORD,
  ): ServerConnection => {
    const connection = new ServerConnection({ ...server.address, ...change }, () =>
      Promise.resolve(password),
    );
    opened.push(connection);
    return connection;
  };

  const ask = (
    connection: ServerConnection,
    text: string,
    options: Partial<TransactionOptions> = {},
  ): Promise<unknown> =>
    connection.transaction(
      { limitMilliseconds: 0, isReadOnly: true, ...options },
      async ({ query }) => (await query({ text, values: [] }))[0]?.answer,
    );

  const isSecured = 'select ssl as answer from pg_stat_ssl where pid = pg_backend_pid()';

  it('refuses a wrong password, and none, and says neither', async () => {
    for (const password of ['hunter2-wrong', undefined]) {
      await assert.rejects(ask(connect({}, password ?? ''), 'select 1 as answer'), (error: Error) => {
        const { reason } = error as Error & { readonly reason?: unknown };
        assert.equal(reason, 'refused');
        assert.ok(!inspect(error, { depth: 9 }).includes('hunter2'), inspect(error));
        return true;
      });
    }
  });

  it('names what is not there: a server, a database, pgvector', async () => {
    await assert.rejects(ask(connect({ port: 1 }), 'select 1'), {
      reason: 'unreachable',
      message: /^127\.0\.0\.1:1\/postgres: nobody listens there/u,
    });
    await assert.rejects(ask(connect({ host: 'nowhere.invalid' }), 'select 1'), { reason: 'unreachable' });
    await assert.rejects(ask(connect({ database: 'nothing' }), 'select 1'), { reason: 'address' });
    const database = new PostgresDatabase(connect(), () => 1000);
    await assert.rejects(database.describe(), {
      reason: 'no-extension',
      message: /create extension vector/u,
    });
  });

  it('is secured as sslmode says', async () => {
    const { rootCertificate } = server;
    assert.equal(await ask(connect({ sslMode: 'disable' }), isSecured), false);
    assert.equal(await ask(connect({ sslMode: 'allow' }), isSecured), false);
    assert.equal(await ask(connect({ sslMode: 'prefer' }), isSecured), true);
    assert.equal(await ask(connect({ sslMode: 'require' }), isSecured), true);
    assert.equal(await ask(connect({ sslMode: 'verify-ca', rootCertificate }), isSecured), true);
    assert.equal(
      await ask(connect({ sslMode: 'verify-full', rootCertificate, host: 'localhost' }), isSecured),
      true,
    );
  });

  it('refuses a certificate that sslmode does not let pass', async () => {
    const { rootCertificate } = server;
    await assert.rejects(ask(connect({ sslMode: 'verify-ca' }), 'select 1'), { reason: 'certificate' });
    await assert.rejects(ask(connect({ sslMode: 'verify-full', rootCertificate }), 'select 1'), {
      reason: 'certificate',
      message: /another host/u,
    });
    await assert.rejects(
      ask(connect({ sslMode: 'require', rootCertificate: '/nowhere/root.crt' }), 'select 1'),
      { reason: 'certificate', message: /cannot be read/u },
    );
  });

  it('asks a server without TLS only where sslmode allows it', async () => {
    const plain = await startEmbeddedPostgres(['ssl=off']);
    try {
      const { port } = plain.address;
      assert.equal(await ask(connect({ port, sslMode: 'prefer' }), 'select 1 as answer'), 1);
      for (const sslMode of ['require', 'verify-full'] as const) {
        await assert.rejects(ask(connect({ port, sslMode }), 'select 1'), {
          reason: 'certificate',
          message: /has no TLS/u,
        });
      }
    } finally {
      await plain.close();
    }
  });

  it('cancels what the server works at, which is then free for the next question', async () => {
    const connection = connect();
    const process = await ask(connection, 'select pg_backend_pid() as answer');
    const canceling = new AbortController();
    const slow = ask(connection, 'select pg_sleep(600)', { signal: canceling.signal });
    const running = async (): Promise<unknown> =>
      (
        await server.run(
          `select count(*)::int as count from pg_stat_activity where state = 'active' and query like '%sleep(600)%' and pid = $1`,
          [process],
        )
      )[0]?.count;
    await until(running, (count) => count === 1, 'a statement that sleeps');
    canceling.abort();
    await assert.rejects(slow, { name: 'AbortError' });
    assert.equal(await running(), 0);
    assert.equal(
      await ask(connection, 'select pg_backend_pid() as answer'),
      process,
      'the connection is still the same',
    );
  });

  it('stops a statement at its time limit', async () => {
    const connection = connect();
    await assert.rejects(ask(connection, 'select pg_sleep(600)', { limitMilliseconds: 50 }), {
      reason: 'too-slow',
    });
    assert.equal(await ask(connection, 'select 1 as answer'), 1);
    assert.equal(await ask(connection, `select current_setting('statement_timeout') as answer`), '0');
  });

  it('lets nothing be written where it reads', async () => {
    await assert.rejects(ask(connect(), 'create table written (a int)'), {
      reason: 'failed',
      message: /read-only transaction/u,
    });
    await server.run('create role reader login password $$reader$$');
    await server.run('create table secret (a int)');
    const reader = connect({ user: 'reader' }, 'reader');
    await assert.rejects(ask(reader, 'select a as answer from public.secret'), { reason: 'forbidden' });
  });

  it('takes COPY, of which a break in the middle leaves nothing', async () => {
    // A vector in COPY's format is bytes like others to a server without pgvector.
    await server.run('create table copied (model text, id integer, token text, embedding bytea)');
    const rows = Array.from({ length: 2000 }, (_, id) => ({
      id,
      token: `t${id}`,
      vector: Float32Array.of(id, -1),
    }));
    const text = 'copy public.copied (model, id, token, embedding) from stdin (format binary)';
    const copy = (connection: ServerConnection, content: Buffer): Promise<void> =>
      connection.transaction({ limitMilliseconds: 0, isReadOnly: false }, (transaction) =>
        transaction.copy(text, content),
      );
    const connection = connect();
    const content = copyRows('m', rows, 'vector');
    await assert.rejects(copy(connection, content.subarray(0, content.length - 2000)), { reason: 'failed' });
    assert.deepEqual(await server.run('select count(*)::int as count from copied'), [{ count: 0 }]);
    await copy(connection, content);
    assert.deepEqual(
      await server.run(
        `select count(*)::int as count, sum(id)::int as sum from copied where token = 't' || id`,
      ),
      [{ count: 2000, sum: 1999000 }],
    );
    assert.deepEqual(await server.run('select embedding from copied where id = 3'), [
      { embedding: Buffer.from('0002000040400000bf800000', 'hex') },
    ]);
  });

  it('answers one after the other, and several connections beside each other', async () => {
    const connection = connect();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => ask(connection, `select ${at} as answer`)),
    );
    assert.deepEqual(
      answers,
      Array.from({ length: 20 }, (_, at) => at),
    );
    const others = await Promise.all(
      [connect(), connect()].map((other) => ask(other, 'select pg_backend_pid() as answer')),
    );
    assert.notEqual(others[0], others[1]);
  });

  it('is asked for again while there is no room for it, and given up where there stays none', async () => {
    await server.run(`create role narrow login connection limit 1 password '${PASSWORD}'`);
    const narrow = (): ServerConnection => connect({ user: 'narrow' });
    const first = narrow();
    assert.equal(await ask(first, 'select 1 as answer'), 1);
    const second = ask(narrow(), 'select 2 as answer');
    await first.close();
    assert.equal(await second, 2);
    await assert.rejects(ask(narrow(), 'select 3 as answer'), {
      reason: 'unreachable',
      message: /no connection left/u,
    });
  });

  it('is opened again after the server ended it', async () => {
    const connection = connect();
    const process = await ask(connection, 'select pg_backend_pid() as answer');
    const slow = ask(connection, 'select pg_sleep(600)');
    const failed = assert.rejects(slow, { reason: 'unreachable' });
    await until(
      () =>
        server.run(
          `select pid from pg_stat_activity where query like '%sleep(600)%' and state = 'active' and pid = $1`,
          [process],
        ),
      (rows) => rows.length === 1,
      'a statement that sleeps',
    );
    await server.run('select pg_terminate_backend($1)', [process]);
    await failed;
    assert.notEqual(await ask(connection, 'select pg_backend_pid() as answer'), process);
  });

  it('says that the server is gone when it dies in the middle', async () => {
    const mortal = await startEmbeddedPostgres();
    try {
      const connection = connect({ port: mortal.address.port });
      assert.equal(await ask(connection, 'select 1 as answer'), 1);
      const failed = assert.rejects(ask(connection, 'select pg_sleep(600)'), { reason: 'unreachable' });
      await until(
        () =>
          mortal.run(
            `select pid from pg_stat_activity where query like '%sleep(600)%' and state = 'active' and pid <> pg_backend_pid()`,
          ),
        (rows) => rows.length === 1,
        'a statement that sleeps',
      );
      await mortal.kill();
      await failed;
      await assert.rejects(ask(connection, 'select 1'), {
        reason: 'unreachable',
        message: /nobody listens/u,
      });
    } finally {
      await mortal.close();
    }
  });
});
