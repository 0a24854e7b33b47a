import type { IncomingMessage } from 'node:http';
import { HubError } from './hubError';

export interface ReceiveOptions {
  /** Host that sends, for messages. */
  readonly host: string;
  /** Bytes that must arrive, no more and no less; undefined where the server did not say. */
  readonly expectedBytes: number | undefined;
  /** More than this is refused. */
  readonly limitBytes: number;
  /** How long no byte may arrive. */
  readonly stallMilliseconds: number;
  readonly signal: AbortSignal;
  /** Takes a piece. While a promise that it returns is open, nothing more is read. */
  readonly onPiece: (piece: Buffer) => Promise<void> | undefined;
}

/**
 * Reads a body piece by piece without collecting it. Built on events, as iterating over a stream joins pieces by copying.
 *
 * @throws {HubError} `connection-lost` or `timeout` where the rest may be asked for again; `bad-response` for too many bytes.
 * @throws What `onPiece` throws, or the signal's reason when it is aborted. The body is destroyed then.
 */
export function receiveBody(body: IncomingMessage, options: ReceiveOptions): Promise<void> {
  const { host, expectedBytes, limitBytes, stallMilliseconds, signal, onPiece } = options;
  return new Promise((resolve, reject) => {
    let received = 0;
    let isSettled = false;
    let isAtEnd = false;
    let isTaking = false;
    const limit = expectedBytes ?? limitBytes;
    const settle = (error?: unknown): void => {
      if (isSettled) {
        return;
      }
      isSettled = true;
      clearTimeout(stall);
      signal.removeEventListener('abort', abort);
      if (error === undefined) {
        resolve();
      } else {
        body.destroy();
        reject(error instanceof Error ? error : new Error('aborted', { cause: error }));
      }
    };
    const abort = (): void => settle(signal.reason);
    const lost = (cause?: unknown): void => {
      const message = `The connection to ${host} was lost.`;
      settle(new HubError('connection-lost', message, { isTransient: true, cause }));
    };
    const stall = setTimeout(() => {
      const seconds = (stallMilliseconds / 1000).toLocaleString('en-US');
      const message = `${host} has sent nothing for ${seconds} s.`;
      if (!body.isPaused()) {
        settle(new HubError('timeout', message, { isTransient: true }));
      }
    }, stallMilliseconds);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted || body.destroyed) {
      settle(
        signal.aborted
          ? signal.reason
          : new HubError('connection-lost', `The connection to ${host} was lost.`, { isTransient: true }),
      );
      return;
    }
    body.on('error', lost);
    body.on('close', () => {
      if (!isAtEnd) {
        lost();
      }
    });
    body.on('end', () => {
      // Comes also while the body is paused behind its last piece.
      isAtEnd = true;
      if (expectedBytes !== undefined && received < expectedBytes) {
        lost();
      } else if (!isTaking) {
        settle();
      }
    });
    body.on('data', (piece: Buffer) => {
      if (isSettled) {
        return;
      }
      received += piece.length;
      stall.refresh();
      if (received > limit) {
        settle(
          new HubError('bad-response', `${host} sends more than the ${String(limit)} bytes that were due.`, {
            isTransient: expectedBytes !== undefined,
          }),
        );
        return;
      }
      let taken: Promise<void> | undefined;
      try {
        taken = onPiece(piece);
      } catch (error) {
        settle(error);
        return;
      }
      if (taken !== undefined) {
        isTaking = true;
        body.pause();
        taken.then(() => {
          isTaking = false;
          if (isAtEnd) {
            settle();
          } else {
            stall.refresh();
            body.resume();
          }
        }, settle);
      }
    });
  });
}

/** Reads a small body into memory; it grows with what arrives, never with what was promised. */
export async function receiveBytes(
  body: IncomingMessage,
  options: Omit<ReceiveOptions, 'onPiece'>,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await receiveBody(body, {
    ...options,
    onPiece: (piece) => {
      pieces.push(piece);
      return undefined;
    },
  });
  return Buffer.concat(pieces);
}
