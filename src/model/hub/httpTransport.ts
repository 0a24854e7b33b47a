import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';

/** One GET request. Redirects are not followed. */
export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The head of an answer, and its body, of which nothing has been read. The caller reads or destroys it. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

/** Sends a request; a seam for tests. Rejects with the system's error, or with the signal's reason. */
export type HttpTransport = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * Node's own HTTP. Inside VS Code `request` of both modules is replaced by a function that knows `http.proxy` and VS Code's
 * certificate settings, so it is looked up at each call and the choice of the agent is left to it.
 */
export const nodeHttpTransport: HttpTransport = ({ url, headers, signal }) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const module = url.protocol === 'https:' ? https : http;
    const request = module.request(url, { method: 'GET', headers });
    const abort = (): void => {
      request.destroy();
      reject(asError(signal.reason));
    };
    signal.addEventListener('abort', abort, { once: true });
    request.once('close', () => signal.removeEventListener('abort', abort));
    // Stays, so that an error behind the answer's head is never without a listener; the body reports it as well.
    request.on('error', reject);
    request.once('response', (body) => {
      body.on('error', () => undefined);
      resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
    });
    request.end();
  });

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
