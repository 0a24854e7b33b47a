import { HubError } from './hubError';

/** The server's name is unknown, or nothing leads to it. */
const OFFLINE_CODES: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNREFUSED',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
]);

/** What OpenSSL and Node call certificates that cannot be trusted. */
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS_/;

/** The system's or Node's error of a connection as a HubError; a HubError passes unchanged. */
export function connectionError(error: unknown, host: string): HubError {
  if (HubError.is(error)) {
    return error;
  }
  const code = errorCode(error);
  if (OFFLINE_CODES.has(code)) {
    return new HubError('offline', `${host} cannot be reached (${code}). Is there a network connection?`, {
      isTransient: true,
      cause: error,
    });
  }
  if (CERTIFICATE_CODE.test(code)) {
    return new HubError(
      'certificate',
      `The certificate of ${host} is not trusted (${code}). Behind a proxy of an organization, see the settings ` +
        'http.proxy, http.proxyStrictSSL and http.systemCertificates.',
      { cause: error },
    );
  }
  if (code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') {
    return new HubError('timeout', `${host} did not answer (${code}).`, { isTransient: true, cause: error });
  }
  const detail = code === '' ? 'the connection ended' : code;
  return new HubError('connection-lost', `The connection to ${host} was lost (${detail}).`, {
    isTransient: true,
    cause: error,
  });
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
