import { availableParallelism } from 'node:os';
import { IndexedSearch } from '../../core/embedding/index/indexedSearch';
import type { EmbeddingSearch } from '../../core/embedding/search/embeddingSearch';
import type { EmbeddingSource } from '../../model/embeddingSource';
import type { ModelIdentity } from '../../model/modelLocation';
import { checkRow } from '../../core/embedding/queryVector';
import { ModelAnalysis } from './analysis/modelAnalysis';
import { answerRequests, averageScoreOf, DEFAULT_METRIC } from './answerRequests';
import type { LoadProgress } from '../questions/loadOptions';
import type { NeighborAnswer, NeighborRequest } from '../questions/neighborAnswer';
import { EngineUnavailableError } from '../engineErrors';
import { ModelLayout } from './layout/modelLayout';
import { ModelLinearMap } from './layout/modelLinearMap';
import { ModelGraph } from './modelGraph';
import { openSearch, type IndexRest, type KernelChoice } from './openSearch';
import { ScanThreads, scanThreadCount } from './scan/scanThreads';
import { rowsOf } from './sourceRows';
import { unrankedRowsWarning } from './unrankedRows';
import { withEitherSignal } from './withEitherSignal';
import type { StartThread } from '../workerPort';

/** What the first answer need not wait for begins so long after the index is there: the first question comes at once. */
const KEEP_DELAY_MILLISECONDS = 500;

export interface LoadedModelOptions {
  /** Where the index and the neighbor graph are kept; undefined: nowhere. */
  readonly cacheFolder: string | undefined;
  readonly kernel: KernelChoice;
  /** Without it, everything is done in this thread. */
  readonly startThread: StartThread | undefined;
}

/** What of a model is there, or is made, without its index. */
interface PartsWithoutIndex {
  readonly graph: ModelGraph;
  readonly linearMap: ModelLinearMap;
  readonly layout: ModelLayout;
}

/** An opened model: its file, and its index once that is needed. */
export class LoadedModel {
  private readonly closing = new AbortController();
  private opening: Promise<EmbeddingSearch> | undefined;
  private resident: EmbeddingSearch | undefined;
  private rest: IndexRest | undefined;
  private centering: Promise<void> | undefined;
  private keeping: Promise<void> | undefined;
  private closed: Promise<void> | undefined;
  private scanThreads: ScanThreads | undefined;
  private currentIdentity: ModelIdentity;
  private readonly parts: PartsWithoutIndex;
  private analysis: ModelAnalysis | undefined;
  /** Work on the rows and the graph. */
  private readonly underWay = new Set<Promise<unknown>>();

  /**
   * @param source Closed with this.
   * @param opened What the source is, before its rows were looked at.
   */
  constructor(
    private readonly source: EmbeddingSource,
    private readonly opened: ModelIdentity,
    private readonly options: LoadedModelOptions,
  ) {
    this.currentIdentity = opened;
    const graph = new ModelGraph(source, options.cacheFolder, options.startThread);
    const linearMap = new ModelLinearMap(rowsOf(source));
    this.parts = { graph, linearMap, layout: new ModelLayout(source, graph, linearMap) };
  }

  /** What it is; once the index is there, with a warning about rows that are not ranked. */
  get identity(): ModelIdentity {
    return this.currentIdentity;
  }

  /**
   * Reads or builds the index unless it is there. All callers share one attempt.
   *
   * @throws As {@link openSearch}; the reason given to {@link close} when that comes first.
   */
  search(onProgress?: (progress: LoadProgress) => void): Promise<EmbeddingSearch> {
    this.opening ??= this.open(onProgress).catch((error: unknown) => {
      // The next question tries again.
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  /** Answers in the order of the requests; reads or builds the index where it is not in memory. */
  async answer(requests: readonly NeighborRequest[], signal?: AbortSignal): Promise<NeighborAnswer[]> {
    this.requireUnchanged();
    return withEitherSignal(signal, this.closing.signal, async (ended) => {
      const search = await this.search();
      if (requests.some(({ metric }) => metric === 'centered')) {
        await this.measureCentered();
        this.keep();
      }
      // Nothing is awaited from here on: the file cannot be closed in the middle of a search.
      ended.throwIfAborted();
      const fromGraph = this.answerFromGraph(requests, search);
      return fromGraph.every((answer) => answer !== undefined)
        ? fromGraph
        : answerRequests(search, this.identity, requests);
    });
  }

  /** Answers what needs neither a read nor a build of the index. */
  async answerWithoutIndex(requests: readonly NeighborRequest[]): Promise<(NeighborAnswer | undefined)[]> {
    this.requireUnchanged();
    await this.parts.graph.opened;
    this.closing.signal.throwIfAborted();
    const { resident } = this;
    const answers = this.answerFromGraph(requests, resident);
    const open = requests.filter(
      (request, index) => answers[index] === undefined && this.canScan(request, resident),
    );
    const scanned = resident === undefined ? [] : answerRequests(resident, this.identity, open);
    return answers.map((answer, index) => {
      const request = requests[index];
      return answer ?? scanned[request === undefined ? -1 : open.indexOf(request)];
    });
  }

  /**
   * Works with what needs no index.
   *
   * @param work Its signal is aborted with the caller's, and when this is closed.
   * @throws The reason given to {@link close} when that comes first.
   */
  async work<Result>(
    work: (parts: PartsWithoutIndex, signal: AbortSignal) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    this.requireUnchanged();
    return withEitherSignal(signal, this.closing.signal, (ended) => this.untilDone(work(this.parts, ended)));
  }

  /**
   * Asks about the rows; reads or builds the index where it is not in memory.
   *
   * @param question Its signal is aborted with the caller's, and when this is closed.
   */
  async analyze<Answer>(
    question: (analysis: ModelAnalysis, signal: AbortSignal) => Promise<Answer>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    this.requireUnchanged();
    return withEitherSignal(signal, this.closing.signal, async (ended) => {
      const search = await this.search();
      ended.throwIfAborted();
      this.analysis ??= new ModelAnalysis(
        this.source,
        search,
        () => this.measureCentered(),
        this.closing.signal,
      );
      return this.untilDone(question(this.analysis, ended));
    });
  }

  /** What is under way until then is waited for before the files are closed. */
  private async untilDone<Result>(work: Promise<Result>): Promise<Result> {
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  private answerFromGraph(
    requests: readonly NeighborRequest[],
    resident: EmbeddingSearch | undefined,
  ): (NeighborAnswer | undefined)[] {
    return requests.map((request) => {
      if (resident !== undefined) {
        // Whatever answers, it refuses the same.
        request.query.terms.forEach(({ id }) => {
          checkRow(resident.norms, id);
        });
      }
      const answer = this.parts.graph.answer(request, this.identity);
      return (
        answer && {
          ...answer,
          ...(resident !== undefined && { averageScore: averageScoreOf(resident, request) }),
        }
      );
    });
  }

  private canScan(request: NeighborRequest, resident: EmbeddingSearch | undefined): boolean {
    return (
      resident !== undefined &&
      ((request.metric ?? DEFAULT_METRIC) !== 'centered' ||
        resident.kernel === 'loop' ||
        (resident instanceof IndexedSearch && resident.hasCenteredLengths))
    );
  }

  /** Ends what is under way, with a reason, and closes the file. */
  close(reason: Error): Promise<void> {
    this.closed ??= this.end(reason);
    return this.closed;
  }

  private async end(reason: Error): Promise<void> {
    this.closing.abort(reason);
    await this.parts.layout.close();
    await Promise.allSettled(this.underWay);
    await this.parts.graph.close();
    await this.opening?.catch(() => undefined);
    await this.centering?.catch(() => undefined);
    await this.keeping;
    await this.scanThreads?.end();
    // The memory is freed when nothing refers to it any more.
    this.resident = undefined;
    this.opening = undefined;
    await this.source.close();
  }

  private async open(onProgress?: (progress: LoadProgress) => void): Promise<EmbeddingSearch> {
    const { signal } = this.closing;
    const { search, rest } = await openSearch(
      this.source,
      this.options.cacheFolder,
      this.options.kernel,
      signal,
      onProgress,
    );
    signal.throwIfAborted();
    this.shareScans(search);
    this.resident = search;
    const warnings = [...this.opened.warnings, ...unrankedRowsWarning(search.norms)];
    this.currentIdentity = { ...this.opened, warnings };
    this.rest = rest;
    this.keepLater();
    return search;
  }

  /** Large indexes are scanned by several threads. */
  private shareScans(search: EmbeddingSearch): void {
    const { startThread } = this.options;
    if (startThread === undefined || !(search instanceof IndexedSearch)) {
      return;
    }
    const { memory } = search;
    const codeBytes = memory.paddedRows * memory.paddedDimension;
    const count = scanThreadCount(availableParallelism(), codeBytes, memory.layout.scanAreas.length);
    if (count > 1) {
      this.scanThreads = new ScanThreads(memory, count, () => startThread('scan'));
      search.useTeam(this.scanThreads);
    }
  }

  /** Where an index is kept, that is done soon: by itself, or right after the first question about centered rows. */
  private keepLater(): void {
    const timer = setTimeout(() => {
      this.keep();
    }, KEEP_DELAY_MILLISECONDS);
    timer.unref();
    this.closing.signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  }

  private keep(): void {
    const { rest } = this;
    if (rest === undefined || this.options.cacheFolder === undefined) {
      return;
    }
    // Nobody waits for it: whoever needs the centered lengths measures them again, and sees the failure.
    this.keeping ??= this.measureCentered()
      .then(() => rest.keep(this.closing.signal))
      .catch(() => undefined);
  }

  private measureCentered(): Promise<void> {
    const { signal } = this.closing;
    this.centering ??= (this.rest?.measureCentered(signal) ?? Promise.resolve()).catch((error: unknown) => {
      this.centering = undefined;
      throw error;
    });
    return this.centering;
  }

  /** Rows are read from the file when they are needed: it must still be the one that the index was made from. */
  private requireUnchanged(): void {
    if (!this.source.isUnchanged()) {
      throw new EngineUnavailableError('changed', `${this.opened.path} has changed.`);
    }
  }
}
