import type { Metric } from '../metric';
import { rowsOf } from '../search/allowedRows';
import type {
  EmbeddingSearch,
  RankedRows,
  RowStore,
  ScoreBounds,
  SearchRequest,
} from '../search/embeddingSearch';
import { prepareQuery, type PreparedQuery } from '../search/preparedQuery';
import { ExactRows } from './exactRows';
import type { IndexFigures } from './indexContents';
import type { IndexMemory, ScanArea } from './indexMemory';
import { IndexQuery } from './indexQuery';
import { writeScanRequest } from './scanRequest';
import { rowParts, soloTeam, type ScanTeam } from './scanTeam';
import { centeredForm, fillCenteredForm, lengthForms, type ScoreForm } from './scoreForms';
import { fillBounds, fillMiddles, type ScreenedRows } from './screenedScores';
import { screenQuery, type Screening } from './screening';

/**
 * Exact search by screening: one scan of int8 codes gives each row an interval that surely holds its score; rows whose interval reaches
 * the k best are scored in double precision from the original rows. k rows have a score of at least the k-th largest lower bound; a row
 * whose upper bound is below it is worse than those k, ties included.
 */
export class IndexedSearch implements EmbeddingSearch {
  readonly kernel = 'wasm-simd';
  readonly norms: Float64Array;
  readonly meanRow: Float64Array;
  private readonly forms: Readonly<Record<'cosine' | 'dot' | 'euclidean', ScoreForm>>;
  private centeredForm: ScoreForm | undefined;
  private team: ScanTeam;
  private unitMean: Float64Array | undefined;

  /**
   * @param memory Holds a finished index.
   * @param rows The rows that the index was made from.
   */
  constructor(
    readonly memory: IndexMemory,
    readonly figures: IndexFigures,
    readonly rows: RowStore,
  ) {
    const { layout, rowCount, dimension } = memory;
    this.norms = memory.float64(layout.norms, rowCount);
    this.meanRow = memory.float64(layout.mean, dimension).slice();
    this.forms = lengthForms(memory);
    this.team = soloTeam(memory);
  }

  get rowCount(): number {
    return this.memory.rowCount;
  }

  get dimension(): number {
    return this.memory.dimension;
  }

  /** True once the rows' centered lengths are known, without which `centered` cannot be searched. */
  get hasCenteredLengths(): boolean {
    return this.centeredForm !== undefined;
  }

  /** Lets other threads take part in the scans. */
  useTeam(team: ScanTeam): void {
    this.team = team;
  }

  /** To be called when layout.centeredSquares is filled. */
  useCenteredLengths(): void {
    fillCenteredForm(this.memory);
    this.useCenteredForm();
  }

  /** To be called when all of a finished index is there, its centered form too. */
  useCenteredForm(): void {
    this.centeredForm = centeredForm(this.memory);
  }

  search(request: SearchRequest): RankedRows {
    return this.searchMany([request])[0];
  }

  /**
   * Several searches in one pass: a block of codes is read from memory once, and scanned for some queries while it is in the
   * processor's cache. The threads of a team share the rows.
   */
  searchMany(requests: readonly SearchRequest[]): RankedRows[] {
    const { scanAreas } = this.memory.layout;
    const threads = Math.min(this.team.size, scanAreas.length);
    const together = Math.max(1, Math.floor(scanAreas.length / threads));
    const answers: RankedRows[] = [];
    for (let first = 0; first < requests.length; first += together) {
      const queries = requests
        .slice(first, first + together)
        .map((request, index) =>
          this.query(request, scanAreas.slice(index * threads, (index + 1) * threads)),
        );
      this.scan(
        queries.filter(({ needsScan }) => needsScan),
        threads,
      );
      answers.push(...queries.map((query) => query.finish()));
    }
    return answers;
  }

  approximateScores(query: Float64Array, metric: Metric, target: Float32Array): void {
    target.fill(NaN);
    this.screenAll(query, metric, {
      screened: (rows, prepared) => {
        fillMiddles(rows, prepared, target);
      },
      exact: (row, score) => {
        target[row] = score;
      },
    });
  }

  /**
   * Bounds of the exact scores of all rows, in the units of the metric; for `euclidean` of the distances. NaN for rows that are not
   * ranked; equal where a row is scored exactly because it cannot be screened.
   */
  bounds(query: Float64Array, metric: Metric): ScoreBounds {
    const lower = new Float64Array(this.rowCount).fill(NaN);
    const upper = lower.slice();
    this.screenAll(query, metric, {
      screened: (rows, prepared) => {
        fillBounds(rows, prepared, { lower, upper });
      },
      exact: (row, score) => {
        lower[row] = upper[row] = score;
      },
    });
    return { lower, upper };
  }

  exactScores(query: Float64Array, metric: Metric, ids: Uint32Array): Float64Array {
    const prepared = prepareQuery(query, metric, this.meanRow);
    // Refuses a metric whose lengths are not there yet.
    this.formOf(metric);
    const [area] = this.memory.layout.scanAreas;
    const scores = new Float64Array(ids.length);
    new ExactRows(this.memory, this.rows, area, prepared).score(ids, scores);
    return scores;
  }

  centroidDistances(): Float64Array {
    this.formOf('centered');
    const { layout, rowCount } = this.memory;
    const squares = this.memory.float64(layout.centeredSquares, rowCount);
    return this.norms.map((norm, row) => (Number.isNaN(norm) ? NaN : Math.sqrt(squares[row])));
  }

  averageScore(query: Float64Array, metric: Metric): number {
    const prepared = prepareQuery(query, metric, this.meanRow);
    const { vector, length, squared } = prepared;
    const { meanSquaredNorm, rankedCount } = this.figures;
    switch (metric) {
      case 'cosine':
        return length === 0 ? 0 : dot(vector, (this.unitMean ??= this.meanUnitRow())) / length;
      case 'dot':
        return dot(vector, this.meanRow);
      case 'euclidean':
        return rankedCount === 0
          ? 0
          : Math.sqrt(Math.max(0, squared - 2 * dot(vector, this.meanRow) + meanSquaredNorm));
      case 'centered': {
        const scores = new Float32Array(this.rowCount);
        this.approximateScores(query, metric, scores);
        let sum = 0;
        for (const score of scores) {
          sum += Number.isNaN(score) ? 0 : score;
        }
        return rankedCount === 0 ? 0 : sum / rankedCount;
      }
    }
  }

  private formOf(metric: Metric): ScoreForm {
    if (metric !== 'centered') {
      return this.forms[metric];
    }
    if (this.centeredForm === undefined) {
      throw new Error('The centered lengths have not been measured.');
    }
    return this.centeredForm;
  }

  private query(request: SearchRequest, areas: readonly ScanArea[]): IndexQuery {
    const { memory, figures, rows } = this;
    const [area, ...others] = areas;
    const prepared = prepareQuery(request.query, request.metric, this.meanRow);
    const form = this.formOf(request.metric);
    const screening = screenQuery(memory, figures, area, prepared, form);
    return new IndexQuery(memory, rows, [area, ...others], request, prepared, form, screening);
  }

  private scan(queries: readonly IndexQuery[], threads: number): void {
    if (queries.length === 0) {
      return;
    }
    const jobs = rowParts(this.rowCount, threads).map((part, thread) => ({
      ...part,
      requests: queries.map(({ requests }) => requests[thread] ?? 0),
    }));
    this.team.scan(jobs);
  }

  /** Tells the bounds of all rows that can be screened at once, and then the exact score of each other ranked row. */
  private screenAll(
    query: Float64Array,
    metric: Metric,
    tell: {
      readonly screened: (rows: ScreenedRows, query: PreparedQuery) => void;
      readonly exact: (row: number, score: number) => void;
    },
  ): void {
    const { memory } = this;
    const prepared = prepareQuery(query, metric, this.meanRow);
    const form = this.formOf(metric);
    if (prepared.squared === 0 && metric !== 'euclidean') {
      // A zero query is as (un)like every row as any other: no row need be read to know.
      this.norms.forEach((norm, row) => {
        if (!Number.isNaN(norm)) {
          tell.exact(row, 0);
        }
      });
      return;
    }
    const [area] = memory.layout.scanAreas;
    const exact = new ExactRows(memory, this.rows, area, prepared);
    const screening = screenQuery(memory, this.figures, area, prepared, form);
    let exactIds = form.extreme;
    if (screening !== undefined) {
      tell.screened(this.scanBounds(screening, area), prepared);
    } else {
      const screened = rowsOf(form.screened);
      exactIds = new Uint32Array(screened.length + form.extreme.length);
      exactIds.set(screened);
      exactIds.set(form.extreme, screened.length);
    }
    const scores = new Float64Array(exactIds.length);
    exact.score(exactIds, scores);
    exactIds.forEach((row, index) => {
      tell.exact(row, scores[index]);
    });
  }

  private scanBounds(screening: Screening, area: ScanArea): ScreenedRows {
    const { memory } = this;
    writeScanRequest(memory, area, 1, screening);
    memory.kernel.boundRows(area.request, 0, memory.rowCount);
    return {
      lower: memory.float32(area.lowerBounds, memory.rowCount),
      upper: memory.float32(area.upperBounds, memory.rowCount),
      screened: screening.form.screened,
    };
  }

  /** Mean of the unit rows, to single precision; zero rows count as they are. */
  private meanUnitRow(): Float64Array {
    const { memory, figures } = this;
    const { layout, dimension } = memory;
    const center = memory.float32(layout.center, dimension);
    const codedSum = memory.float32(layout.codedSum, dimension);
    let unitRows = 0;
    for (const norm of this.norms) {
      unitRows += norm > 0 ? 1 : 0;
    }
    const count = Math.max(1, figures.rankedCount);
    return Float64Array.from(center, (value, j) => (value * unitRows + codedSum[j]) / count);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) {
    sum += a[j] * b[j];
  }
  return sum;
}
