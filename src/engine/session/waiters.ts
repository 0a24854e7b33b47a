interface Waiter<Result> {
  resolve(result: Result): void;
  reject(reason: Error): void;
}

/** Everybody who waits for one piece of work. Each may give up; when the last has, the work can stop. */
export class Waiters<Result> {
  private readonly waiting = new Set<Waiter<Result>>();

  /** @param onAbandoned Called when the last has given up. */
  constructor(private readonly onAbandoned: () => void) {}

  /** @throws The signal's reason when it is aborted. */
  wait(signal?: AbortSignal): Promise<Result> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const onAbort = (): void => {
        reject(signal?.reason as Error);
        if (this.waiting.delete(waiter) && this.waiting.size === 0) {
          this.onAbandoned();
        }
      };
      const waiter: Waiter<Result> = {
        resolve: (result) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(result);
        },
        reject: (reason) => {
          signal?.removeEventListener('abort', onAbort);
          reject(reason);
        },
      };
      this.waiting.add(waiter);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  resolve(result: Result): void {
    for (const waiter of this.takeAll()) {
      waiter.resolve(result);
    }
  }

  reject(reason: Error): void {
    for (const waiter of this.takeAll()) {
      waiter.reject(reason);
    }
  }

  private takeAll(): Waiter<Result>[] {
    const all = [...this.waiting];
    this.waiting.clear();
    return all;
  }
}
