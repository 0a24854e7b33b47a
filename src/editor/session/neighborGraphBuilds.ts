import type { GraphProgress } from '../../engine/questions/graphProgress';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import { platformTimers, type Timers } from '../../engine/session/idleTimer';
import type { ModelIdentity } from '../../model/modelLocation';
import { isCancellation } from '../isCancellation';

/** Milliseconds without a question until a graph is built by itself: the first moments with a model belong to its user. */
const QUIET_MILLISECONDS = 10_000;

/**
 * Multiplications that a build by itself may take, rows² · dimension: all sizes of GPT-2 are below (1600 dimensions: 4.04e12), which take
 * minutes of one core. A vocabulary of 150,000 takes ten times as long: there the user decides.
 */
const MOST_MULTIPLICATIONS = 4.1e12;

export interface NeighborGraphOptions {
  readonly session: Pick<EmbeddingSession, 'state' | 'graph' | 'onDidChangeState' | 'buildGraph'>;
  /** Whether graphs are built without being asked for. */
  readonly isAutomatic: () => boolean;
  readonly onFailure: (error: unknown) => void;
  readonly timers?: Timers;
}

/** The building of neighbor graphs: by command, and by itself once a model when nobody asks for anything else. */
export class NeighborGraphBuilds {
  private readonly running = new Set<AbortController>();
  /**
   * Models for which a build has begun, or was stopped: none begins a second time by itself. One that ended because another model was
   * chosen goes on when its model is back.
   */
  private readonly begun = new Set<string>();
  private readonly listener: { dispose(): void };
  private readonly timers: Timers;
  private handle: unknown;
  /** What the builds end with that were stopped last. */
  private stopReason: DOMException | undefined;

  constructor(private readonly options: NeighborGraphOptions) {
    this.timers = options.timers ?? platformTimers;
    this.listener = options.session.onDidChangeState(() => this.wait());
  }

  /** @throws As `EmbeddingSession.buildGraph`; an AbortError after {@link stop}. */
  async build(signal: AbortSignal, onProgress?: (progress: GraphProgress) => void): Promise<void> {
    signal.throwIfAborted();
    const stopping = new AbortController();
    const forward = (): void => stopping.abort(signal.reason);
    signal.addEventListener('abort', forward);
    this.running.add(stopping);
    try {
      await this.options.session.buildGraph(stopping.signal, onProgress);
    } finally {
      this.running.delete(stopping);
      signal.removeEventListener('abort', forward);
    }
  }

  /** Ends what is built, for all who wait for it. What is done is kept, and the next build goes on from there. */
  stop(): void {
    const { state } = this.options.session;
    if (state.state === 'ready') {
      this.begun.add(nameOf(state.model));
    }
    this.stopReason = new DOMException('Building the neighbor graph was stopped.', 'AbortError');
    for (const stopping of this.running) {
      stopping.abort(this.stopReason);
    }
  }

  /** Somebody asks for something, or changes what is wanted: a build that has not begun waits again. */
  noteActivity(): void {
    this.wait();
  }

  dispose(): void {
    this.listener.dispose();
    this.cancelWait();
    this.stop();
  }

  private wait(): void {
    this.cancelWait();
    if (this.candidate) {
      this.handle = this.timers.setTimeout(() => {
        this.handle = undefined;
        void this.beginByItself();
      }, QUIET_MILLISECONDS);
    }
  }

  private cancelWait(): void {
    if (this.handle !== undefined) {
      this.timers.clearTimeout(this.handle);
      this.handle = undefined;
    }
  }

  /** The model whose graph is to be built by itself. */
  private get candidate(): ModelIdentity | undefined {
    const { session, isAutomatic } = this.options;
    const { state } = session;
    if (state.state !== 'ready' || session.graph.state !== 'none' || !isAutomatic()) {
      return undefined;
    }
    const { rowCount, dimension } = state.model;
    const isSmall = rowCount * rowCount * dimension <= MOST_MULTIPLICATIONS;
    return isSmall && !this.begun.has(nameOf(state.model)) ? state.model : undefined;
  }

  private async beginByItself(): Promise<void> {
    const { candidate } = this;
    if (!candidate) {
      return;
    }
    this.begun.add(nameOf(candidate));
    try {
      await this.build(new AbortController().signal);
    } catch (error) {
      if (!isCancellation(error)) {
        this.options.onFailure(error);
      } else if (error !== this.stopReason) {
        this.begun.delete(nameOf(candidate));
      }
    }
  }
}

function nameOf({ path, tensorName }: ModelIdentity): string {
  return JSON.stringify([path, tensorName]);
}
