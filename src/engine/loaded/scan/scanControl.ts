import type { ScanJob } from '../../../core/embedding/index/scanTeam';

/*
 * Where the engine's thread and a scanning thread meet: sixteen 32-bit words in the memory that both share. Whoever the state says
 * is at work may touch the rest.
 */

/** States of a thread. Memory begins as zeros: a thread that has not said so yet is not ready. */
export const STATE = { starting: 0, idle: 1, working: 2, failed: 3 } as const;

export const CONTROL_WORDS = 16;

const WORD = { state: 0, firstRow: 1, endRow: 2, paddedDimension: 3, requestCount: 4, requests: 5 } as const;

/** Most requests of one job. */
export const MAX_REQUESTS = CONTROL_WORDS - WORD.requests;

/** One thread's words. */
export class ScanControl {
  private readonly words: Int32Array;

  constructor(memory: WebAssembly.Memory, address: number) {
    this.words = new Int32Array(memory.buffer, address, CONTROL_WORDS);
  }

  get state(): number {
    return Atomics.load(this.words, WORD.state);
  }

  /** Wakes whoever waits for another state. */
  setState(state: number): void {
    Atomics.store(this.words, WORD.state, state);
    Atomics.notify(this.words, WORD.state);
  }

  /**
   * Sleeps while the state is this one.
   *
   * @returns false when that took longer than `milliseconds`.
   */
  waitWhile(state: number, milliseconds = Infinity): boolean {
    return Atomics.wait(this.words, WORD.state, state, milliseconds) !== 'timed-out';
  }

  writeJob({ requests, firstRow, endRow }: ScanJob, paddedDimension: number): void {
    this.words.set([firstRow, endRow, paddedDimension, requests.length, ...requests], WORD.firstRow);
  }

  readJob(): { readonly job: ScanJob; readonly paddedDimension: number } {
    const { words } = this;
    // Addresses beyond 2³¹ are negative as int32.
    const address = (index: number): number => (words[WORD.requests + index] ?? 0) >>> 0;
    const requests = Array.from({ length: words[WORD.requestCount] ?? 0 }, (_, index) => address(index));
    return {
      job: { requests, firstRow: words[WORD.firstRow] ?? 0, endRow: words[WORD.endRow] ?? 0 },
      paddedDimension: words[WORD.paddedDimension] ?? 0,
    };
  }
}
