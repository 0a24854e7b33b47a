import { DatabaseError } from '../databaseError';

/**
 * How a connection is secured, as libpq's `sslmode` says (PostgreSQL documentation, "SSL Support"):
 *
 * - `disable`: never
 * - `allow`: only where the server insists
 * - `prefer`: where the server can, whoever it is
 * - `require`: always, whoever the server is; with `sslrootcert` as `verify-ca`
 * - `verify-ca`: always, and a trusted authority signed the certificate
 * - `verify-full`: always, and the certificate is the host's, too
 */
export type SslMode = (typeof SSL_MODES)[number];

export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** Where a database is and how it is reached; without the password. */
export interface ConnectionAddress {
  /** Name or address of the host, or the folder of its socket where it begins with `/`. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly sslMode: SslMode;
  /** File of the authorities that may sign the server's certificate; those of the system where it is not given. */
  readonly rootCertificate?: string;
}

export interface ParsedAddress {
  readonly address: ConnectionAddress;
  /** The password that stood in the text: to be kept apart from it. */
  readonly password?: string;
}

const DEFAULT_PORT = 5432;
const MAX_LENGTH = 2000;
const PARAMETERS = new Set(['sslmode', 'sslrootcert', 'host', 'port', 'user', 'password', 'dbname']);

/** Parameters of libpq that are named in the error; what else stands there may be part of a password. */
const KNOWN_ELSEWHERE = new Set([
  'application_name',
  'channel_binding',
  'connect_timeout',
  'gssencmode',
  'hostaddr',
  'options',
  'passfile',
  'require_auth',
  'service',
  'sslcert',
  'sslkey',
  'sslnegotiation',
  'target_session_attrs',
]);

/**
 * Reads a connection URI such as `postgresql://user@host:5432/database?sslmode=verify-full` (PostgreSQL documentation, "Connection URIs").
 * Several hosts, and parameters that are not understood, are refused: left out, they might have been what keeps the connection safe.
 *
 * @throws {DatabaseError} `address`; nothing of the text is repeated, which may hold a password.
 */
export function parseConnectionAddress(text: string): ParsedAddress {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) {
    throw unreadable(`it is longer than ${MAX_LENGTH} characters.`);
  }

  if (/[\u0000-\u0020\u007f]/u.test(trimmed)) {
    throw unreadable('it holds a space or a control character, which would be written as %20 and so on.');
  }
  const match = /^(?:postgres|postgresql):\/\/(?:([^@/?#]*)@)?([^@/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/u.exec(
    trimmed,
  );
  if (!match) {
    throw unreadable('expected postgresql://user@host:port/database?sslmode=…');
  }
  const [, credentials = '', place = '', path = '', query = ''] = match;
  const parameters = parametersOf(query);
  const [userText, ...passwordParts] = credentials.split(':');
  const password = parameters.get('password') ?? decoded(passwordParts.join(':'), 'the password');
  const { host: namedHost, port: namedPort } = hostAndPort(place);
  const host = parameters.get('host') ?? namedHost;
  const user = parameters.get('user') ?? decoded(userText ?? '', 'the user');
  const database = parameters.get('dbname') ?? decoded(path, 'the database');
  if (host === '') {
    throw unreadable('it names no host.');
  }
  if (host.includes(',')) {
    throw unreadable('it names several hosts, of which one is to be chosen.');
  }
  if (user === '') {
    throw unreadable('it names no user: postgresql://user@host/database');
  }
  const rootCertificate = parameters.get('sslrootcert');
  return {
    address: {
      host,
      port: portOf(parameters.get('port') ?? namedPort),
      user,
      // As libpq does it.
      database: database === '' ? user : database,
      sslMode: sslModeOf(parameters.get('sslmode')),
      ...(rootCertificate !== undefined && rootCertificate !== 'system' && { rootCertificate }),
    },
    ...(password !== '' && { password }),
  };
}

/** The address as it is shown and kept: all that {@link parseConnectionAddress} reads, but for the password. */
export function formatConnectionAddress(address: ConnectionAddress): string {
  const { host, port, user, database, sslMode, rootCertificate } = address;
  const isSocket = host.startsWith('/');
  const shownHost = isSocket ? '' : host.includes(':') ? `[${host}]` : host;
  const parameters = [
    ...(isSocket ? [`host=${encodeURIComponent(host)}`] : []),
    ...(sslMode === 'prefer' ? [] : [`sslmode=${sslMode}`]),
    ...(rootCertificate === undefined ? [] : [`sslrootcert=${encodeURIComponent(rootCertificate)}`]),
  ];
  const shownPort = port === DEFAULT_PORT ? '' : `:${port}`;
  const query = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
  return `postgresql://${encodeURIComponent(user)}@${shownHost}${shownPort}/${encodeURIComponent(database)}${query}`;
}

/** The server for people: `host:port/database`. */
export function serverOf({ host, port, database }: ConnectionAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}${port === DEFAULT_PORT ? '' : `:${port}`}/${database}`;
}

function parametersOf(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of query === '' ? [] : query.split('&')) {
    const [name = '', ...rest] = part.split('=');
    if (!PARAMETERS.has(name)) {
      throw unreadable(
        KNOWN_ELSEWHERE.has(name)
          ? `the parameter ${name} is not understood; there are ${[...PARAMETERS].join(', ')}.`
          : 'one of its parameters is not understood.',
      );
    }
    if (parameters.has(name)) {
      throw unreadable(`the parameter ${name} stands there twice.`);
    }
    parameters.set(name, decoded(rest.join('='), `the parameter ${name}`));
  }
  return parameters;
}

function hostAndPort(place: string): { readonly host: string; readonly port: string } {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]*))(?::([0-9]*))?$/u.exec(place);
  if (!match) {
    throw unreadable('its host and port cannot be read; an IPv6 address stands in brackets.');
  }
  return { host: match[1] ?? decoded(match[2] ?? '', 'the host'), port: match[3] ?? '' };
}

function portOf(text: string): number {
  const port = text === '' ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw unreadable('its port is none: 1 … 65535.');
  }
  return port;
}

function sslModeOf(text: string | undefined): SslMode {
  const mode = SSL_MODES.find((known) => known === (text ?? 'prefer'));
  if (mode === undefined) {
    throw unreadable(`its sslmode is none of ${SSL_MODES.join(', ')}.`);
  }
  return mode;
}

function decoded(text: string, what: string): string {
  let value: string;
  try {
    value = decodeURIComponent(text);
  } catch {
    throw unreadable(`${what} is not percent-encoded as it should be.`);
  }

  if (/[\u0000-\u001f\u007f]/u.test(value)) {
    throw unreadable(`${what} holds a control character.`);
  }
  return value;
}

function unreadable(detail: string): DatabaseError {
  return new DatabaseError('address', '', `This address cannot be read: ${detail}`);
}
