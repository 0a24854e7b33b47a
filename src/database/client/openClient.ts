import { promises as fs } from 'node:fs';
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

/**
 * Opens one connection, secured as `sslmode` says.
 *
 * @throws {DatabaseError} naming the server, never the password.
 * @throws The signal's reason when it is aborted.
 */
export async function openClient({ address, password, signal }: OpenOptions): Promise<Client> {
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
