import { promises as fs } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import { Client } from 'pg';
import { serverOf, type ConnectionAddress } from '../connection/connectionAddress';
import { DatabaseError } from '../databaseError';
import { serverFailure } from './serverFailure';

/** How long a server may take until it answers at all. */
const CONNECT_MILLISECONDS = 15_000;

export interface OpenOptions {
  readonly address: ConnectionAddress;
  /** Undefined where none is known. */
  readonly password?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Waits before another try, in milliseconds. A server with room for few connections may still be ending one of ours. */
const NEXT_TRIES = [100, 400, 1_500];

/**
 * Opens one connection, secured as `sslmode` says. Where the server has no room for it just then, it is asked again for two seconds.
 *
 * @throws {DatabaseError} naming the server, never the password.
 * @throws The signal's reason when it is aborted.
 */
export async function openClient(options: OpenOptions): Promise<Client> {
  const { signal } = options;
  for (const wait of NEXT_TRIES) {
    try {
      return await openOnce(options);
    } catch (error) {
      if (!(DatabaseError.is(error) && error.cause === WITHOUT_ROOM)) {
        throw error;
      }
    }
    // Whatever ends the wait is told by the next try.
    await delay(wait, undefined, { signal }).catch(() => undefined);
  }
  return openOnce(options);
}

async function openOnce({ address, password, signal }: OpenOptions): Promise<Client> {
  const { sslMode } = address;
  const secured = async (): Promise<Client> => connect(address, password, await tlsOptions(address), signal);
  const plain = (): Promise<Client> => connect(address, password, false, signal);
  // A socket of this machine is not secured, whatever the mode: as libpq does it.
  if (sslMode === 'disable' || address.host.startsWith('/')) {
    return plain();
  }
  if (sslMode === 'prefer') {
    return secured().catch((error: unknown) => {
      // Only where the server says that it cannot: any other failure would be a way to be talked out of it.
      if (DatabaseError.is(error) && error.cause === WITHOUT_TLS) {
        return plain();
      }
      throw error;
    });
  }
  if (sslMode === 'allow') {
    return plain().catch((error: unknown) => {
      if (DatabaseError.is(error) && error.reason === 'refused') {
        return secured();
      }
      throw error;
    });
  }
  return secured();
}

/** The cause of an error by a server that has no TLS. */
const WITHOUT_TLS = 'without TLS';

/** The cause of an error by a server that took no further connection. */
const WITHOUT_ROOM = 'without room';

/** As such a server says it (SQLSTATE `too_many_connections`), or does by ending what it has just taken. */
function hasNoRoom(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return (
    code === '53300' ||
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    (error instanceof Error && error.message.startsWith('Connection terminated unexpectedly'))
  );
}

async function connect(
  address: ConnectionAddress,
  password: string | undefined,
  ssl: false | ConnectionOptions,
  signal: AbortSignal | undefined,
): Promise<Client> {
  signal?.throwIfAborted();
  const { host, port, user, database } = address;
  const client = new Client({
    host,
    port,
    user,
    database,
    // As a function: else the package would look for files and variables of the environment where there is none.
    password: () => password ?? '',
    ssl,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    application_name: 'Tokenscope',
    keepAlive: true,
  });
  // A connection that breaks while nobody asks must not end the process; who asks next finds it broken.
  client.on('error', () => undefined);
  const end = (): void => endAtOnce(client);
  signal?.addEventListener('abort', end, { once: true });
  try {
    await client.connect();
    return client;
  } catch (error) {
    end();
    signal?.throwIfAborted();
    const failure = serverFailure(error, serverOf(address));
    if (error instanceof Error && error.message === 'The server does not support SSL connections') {
      failure.cause = WITHOUT_TLS;
    } else if (hasNoRoom(error)) {
      failure.cause = WITHOUT_ROOM;
    }
    throw failure;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

/** Ends a connection without saying goodbye, which a server that hangs would not hear. */
export function endAtOnce(client: Client): void {
  const { connection } = client as unknown as {
    readonly connection?: { readonly stream?: { destroy?: () => void } };
  };
  connection?.stream?.destroy?.();
}

/** @throws {DatabaseError} `certificate` where the file of authorities cannot be read. */
async function tlsOptions({
  sslMode,
  rootCertificate,
  ...address
}: ConnectionAddress): Promise<ConnectionOptions> {
  let authorities: string | undefined;
  if (rootCertificate !== undefined) {
    try {
      authorities = await fs.readFile(rootCertificate, 'utf8');
    } catch {
      throw new DatabaseError(
        'certificate',
        serverOf({ sslMode, ...address }),
        `the file ${rootCertificate} that sslrootcert names cannot be read.`,
      );
    }
  }
  const checksAuthority =
    sslMode === 'verify-ca' ||
    sslMode === 'verify-full' ||
    (sslMode === 'require' && authorities !== undefined);
  return {
    rejectUnauthorized: checksAuthority,
    ...(authorities !== undefined && { ca: authorities }),
    ...(sslMode !== 'verify-full' && { checkServerIdentity: () => undefined }),
  };
}
