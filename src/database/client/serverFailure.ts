import { visibleText } from '../../core/foreignText/visibleText';
import { DatabaseError, type DatabaseErrorReason } from '../databaseError';

/** SQLSTATE (PostgreSQL documentation, appendix A) → what it means to us, and what is to be done. Classes stand for what is in them. */
const STATES: Readonly<Record<string, readonly [DatabaseErrorReason, string]>> = {
  '28': ['refused', 'the server refuses this user or password. Connect again to give another.'],
  '3D000': ['address', 'there is no such database on the server.'],
  '42P01': ['changed', 'the table is gone. Choose it anew.'],
  '42703': ['changed', 'a column of the table is gone. Choose it anew.'],
  '42501': ['forbidden', 'the user may not do this there.'],
  '42883': ['no-extension', 'the functions of pgvector are not there: create extension vector; makes them.'],
  '42704': ['no-extension', 'the types of pgvector are not there: create extension vector; makes them.'],
  '57014': ['too-slow', 'the statement was stopped by the server, as after its time limit.'],
  '55P03': ['too-slow', 'somebody else holds the table locked.'],
  '53300': ['unreachable', 'the server has no connection left. Try again later.'],
  '53100': ['failed', 'the disk of the server is full.'],
  '57P': ['unreachable', 'the server ended the connection, or does not take any yet.'],
  '08': ['unreachable', 'the connection broke.'],
  '22000': [
    'changed',
    'the vectors of the table have another number of values than before, or differ among each other.',
  ],
};

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there.',
  ENOTFOUND: 'this host is not known.',
  EAI_AGAIN: 'the name of the host could not be looked up.',
  ETIMEDOUT: 'it did not answer in time.',
  EHOSTUNREACH: 'no way leads there.',
  ENETUNREACH: 'no way leads there.',
  ECONNRESET: 'the connection broke.',
  EPIPE: 'the connection broke.',
  ENOENT: 'there is no such socket or file.',
};

const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself alone.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is signed by an authority that is not trusted; sslrootcert names one that is.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'nobody who is trusted signed its certificate; sslrootcert names who is.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'nobody who is trusted signed its certificate; sslrootcert names who is.',
  CERT_HAS_EXPIRED: 'its certificate has expired.',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is that of another host.',
};

/** Longest part of a server's own sentence that is passed on. */
const MOST_OF_A_MESSAGE = 300;

/**
 * What went wrong, for people: our sentence where the cause is known, beside it what the server says, which is shown and never acts.
 *
 * @param source The server or table, as it may be shown.
 */
export function serverFailure(error: unknown, source: string): Error {
  if (DatabaseError.is(error)) {
    return error;
  }
  const { code, message } = partsOf(error);
  const certificate = CERTIFICATES[code];
  if (
    certificate !== undefined ||
    code.startsWith('CERT_') ||
    code.startsWith('ERR_TLS') ||
    code.startsWith('ERR_SSL')
  ) {
    return new DatabaseError(
      'certificate',
      source,
      certificate ?? `no secure connection: ${quotedMessage(message)}`,
    );
  }
  const network = NETWORK[code];
  if (network !== undefined) {
    return new DatabaseError('unreachable', source, network);
  }
  if (
    /^Connection terminated|^Client has encountered|not queryable|timeout expired|^The server ended/u.test(
      message,
    )
  ) {
    return new DatabaseError('unreachable', source, 'the connection broke, or nobody answered in time.');
  }
  if (message === 'The server does not support SSL connections') {
    return new DatabaseError('certificate', source, 'the server has no TLS, which sslmode asks for.');
  }
  if (message.includes('client password must be')) {
    return new DatabaseError('refused', source, 'the server wants a password. Connect again to give it.');
  }
  const [reason, sentence] = STATES[code] ??
    STATES[code.slice(0, 3)] ??
    STATES[code.slice(0, 2)] ?? ['failed', undefined];
  const detail = sentence ?? 'the server refused the statement.';
  return new DatabaseError(
    reason,
    source,
    /^[0-9A-Z]{5}$/u.test(code)
      ? `${detail} (${quotedMessage(message)})`
      : (sentence ?? quotedMessage(message)),
  );
}

function partsOf(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) {
    return { code: '', message: String(error) };
  }
  // Node collects what each address of a host said.
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const { code } = (inner ?? error) as { readonly code?: unknown };
  return { code: typeof code === 'string' ? code : '', message: error.message };
}

function quotedMessage(message: string): string {
  const visible = visibleText(message);
  return visible.length > MOST_OF_A_MESSAGE ? `${visible.slice(0, MOST_OF_A_MESSAGE)}…` : visible;
}
