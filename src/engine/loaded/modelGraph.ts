import { availableParallelism } from 'node:os';
import { answerFromGraph } from '../../core/embedding/graph/answerFromGraph';
import type { EmbeddingSource } from '../../model/embeddingSource';
import type { ModelIdentity } from '../../model/modelLocation';
import { DEFAULT_METRIC } from './answerRequests';
import { cacheFiles, type CacheFiles } from './cache/cacheFolder';
import { identityOfSource, type SourceIdentity } from './cache/sourceIdentity';
import type { GraphProgress } from '../questions/graphProgress';
import type { NeighborAnswer, NeighborRequest } from '../questions/neighborAnswer';
import { buildNeighborGraph, graphThreads } from './graph/buildNeighborGraph';
import { openNeighborGraph, type NeighborGraph } from './graph/neighborGraph';
import { OneAtATime } from './oneAtATime';
import { rowsOf } from './sourceRows';
import type { StartThread } from '../workerPort';

/** A graph, for what is made from all of it. */
export interface WholeGraph extends Pick<NeighborGraph, 'checksum' | 'readLists'> {
  /** What it was made from. */
  readonly identity: SourceIdentity;
  readonly files: CacheFiles;
}

/** The neighbor graph of a model, where it has one. */
export class ModelGraph {
  private graph: NeighborGraph | undefined;
  /** What the file was before its rows were read for a graph. */
  private readonly identity: Promise<SourceIdentity | undefined>;
  private opening: Promise<void>;
  private readonly builds = new OneAtATime();
  private isClosed = false;

  /**
   * @param cacheFolder Where it is kept; undefined: there is none.
   * @param startThread Without it, it is built in this thread.
   */
  constructor(
    private readonly source: EmbeddingSource,
    private readonly cacheFolder: string | undefined,
    private readonly startThread: StartThread | undefined,
  ) {
    this.identity = cacheFolder === undefined ? Promise.resolve(undefined) : identityOfSource(source);
    // Without a graph everything is searched: a failure to open one is no failure.
    this.opening = this.open().catch(() => undefined);
  }

  /** Resolves when it is known whether there is a graph. */
  get opened(): Promise<void> {
    return this.opening;
  }

  /** @returns undefined where there is no graph. */
  async whole(): Promise<WholeGraph | undefined> {
    await this.opening;
    const identity = await this.identity;
    const { cacheFolder, graph } = this;
    if (graph === undefined || cacheFolder === undefined || identity === undefined) {
      return undefined;
    }
    return {
      identity,
      files: cacheFiles(cacheFolder, identity),
      checksum: graph.checksum,
      readLists: (signal) => graph.readLists(signal),
    };
  }

  /**
   * Answers a question about the nearest neighbors of one token by cosine, without a search.
   *
   * @returns undefined for any other question, and where the graph cannot tell.
   */
  answer(request: NeighborRequest, model: ModelIdentity): NeighborAnswer | undefined {
    const id = tokenOf(request);
    if (this.graph === undefined || id === undefined) {
      return undefined;
    }
    const start = performance.now();
    const found = answerFromGraph(this.graph, rowsOf(this.source), id, request.k);
    return (
      found && {
        metric: 'cosine',
        combination: 'unit',
        neighbors: Array.from(found.ids, (neighbor, index) => ({
          id: neighbor,
          score: found.scores[index] ?? 0,
          norm: found.norms[index] ?? 0,
        })),
        model,
        milliseconds: performance.now() - start,
        source: 'graph',
      }
    );
  }

  /**
   * Builds the graph, or goes on with one that was interrupted. One build at a time.
   *
   * @throws {RangeError} for a matrix that would take too long or too much memory, and where nothing can be kept.
   * @throws The signal's reason when it is aborted.
   */
  build(signal: AbortSignal, onProgress?: (progress: GraphProgress) => void): Promise<void> {
    return this.builds.run(() => this.buildAndOpen(signal, onProgress), signal);
  }

  /** To be called when all builds were canceled. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.builds.ended;
    await this.opening;
    await this.graph?.close();
    this.graph = undefined;
  }

  private async buildAndOpen(
    signal: AbortSignal,
    onProgress: ((progress: GraphProgress) => void) | undefined,
  ): Promise<void> {
    const identity = await this.identity;
    if (this.cacheFolder === undefined || identity === undefined) {
      throw new RangeError('There is no file beside which a neighbor graph of this model could be kept.');
    }
    const { startThread } = this;
    await buildNeighborGraph({
      source: this.source,
      cacheFolder: this.cacheFolder,
      identity,
      threads: graphThreads(availableParallelism()),
      startThread: startThread && (() => startThread('graph')),
      signal,
      onProgress,
    });
    await this.opening;
    if (this.graph === undefined) {
      this.opening = this.open();
      await this.opening;
    }
  }

  private async open(): Promise<void> {
    const identity = await this.identity;
    if (this.cacheFolder === undefined || identity === undefined || !this.source.isUnchanged()) {
      return;
    }
    const graph = await openNeighborGraph(this.cacheFolder, identity);
    if (this.isClosed) {
      await graph?.close();
    } else {
      this.graph = graph;
    }
  }
}

/** The token of a question that a graph can answer. */
function tokenOf({ query, metric, allowed, distribution, projection }: NeighborRequest): number | undefined {
  const [term] = query.terms;
  const isPlain =
    (metric ?? DEFAULT_METRIC) === 'cosine' &&
    allowed === undefined &&
    distribution !== true &&
    projection !== true;
  // A weight that is not finite is for a search to refuse.
  const isToken = query.terms.length === 1 && term !== undefined && term.weight > 0 && term.weight < Infinity;
  return isPlain && isToken ? term.id : undefined;
}
