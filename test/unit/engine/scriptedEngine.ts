import type { Comparison } from '../../../src/engine/questions/comparison';
import type { EmbeddingEngine } from '../../../src/engine/questions/embeddingEngine';
import type { GraphProgress } from '../../../src/engine/questions/graphProgress';
import type { LoadOptions } from '../../../src/engine/questions/loadOptions';
import type { NeighborAnswer, NeighborRequest } from '../../../src/engine/questions/neighborAnswer';
import type { ScoreDistribution } from '../../../src/engine/questions/scoreDistribution';
import { EmbeddingSession, type EmbeddingSessionOptions } from '../../../src/engine/session/embeddingSession';
import type { EmbeddingState } from '../../../src/engine/session/embeddingState';
import { EngineUnavailableError } from '../../../src/engine/engineErrors';
import type { Timers } from '../../../src/engine/session/idleTimer';
import type { ModelIdentity, ModelLocation } from '../../../src/model/modelLocation';
import { answering } from './answering';
import { FakeSource } from './fakeSource';

export const REQUEST: NeighborRequest = { query: { terms: [{ weight: 1, id: 2 }] }, k: 3 };
export const MODEL = new FakeSource(10, 3).identity();

/** An answer without neighbors. */
export function emptyAnswer(
  model: ModelIdentity,
  source: NeighborAnswer['source'] = 'index',
): NeighborAnswer {
  return {
    metric: 'cosine',
    combination: 'unit',
    neighbors: [],
    averageScore: 0,
    model,
    milliseconds: 0,
    source,
  };
}

/** Every pair as unlike as can be. */
export function emptyComparison(count: number): Comparison {
  const pairs = new Float64Array(count * count);
  return {
    unrankedIds: [],
    vectors: new Float32Array(count * 2),
    dimension: 2,
    norms: new Float64Array(count),
    normPercentiles: new Float64Array(count),
    scores: { cosine: pairs, centered: pairs, dot: pairs, euclidean: pairs },
    pearson: pairs,
    averageCosine: 0,
    averageCentered: 0,
    milliseconds: 0,
  };
}

const DISTRIBUTION: ScoreDistribution = { from: 0, to: 1, counts: Uint32Array.of(4, 6) };

/** Time that passes when the test says so. */
export class ManualTimers implements Timers {
  time = 0;
  private readonly waiting = new Map<number, { at: number; callback: () => void }>();
  private last = 0;

  get count(): number {
    return this.waiting.size;
  }

  setTimeout(callback: () => void, milliseconds: number): number {
    this.waiting.set(++this.last, { at: this.time + milliseconds, callback });
    return this.last;
  }

  clearTimeout(handle: unknown): void {
    this.waiting.delete(handle as number);
  }

  now(): number {
    return this.time;
  }

  pass(milliseconds: number): void {
    this.time += milliseconds;
    for (const [handle, { at, callback }] of [...this.waiting]) {
      if (at <= this.time) {
        this.waiting.delete(handle);
        callback();
      }
    }
  }
}

/** An engine whose loads and builds end when the test says so, and searches at once or when the test lets them. */
export class ScriptedEngine implements EmbeddingEngine {
  readonly loads: {
    location: ModelLocation;
    options: LoadOptions;
    progress(rowsDone: number): void;
    finish(model?: ModelIdentity): void;
    fail(error: Error): void;
  }[] = [];
  readonly builds: {
    signal: AbortSignal | undefined;
    progress(progress: GraphProgress): void;
    finish(): void;
    fail(error: Error): void;
  }[] = [];
  loaded: ModelIdentity | undefined;
  searches = 0;
  /** Requests of each question `neighborsWithoutIndex`. */
  readonly hovers: (readonly NeighborRequest[])[] = [];
  releases = 0;
  source: NeighborAnswer['source'] = 'index';
  /** Called by each search. */
  onSearch: () => Promise<void> | void = () => undefined;

  load(location: ModelLocation, options: LoadOptions = {}): Promise<ModelIdentity> {
    this.loaded = undefined;
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => {
        reject(options.signal?.reason as Error);
      });
      this.loads.push({
        location,
        options,
        progress: (rowsDone) => options.onProgress?.({ rowsDone, rowCount: 10, model: MODEL }),
        finish: (model = MODEL) => {
          this.loaded = model;
          resolve(model);
        },
        fail: reject,
      });
    });
  }

  readonly ask = answering({
    neighbors: () => this.search(),
    neighborsOfMany: (requests) => Promise.all(requests.map(() => this.search())),
    neighborsWithoutIndex: async (requests) => {
      this.hovers.push(requests);
      const model = this.loadedModel();
      await this.onSearch();
      // The second and every other one is not at hand.
      return requests.map((_, index) => (index % 2 === 0 ? emptyAnswer(model, this.source) : undefined));
    },
    ranks: ({ ids }) =>
      this.analyzed({ scores: Float64Array.from(ids), ranks: Uint32Array.from(ids), rankedCount: 10 }),
    compare: (queries) => this.analyzed(emptyComparison(queries.length)),
    measureToken: (id) =>
      this.analyzed({
        norm: id,
        normPercentile: 0.5,
        norms: DISTRIBUTION,
        centroidDistance: id,
        centroidPercentile: 0.5,
        centroidDistances: DISTRIBUTION,
      }),
    tokenValues: ({ ids }) =>
      this.analyzed({ values: Float64Array.from(ids), percentiles: new Float64Array(101) }),
    verify: () =>
      this.analyzed({
        rowCount: 10,
        loopMilliseconds: 2,
        fastMilliseconds: 1,
        largestDifference: 0,
        correlation: 1,
        sameOrder: true,
      }),
    embeddingsTsv: (ids) => this.analyzed(ids.join('\n')),
    buildGraph: async (_, signal, onProgress) => {
      this.loadedModel();
      await new Promise<void>((resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
        this.builds.push({
          signal,
          progress: (progress) => onProgress?.(progress),
          finish: resolve,
          fail: reject,
        });
      });
    },
  });

  release(): Promise<void> {
    this.releases++;
    this.loaded = undefined;
    return Promise.resolve();
  }

  private async search(): Promise<NeighborAnswer> {
    this.searches++;
    const model = this.loadedModel();
    await this.onSearch();
    return emptyAnswer(model, this.source);
  }

  /** Counts and waits as a search does. */
  private async analyzed<Answer>(answer: Answer): Promise<Answer> {
    this.searches++;
    this.loadedModel();
    await this.onSearch();
    return answer;
  }

  private loadedModel(): ModelIdentity {
    if (this.loaded === undefined) {
      throw new EngineUnavailableError('not-loaded', 'No embeddings are loaded.');
    }
    return this.loaded;
  }
}

export interface Setup {
  session: EmbeddingSession;
  engine: ScriptedEngine;
  timers: ManualTimers;
  states: string[];
  readonly setLocation: (path: string) => void;
}

export function setUp(idleMilliseconds = 60_000, options: Partial<EmbeddingSessionOptions> = {}): Setup {
  const engine = new ScriptedEngine();
  const timers = new ManualTimers();
  let path = '/a';
  const session = new EmbeddingSession({
    engine,
    timers,
    idleMilliseconds,
    locate: () => Promise.resolve({ location: { kind: 'file', path } }),
    ...options,
  });
  const states: string[] = [];
  session.onDidChangeState(({ state }) => states.push(state));
  return {
    session,
    engine,
    timers,
    states,
    setLocation: (next) => {
      path = next;
    },
  };
}

/** A call, so that the compiler does not take the state for unchanged since the last assertion. */
export function stateOf(session: EmbeddingSession): EmbeddingState['state'] {
  return session.state.state;
}

/** Lets everything that can happen without time passing happen. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Loads the model. */
export async function ready({ session, engine }: Setup): Promise<void> {
  const load = session.ensureReady();
  await settle();
  engine.loads.at(-1)?.finish();
  await load;
}
