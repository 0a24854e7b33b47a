import type { Metric } from '../metric';
import { countRows, hasRow, intersectRows, rowsOf } from '../search/allowedRows';
import type { RankedRows, RowStore, SearchRequest } from '../search/embeddingSearch';
import type { PreparedQuery } from '../search/preparedQuery';
import { rankRows, requestedCount } from '../search/rankRows';
import { ExactRows } from './exactRows';
import type { IndexMemory, ScanArea } from './indexMemory';
import { rescoreCandidates } from './rescoreCandidates';
import { mergeCandidates, readCandidates, writeScanRequest } from './scanRequest';
import type { ScoreForm } from './scoreForms';
import type { Screening } from './screening';

/** One question to an index: first scanned, then finished. Each thread that scans for it has an area of its own. */
export class IndexQuery {
  private readonly allowed: Uint32Array;
  private readonly extreme: Uint32Array;
  private readonly count: number;
  private readonly metric: Metric;

  /**
   * @param form The metric's.
   * @param areas One for each thread that will scan for it.
   * @param screening The query in whole numbers, written into the first area; undefined where rows cannot be screened with it.
   */
  constructor(
    private readonly memory: IndexMemory,
    private readonly rows: RowStore,
    private readonly areas: readonly [ScanArea, ...ScanArea[]],
    request: SearchRequest,
    private readonly prepared: PreparedQuery,
    form: ScoreForm,
    private readonly screening: Screening | undefined,
  ) {
    this.metric = request.metric;
    this.allowed = intersectRows(form.screened, request.allowed);
    this.extreme = allowedOf(form.extreme, request.allowed);
    this.count = requestedCount(request.k, countRows(this.allowed) + this.extreme.length);
    if (this.needsScan && screening !== undefined) {
      const [first] = areas;
      memory.uint32(first.allowed, this.allowed.length).set(this.allowed);
      for (const area of areas) {
        // What is only read is shared.
        const { weights, allowed } = first;
        writeScanRequest(memory, { ...area, weights, allowed }, this.count, screening);
      }
    }
  }

  /** False where the answer is known without one. */
  get needsScan(): boolean {
    return this.screening !== undefined && this.count > 0 && !this.allTie;
  }

  /** Addresses of the requests of each area. */
  get requests(): readonly number[] {
    return this.areas.map(({ request }) => request);
  }

  finish(): RankedRows {
    const { memory, areas, prepared, count } = this;
    const [area] = areas;
    if (count === 0) {
      return { ids: new Uint32Array(0), scores: new Float64Array(0), candidates: 0, rescored: 0 };
    }
    if (this.allTie) {
      return this.firstRows();
    }
    const exact = new ExactRows(memory, this.rows, area, prepared);
    if (this.screening === undefined) {
      return this.scoreAll(exact);
    }
    const candidates = mergeCandidates(
      areas.map((scanned) => readCandidates(memory, scanned)),
      count,
    );
    const answer = rescoreCandidates(exact, prepared, candidates, this.extreme, count);
    return { ...answer, candidates: candidates.ids.length + this.extreme.length };
  }

  /** A zero query is as (un)like every row as any other, but for the distance. */
  private get allTie(): boolean {
    return this.prepared.squared === 0 && this.metric !== 'euclidean';
  }

  private firstRows(): RankedRows {
    const { count } = this;
    const ids = new Uint32Array(2 * count);
    const screened = rowsOf(this.allowed, count);
    const extreme = this.extreme.subarray(0, count);
    ids.set(screened);
    ids.set(extreme, screened.length);
    const first = ids
      .subarray(0, screened.length + extreme.length)
      .sort()
      .slice(0, count);
    return { ids: first, scores: new Float64Array(count), candidates: 0, rescored: 0 };
  }

  private scoreAll(exact: ExactRows): RankedRows {
    const { extreme, count, metric } = this;
    const screened = rowsOf(this.allowed);
    const ids = new Uint32Array(screened.length + extreme.length);
    ids.set(screened);
    ids.set(extreme, screened.length);
    ids.sort();
    const scores = new Float64Array(ids.length);
    exact.score(ids, scores);
    return { ...rankRows(metric, ids, scores, count), candidates: ids.length, rescored: ids.length };
  }
}

function allowedOf(rows: Uint32Array, allowed: Uint32Array | undefined): Uint32Array {
  return allowed === undefined ? rows : rows.filter((row) => hasRow(allowed, row));
}
