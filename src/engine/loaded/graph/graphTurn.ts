import fs, { type FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../../../model/errorCode';
import { removeFile } from '../../../model/patientFiles';
import { TEMPORARY_SUFFIX } from '../cache/writeSectionFile';
import type { GraphProgress } from '../../questions/graphProgress';

/*
 * Windows that want the same neighbor graph take turns, so that one computes and the others wait for its file. A turn is a small file
 * that its holder writes again whenever the work has advanced. It saves work and protects nothing: graphs are right however many
 * compute them, so wherever the file says nothing sure, the answer is to compute.
 */

export interface TurnTuning {
  /** Between two looks at the file of another. */
  readonly pollMilliseconds: number;
  /**
   * Looks that find nothing new until a holder counts as lost. Looks are counted, not time: clocks differ, and a computer that slept
   * must not wake up to a lost holder. To read the rows of a large matrix takes some seconds in which nothing is told.
   */
  readonly silentLooks: number;
  /** Least time between two writes of a holder. */
  readonly writeMilliseconds: number;
}

const TUNING: TurnTuning = { pollMilliseconds: 1_000, silentLooks: 30, writeMilliseconds: 1_000 };

/** So long is each text of the file: written over the last one in one piece, none is ever cut. */
const TEXT_BYTES = 512;

export interface TurnOptions {
  /** Whether another has done the work. */
  readonly isDone: () => Promise<boolean>;
  /** Told while another works, as far as that tells. */
  readonly onProgress?: ((progress: GraphProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly tuning?: Partial<TurnTuning> | undefined;
}

/** What the file says of its holder. */
interface Holder {
  readonly pid?: unknown;
  readonly host?: unknown;
  readonly fraction?: unknown;
  readonly secondsLeft?: unknown;
}

/** Where the turn at a file is kept. As one of the temporary files of the folder, it is cleared away where it is left over. */
export function turnFile(file: string): string {
  return `${file}.turn${TEMPORARY_SUFFIX}`;
}

/**
 * Waits until nobody else works on a file.
 *
 * @returns The turn, to be ended; undefined where the work is done.
 * @throws The signal's reason when it is aborted.
 */
export async function waitForTurn(file: string, options: TurnOptions): Promise<GraphTurn | undefined> {
  const { isDone, onProgress, signal } = options;
  const tuning = { ...TUNING, ...options.tuning };
  const turn = turnFile(file);
  let last: string | undefined;
  let silent = 0;
  while (!(await isDone())) {
    signal?.throwIfAborted();
    const handle = await create(turn);
    if (handle !== 'taken') {
      return unlessDone(await GraphTurn.begin(turn, handle, tuning.writeMilliseconds), isDone);
    }
    const text = await readText(turn);
    silent = text === last ? silent + 1 : 0;
    last = text;
    const holder = holderOf(text);
    if (isGone(holder) || silent >= tuning.silentLooks) {
      silent = 0;
      if (!(await remove(turn))) {
        return GraphTurn.begin(turn, undefined, tuning.writeMilliseconds);
      }
      continue;
    }
    const progress = progressOf(holder);
    if (progress !== undefined) {
      onProgress?.(progress);
    }
    // Its error is that of any wait; the caller's reason is thrown above.
    await delay(tuning.pollMilliseconds, undefined, { signal }).catch(() => undefined);
    signal?.throwIfAborted();
  }
  return undefined;
}

/** A turn is free, too, where its holder has finished between the last look at the work and the taking of the turn. */
async function unlessDone(turn: GraphTurn, isDone: () => Promise<boolean>): Promise<GraphTurn | undefined> {
  try {
    if (!(await isDone())) {
      return turn;
    }
  } catch (error) {
    await turn.end();
    throw error;
  }
  await turn.end();
  return undefined;
}

/** The turn at computing a graph. Where the folder takes no file, it is one that nobody else can see. */
export class GraphTurn {
  private readonly token = crypto.randomUUID();
  private writing: Promise<void> = Promise.resolve();
  private isWriting = false;
  private lastWrite = -Infinity;
  private lastFraction = -1;

  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle | undefined,
    private readonly writeMilliseconds: number,
  ) {}

  static async begin(
    file: string,
    handle: FileHandle | undefined,
    writeMilliseconds: number,
  ): Promise<GraphTurn> {
    const turn = new GraphTurn(file, handle, writeMilliseconds);
    turn.write({});
    await turn.writing;
    return turn;
  }

  /** Tells the others, at times, how far the work is. That it does not advance they see by themselves. */
  note(progress: GraphProgress): void {
    const now = performance.now();
    const isDue = !this.isWriting && now - this.lastWrite >= this.writeMilliseconds;
    if (isDue && progress.fraction > this.lastFraction) {
      this.lastWrite = now;
      this.lastFraction = progress.fraction;
      this.write(progress);
    }
  }

  /** Lets the next one work. */
  async end(): Promise<void> {
    await this.writing;
    await this.handle?.close().catch(() => undefined);
    // Another may have taken a turn that was silent for long.
    if (this.handle !== undefined && (await readText(this.file))?.includes(this.token) === true) {
      await remove(this.file);
    }
  }

  private write(progress: Partial<GraphProgress>): void {
    const { handle, token } = this;
    if (handle === undefined) {
      return;
    }
    const text = JSON.stringify({
      pid: process.pid,
      host: os.hostname().slice(0, 100),
      token,
      time: Date.now(),
      ...progress,
    });
    this.isWriting = true;
    // Through the handle, so that it can only be this turn's own file. Others wait in vain where it fails, for a while.
    this.writing = handle
      .write(text.padEnd(TEXT_BYTES), 0)
      .catch(() => undefined)
      .then(() => {
        this.isWriting = false;
      });
  }
}

/** @returns undefined where no file can be made, for another reason than that there is one. */
async function create(file: string): Promise<FileHandle | 'taken' | undefined> {
  // Where a file lies in the folder's place, that is not the turn of another.
  await fs.mkdir(path.dirname(file), { recursive: true }).catch(() => undefined);
  try {
    return await fs.open(file, 'wx');
  } catch (error) {
    return errorCode(error) === 'EEXIST' ? 'taken' : undefined;
  }
}

/** @returns The beginning of the file; undefined where it cannot be read. */
async function readText(file: string): Promise<string | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await fs.open(file, 'r');
    const bytes = Buffer.alloc(TEXT_BYTES);
    const { bytesRead } = await handle.read(bytes, 0, TEXT_BYTES, 0);
    return bytes.toString('utf8', 0, bytesRead);
  } catch {
    return undefined;
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** @returns False where it is still there. */
async function remove(file: string): Promise<boolean> {
  try {
    await removeFile(file);
    return true;
  } catch {
    return false;
  }
}

function holderOf(text: string | undefined): Holder {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** Whether a process of this computer has ended. Of other computers nothing is known. */
function isGone({ pid, host }: Holder): boolean {
  if (
    host !== os.hostname().slice(0, 100) ||
    typeof pid !== 'number' ||
    !Number.isSafeInteger(pid) ||
    pid <= 0
  ) {
    return false;
  }
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}

function progressOf({ fraction, secondsLeft }: Holder): GraphProgress | undefined {
  if (typeof fraction !== 'number' || !(fraction >= 0 && fraction < 1)) {
    return undefined;
  }
  // JSON has no infinity, but 1e999 is read as one.
  return typeof secondsLeft === 'number' && secondsLeft >= 0 && secondsLeft < Infinity
    ? { fraction, secondsLeft }
    : { fraction };
}
