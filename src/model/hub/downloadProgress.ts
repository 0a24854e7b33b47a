import type { HubModel } from './hubModel';

/** How far a download is. */
export interface DownloadProgress {
  /**
   * - `connecting`: the file and the tensor in it are looked for
   * - `downloading`
   * - `checking`: everything is there and is compared with what it should be
   * - `other-window`: another window downloads the same model, this one waits for it
   */
  readonly phase: 'connecting' | 'downloading' | 'checking' | 'other-window';
  readonly model: HubModel;
  /** Host of the server, such as `huggingface.co`. */
  readonly host: string;
  /** Known when the tensor is: 40 hexadecimal digits. */
  readonly commit?: string;
  readonly tensorName?: string;
  /** Bytes that are there, those of an earlier run included. */
  readonly bytesDone: number;
  /** Bytes in all; 0 while it is not known. */
  readonly bytesTotal: number;
  /** Size of the whole file on the server. */
  readonly fileBytes?: number;
  /** Over the last seconds; 0 while it is not known. */
  readonly bytesPerSecond: number;
  /** undefined while it cannot be told. */
  readonly secondsLeft?: number;
  /** Why it does not go on just now, a sentence. */
  readonly waiting?: string;
}

/** Shortest time between two reports that differ in nothing but numbers. */
const REPORT_MILLISECONDS = 100;

/** The speed is that of the last so many milliseconds. */
const SPEED_WINDOW_MILLISECONDS = 5_000;

/** A speed from less time than this says nothing. */
const LEAST_WINDOW_MILLISECONDS = 250;

type State = Omit<DownloadProgress, 'waiting' | 'bytesPerSecond' | 'secondsLeft'>;
type Changes = Partial<Omit<State, 'model' | 'host'>>;

/** Keeps what is known about a running download and reports it, not too often. */
export class ProgressMeter {
  private state: State;
  private waiting: string | undefined;
  private samples: { readonly time: number; readonly bytes: number }[] = [];
  private reportedAt = Number.NEGATIVE_INFINITY;

  constructor(
    model: HubModel,
    host: string,
    private readonly now: () => number,
    private readonly onProgress: (progress: DownloadProgress) => void,
  ) {
    this.state = {
      phase: 'connecting',
      model,
      host,
      bytesDone: 0,
      bytesTotal: 0,
    };
  }

  get bytesDone(): number {
    return this.state.bytesDone;
  }

  get bytesTotal(): number {
    return this.state.bytesTotal;
  }

  /** Something else than the number of bytes has changed: reported at once. The speed is measured anew. */
  change(changes: Changes): void {
    this.state = { ...this.state, ...changes };
    if (changes.phase !== undefined || changes.bytesDone !== undefined) {
      this.samples = [];
    }
    this.report();
  }

  /** @param waiting Why it does not go on just now; undefined when it does. */
  wait(waiting: string | undefined): void {
    if (waiting !== this.waiting) {
      this.waiting = waiting;
      this.report();
    }
  }

  /** Bytes have arrived, or have turned out to be lost (negative). */
  add(bytes: number): void {
    this.state = { ...this.state, bytesDone: this.state.bytesDone + bytes };
    if (this.now() - this.reportedAt >= REPORT_MILLISECONDS) {
      this.report();
    }
  }

  private report(): void {
    const time = this.now();
    const { waiting } = this;
    const { bytesDone, bytesTotal } = this.state;
    this.reportedAt = time;
    this.samples.push({ time, bytes: bytesDone });
    while (this.samples.length > 2 && time - (this.samples[1]?.time ?? time) >= SPEED_WINDOW_MILLISECONDS) {
      this.samples.shift();
    }
    const first = this.samples[0] ?? { time, bytes: bytesDone };
    const elapsed = time - first.time;
    const bytesPerSecond =
      elapsed < LEAST_WINDOW_MILLISECONDS ? 0 : Math.max(0, ((bytesDone - first.bytes) * 1000) / elapsed);
    const canTell = bytesPerSecond > 0 && bytesTotal > 0 && waiting === undefined;
    this.onProgress({
      ...this.state,
      bytesPerSecond,
      ...(canTell && { secondsLeft: Math.max(0, bytesTotal - bytesDone) / bytesPerSecond }),
      ...(waiting !== undefined && { waiting }),
    });
  }
}
