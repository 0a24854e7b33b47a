import { ExactSearch } from '../core/embedding/exactSearch';
import { createKernel } from '../core/embedding/kernel/createKernel';
import type { ScreeningKernel, ScreeningMatrix } from '../core/embedding/kernel/screeningKernel';
import { queryVector } from '../core/embedding/queryVector';
import { CheckpointError } from '../core/safetensors/checkpointError';
import { openEmbeddingSource } from '../model/embeddingSource';
import { checkGpt2Fingerprint } from '../model/gpt2Fingerprint';
import type { ModelIdentity, ModelLocation } from '../model/modelLocation';
import {
  MAX_PROJECTED,
  type EmbeddingEngine,
  type LoadOptions,
  type LoadProgress,
  type Neighbor,
  type NeighborAnswer,
  type NeighborRequest,
} from './embeddingEngine';
import { EngineUnavailableError } from './engineErrors';
import { loadRows } from './loadRows';
import { projectNeighbors } from './projectNeighbors';

interface LoadedMatrix {
  readonly identity: ModelIdentity;
  readonly matrix: ScreeningMatrix;
  readonly search: ExactSearch;
}

export interface InProcessEngineOptions {
  /** Opens checkpoints; a seam for tests. */
  readonly openSource?: typeof openEmbeddingSource;
  /** Makes the kernel at the first load; the default is the fastest that this runtime can run. */
  readonly createKernel?: () => ScreeningKernel;
}

/**
 * The engine in the caller's own thread: inside the worker, in the terminal program, in tests.
 *
 * Loads run one after the other. While one runs, and after one failed, nothing is loaded.
 */
export class InProcessEngine implements EmbeddingEngine {
  private readonly openSource: typeof openEmbeddingSource;
  private readonly makeKernel: () => ScreeningKernel;
  private kernel: ScreeningKernel | undefined;
  private loaded: LoadedMatrix | undefined;
  /** Settles, never rejects, when the load that was asked for last has ended. */
  private lastLoad: Promise<unknown> = Promise.resolve();
  private releases = new AbortController();

  constructor(options: InProcessEngineOptions = {}) {
    this.openSource = options.openSource ?? openEmbeddingSource;
    this.makeKernel = options.createKernel ?? createKernel;
  }

  load(location: ModelLocation, options: LoadOptions = {}): Promise<ModelIdentity> {
    const released = this.releases.signal;
    const signal = options.signal === undefined ? released : AbortSignal.any([options.signal, released]);
    const load = this.lastLoad.then(async () => {
      signal.throwIfAborted();
      this.unload();
      this.loaded = await this.read(location, options.tensorName, signal, options.onProgress);
      return this.loaded.identity;
    });
    this.lastLoad = load.catch(() => undefined);
    return load;
  }

  // Asynchronous by contract: a worker's answer takes a message.
  // eslint-disable-next-line @typescript-eslint/require-await
  async neighbors(request: NeighborRequest, signal?: AbortSignal): Promise<NeighborAnswer> {
    signal?.throwIfAborted();
    if (this.loaded === undefined) {
      throw new EngineUnavailableError('not-loaded', 'No embeddings are loaded.');
    }
    return answer(this.loaded, request);
  }

  async release(): Promise<void> {
    this.releases.abort(new EngineUnavailableError('not-loaded', 'The embeddings were released.'));
    this.releases = new AbortController();
    await this.lastLoad;
    this.unload();
  }

  private unload(): void {
    this.loaded?.matrix.dispose();
    this.loaded = undefined;
  }

  private async read(
    location: ModelLocation,
    tensorName: string | undefined,
    signal: AbortSignal,
    onProgress: ((progress: LoadProgress) => void) | undefined,
  ): Promise<LoadedMatrix> {
    const source = await this.openSource(location, { tensorName, signal });
    try {
      const matrix = this.allocate(source.identity);
      const loaded = await loadRows(source, matrix, signal, onProgress);
      const identity = { ...loaded, isVerified: await checkGpt2Fingerprint(source) };
      return { identity, matrix, search: new ExactSearch(matrix) };
    } finally {
      await source.close();
    }
  }

  private allocate({ rowCount, dimension, path, name }: ModelIdentity): ScreeningMatrix {
    this.kernel ??= this.makeKernel();
    try {
      return this.kernel.allocate(rowCount, dimension);
    } catch (error) {
      if (error instanceof RangeError) {
        throw new CheckpointError('too-large', path === '' ? name : path, error.message, { cause: error });
      }
      throw error;
    }
  }
}

function answer({ identity, matrix, search }: LoadedMatrix, request: NeighborRequest): NeighborAnswer {
  const start = performance.now();
  const query = queryVector(matrix, request.query.terms);
  const ranked = search.search(query, request.k);
  const milliseconds = performance.now() - start;
  const neighbors: Neighbor[] = Array.from(ranked.ids, (id, index) => ({
    id,
    score: ranked.scores[index] ?? 0,
    norm: matrix.norms[id] ?? 0,
  }));
  const projection =
    request.projection === true
      ? { projection: projectNeighbors(matrix, query, ranked.ids.subarray(0, MAX_PROJECTED)) }
      : {};
  return {
    neighbors,
    averageSimilarity: ranked.averageSimilarity,
    ...projection,
    model: identity,
    milliseconds,
  };
}
