import { once } from 'node:events';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { serverOf, type ConnectionAddress } from '../connection/connectionAddress';
import { DatabaseError } from '../databaseError';
import type { Statement } from '../sql/searchStatement';
import { endAtOnce, openClient } from './openClient';
import { serverFailure } from './serverFailure';

/** How long a statement that was canceled may take to end, until its connection is given up. */
const CANCEL_MILLISECONDS = 5000;

/** How much later than the server's own time limit we end a statement: for servers that do not keep it. */
const GRACE_MILLISECONDS = 2000;

export interface TransactionOptions {
  readonly signal?: AbortSignal | undefined;
  /** Time limit of each statement; 0 for none. */
  readonly limitMilliseconds: number;
  readonly isReadOnly: boolean;
  /** Names the table in what it fails with; the server where it is not given. */
  readonly source?: string | undefined;
}

/** Statements of one transaction. */
export interface Transaction {
  /** @throws {DatabaseError} @throws The signal's reason. */
  readonly query: (statement: Statement) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Sends what `copy … from stdin` reads. @throws As {@link query}. */
  readonly copy: (text: string, content: Buffer) => Promise<void>;
  /** The server's process that works at this; undefined where it is not told. */
  readonly process: number | undefined;
}

/**
 * A connection that is opened when it is first needed, and again after it broke. One transaction at a time: others wait, for there are servers that
 * take one connection only.
 */
export class ServerConnection {
  private client: Client | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;
  /** The server's process that works at the transaction. */
  private process: number | undefined;

  constructor(
    readonly address: ConnectionAddress,
    private readonly password: () => Promise<string | undefined>,
  ) {}

  /** The server as it may be shown. */
  get name(): string {
    return serverOf(this.address);
  }

  /**
   * Runs a transaction, and ends it whatever happens. Where the signal is aborted, what the server works at is canceled there.
   *
   * @throws {DatabaseError} naming the server or table.
   * @throws The signal's reason when it is aborted.
   */
  transaction<T>(options: TransactionOptions, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const result = this.last.then(() => this.run(options, work));
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Runs one statement outside any transaction, such as `create index concurrently` and what reports progress. */
  statement(
    text: string,
    options: Omit<TransactionOptions, 'isReadOnly'>,
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const result = this.last.then(async () => {
      const client = await this.connected(options.signal);
      return this.guarded(client, options, () => client.query(text));
    });
    this.last = result.catch(() => undefined);
    return result.then(({ rows }) => rows as Readonly<Record<string, unknown>>[]);
  }

  /** Another connection to the same server. */
  another(): ServerConnection {
    return new ServerConnection(this.address, this.password);
  }

  /** Ends the connection; what is under way fails. */
  async close(): Promise<void> {
    this.closed = true;
    const { client } = this;
    this.client = undefined;
    if (client) {
      const ended = client.end().catch(() => undefined);
      const timer = setTimeout(() => endAtOnce(client), CANCEL_MILLISECONDS);
      await ended;
      clearTimeout(timer);
    }
  }

  private async run<T>(
    options: TransactionOptions,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const { signal, isReadOnly, limitMilliseconds } = options;
    const client = await this.connected(signal);
    const query = async ({
      text,
      values,
    }: Statement): Promise<readonly Readonly<Record<string, unknown>>[]> => {
      const { rows } = await this.guarded(client, options, () => client.query(text, [...values]));
      return rows as Readonly<Record<string, unknown>>[];
    };
    try {
      await query({
        text: isReadOnly ? 'begin transaction isolation level repeatable read read only' : 'begin',
        values: [],
      });
      const [begun] = await query({
        // No function or operator of anybody's own schema stands in for pgvector's.
        text: `select pg_catalog.pg_backend_pid() as process, pg_catalog.set_config('statement_timeout', $1, true), pg_catalog.set_config('search_path', coalesce((
          select 'pg_catalog, ' || pg_catalog.quote_ident(n.nspname) from pg_catalog.pg_extension e
          join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector'), 'pg_catalog') || ', pg_temp', true)`,
        values: [String(Math.ceil(limitMilliseconds))],
      });
      this.process = typeof begun?.process === 'number' ? begun.process : undefined;
      const copy = (text: string, content: Buffer): Promise<void> =>
        this.guarded(client, options, () => sendCopy(client, text, content));
      const result = await work({ query, copy, process: this.process });
      await query({ text: 'commit', values: [] });
      return result;
    } catch (error) {
      await this.rollback(client);
      throw error;
    } finally {
      this.process = undefined;
    }
  }

  private async rollback(client: Client): Promise<void> {
    if (this.client !== client) {
      return;
    }
    const timer = setTimeout(() => this.giveUp(client), CANCEL_MILLISECONDS);
    await client.query('rollback').catch(() => this.giveUp(client));
    clearTimeout(timer);
  }

  private async connected(signal: AbortSignal | undefined): Promise<Client> {
    signal?.throwIfAborted();
    if (this.closed) {
      throw new DOMException('The connection was closed.', 'AbortError');
    }
    if (this.client) {
      return this.client;
    }
    const client = await openClient({ address: this.address, password: await this.password(), signal });
    const forget = (): void => {
      if (this.client === client) {
        this.client = undefined;
      }
    };
    client.on('error', forget);
    client.on('end', forget);
    this.client = client;
    return client;
  }

  /** One statement, which the signal and the time limit end at the server, and where that is deaf by ending the connection. */
  private async guarded<T>(
    client: Client,
    { signal, limitMilliseconds, source }: Omit<TransactionOptions, 'isReadOnly'>,
    start: () => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const limit = { isReached: false };
    let canceling: Promise<void> | undefined;
    let deaf: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      deaf ??= setTimeout(() => this.giveUp(client), 2 * CANCEL_MILLISECONDS);
      canceling ??= this.cancel(client);
    };
    const timer =
      limitMilliseconds === 0
        ? undefined
        : setTimeout(() => {
            limit.isReached = true;
            cancel();
          }, limitMilliseconds + GRACE_MILLISECONDS);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await start();
    } catch (error) {
      signal?.throwIfAborted();
      if (limit.isReached) {
        throw new DatabaseError(
          'too-slow',
          source ?? this.name,
          'the statement reached its time limit and was stopped.',
        );
      }
      const failure = serverFailure(error, source ?? this.name);
      if (DatabaseError.is(failure) && failure.reason === 'unreachable') {
        // Not every server closes what it has given up.
        this.giveUp(client);
      }
      throw failure;
    } finally {
      clearTimeout(timer);
      clearTimeout(deaf);
      signal?.removeEventListener('abort', cancel);
      // What is canceled late must not hit the next statement.
      await canceling;
    }
  }

  /** Tells the server to stop what it does for a connection; should that not help, the connection is ended. */
  private async cancel(client: Client): Promise<void> {
    // Behind a pool of connections, the number that came at the start is the pool's own.
    const process = this.process ?? (client as unknown as { readonly processID: number | null }).processID;
    try {
      const other = await openClient({
        address: this.address,
        password: await this.password(),
        signal: AbortSignal.timeout(CANCEL_MILLISECONDS),
      });
      await other.query('select pg_catalog.pg_cancel_backend($1)', [process]);
      await other.end();
    } catch {
      this.giveUp(client);
    }
  }

  private giveUp(client: Client): void {
    if (this.client === client) {
      this.client = undefined;
    }
    endAtOnce(client);
  }
}

/** The stream fails where the server does; `finish` comes when the server has taken all. */
async function sendCopy(client: Client, text: string, content: Buffer): Promise<void> {
  const stream = client.query(copyFrom(text));
  const over = new AbortController();
  const { signal } = over;
  // A connection that ends in the middle of COPY tells nobody else.
  const lost = once(client, 'end', { signal }).then(() => {
    throw new Error('Connection terminated');
  });
  lost.catch(() => undefined);
  try {
    stream.end(content);
    await Promise.race([once(stream, 'finish', { signal }), lost]);
  } finally {
    over.abort();
  }
}
