import type { EmbeddingEngine } from '../../../src/engine/questions/embeddingEngine';
import type { LoadOptions } from '../../../src/engine/questions/loadOptions';
import type { Neighbor, NeighborAnswer, NeighborRequest } from '../../../src/engine/questions/neighborAnswer';
import { EngineUnavailableError } from '../../../src/engine/engineErrors';
import type { ModelIdentity, ModelLocation } from '../../../src/model/modelLocation';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';
import { answering } from './answering';
import { MODEL, settle } from './scriptedEngine';

export const VOCABULARY_SIZE = 50_257;

/** An engine that ranks its rows by a seeded draw; loads and builds take a task for each of their steps. */
export class SteppingEngine implements EmbeddingEngine {
  loads = 0;
  steps = 0;
  failure: Error | undefined;
  readonly locations: ModelLocation[] = [];
  readonly options: LoadOptions[] = [];
  readonly requests: NeighborRequest[] = [];
  /** Set once the signal of a build is aborted. */
  buildEnded: Error | undefined;
  private isLoaded = false;

  async load(location: ModelLocation, options: LoadOptions = {}): Promise<ModelIdentity> {
    this.locations.push(location);
    this.options.push(options);
    this.isLoaded = false;
    for (let rowsDone = 0; rowsDone <= 10; rowsDone++) {
      options.signal?.throwIfAborted();
      options.onProgress?.({ rowsDone, rowCount: 10, model: MODEL });
      this.steps++;
      await settle();
    }
    if (this.failure) {
      throw this.failure;
    }
    this.loads++;
    this.isLoaded = true;
    return MODEL;
  }

  readonly ask = answering({
    neighbors: (request) => this.search(request),
    neighborsOfMany: (requests) => Promise.all(requests.map((request) => this.search(request))),
    neighborsWithoutIndex: async (requests) => {
      const answers: (NeighborAnswer | undefined)[] = [];
      for (const request of requests) {
        answers.push(request.k > 32 ? undefined : await this.search(request));
      }
      return answers;
    },
    buildGraph: async (_, signal, onProgress) => {
      for (let step = 0; step <= 100; step++) {
        if (signal?.aborted === true) {
          this.buildEnded = signal.reason as Error;
          throw this.buildEnded;
        }
        onProgress?.({ fraction: step / 100, secondsLeft: 100 - step });
        await settle();
      }
    },
  });

  release(): Promise<void> {
    this.isLoaded = false;
    return Promise.resolve();
  }

  // Asynchronous by contract.
  // eslint-disable-next-line @typescript-eslint/require-await
  private async search(request: NeighborRequest): Promise<NeighborAnswer> {
    this.requests.push(request);
    if (!this.isLoaded) {
      throw new EngineUnavailableError('not-loaded', 'No embeddings are loaded.');
    }
    const id = request.query.terms[0]?.id ?? 0;
    if (id >= VOCABULARY_SIZE) {
      throw new RangeError(`Token id ${id} is outside the vocabulary.`);
    }
    return {
      metric: request.metric ?? 'cosine',
      combination: 'unit',
      neighbors: ranking(id, request.k),
      averageScore: 0.25,
      ...(request.distribution === true && {
        distribution: { from: -1, to: 1, counts: new Uint32Array([4, 5, 6]) },
      }),
      ...(request.projection === true && {
        projection: { query: [1, 2], points: [[3, 4]], explained: [0.5, 0.25], misplaced: [true] },
      }),
      model: MODEL,
      milliseconds: 1,
      source: 'index',
    };
  }
}

/** Neighbors with all kinds of numbers that a ranking can hold: seeded, by falling score. */
export function ranking(seed: number, count: number): Neighbor[] {
  const random = new SeededRandom(seed + 1);
  const scores = Array.from({ length: Math.min(count, VOCABULARY_SIZE) }, () => random.roughNormal());
  scores.sort((a, b) => b - a);
  return scores.map((score, index) => ({
    id: VOCABULARY_SIZE - 1 - index,
    score,
    norm: index * (index % 2 === 0 ? 1.1e-300 : 1.1e300),
  }));
}
