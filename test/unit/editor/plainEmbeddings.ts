import type { Comparison } from '../../../src/engine/questions/comparison';
import type { Neighbor, NeighborAnswer, NeighborRequest } from '../../../src/engine/questions/neighborAnswer';
import type { QueryVector } from '../../../src/engine/questions/queryVector';
import type { RankAnswer, RankRequest } from '../../../src/engine/questions/rankAnswer';
import type { ScoreDistribution } from '../../../src/engine/questions/scoreDistribution';
import type { TokenMeasures } from '../../../src/engine/questions/tokenMeasures';
import type { EmbeddingState } from '../../../src/engine/session/embeddingState';
import type { ModelIdentity } from '../../../src/model/modelLocation';
import type { AskSession } from '../../../src/engine/session/sessionQuestion';
import type { EmbeddingQuestions } from '../../../src/editor/session/embeddingQuestions';
import type { PanelContext } from '../../../src/editor/panel/panelContext';
import { VocabularyFilters } from '../../../src/editor/vocabulary/vocabularyFilters';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import type { Metric } from '../../../src/protocol/metric';
import { answering } from '../engine/answering';

export const ROWS = 50_257;
export const DIMENSION = 5;

export const MODEL: ModelIdentity = {
  name: 'plain',
  isSample: false,
  isVerified: false,
  path: '/home/ada/models/plain/model.safetensors',
  tensorName: 'wte.weight',
  dtype: 'F32',
  rowCount: ROWS,
  dimension: DIMENSION,
  warnings: [],
};

/** Rows by a seeded generator (mulberry32), all a little to one side, so that centering changes something. */
function makeRows(): Float64Array[] {
  let state = 7;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length: ROWS }, () =>
    Float64Array.from({ length: DIMENSION }, () => Math.fround(random() - 0.3)),
  );
}

export const rows = makeRows();
export const mean = rows
  .reduce((sum, row) => sum.map((value, j) => value + (row[j] ?? 0)), new Float64Array(DIMENSION))
  .map((value) => value / ROWS);

export const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, j) => sum + value * (b[j] ?? 0), 0);
export const length = (a: Float64Array): number => Math.sqrt(dot(a, a));
export const minus = (a: Float64Array, b: Float64Array): Float64Array =>
  a.map((value, j) => value - (b[j] ?? 0));

export function plainScore(metric: Metric, query: Float64Array, row: Float64Array): number {
  switch (metric) {
    case 'cosine':
      return dot(query, row) / (length(query) * length(row));
    case 'centered':
      return plainScore('cosine', minus(query, mean), minus(row, mean));
    case 'dot':
      return dot(query, row);
    case 'euclidean':
      return length(minus(query, row));
  }
}

/** The engine's contract in the plainest way, over made-up rows, in the test's own thread. */
export class PlainEmbeddings implements EmbeddingQuestions {
  state: EmbeddingState = { state: 'none' };
  model = MODEL;
  readonly asked: string[] = [];
  /** Tokens whose rows are taken to hold NaN. */
  readonly unranked = new Set<number>();
  /** Tokens whose rows are taken to be zero where a cosine is asked for. */
  readonly zero = new Set<number>();

  readonly ask: AskSession = answering({
    neighbors: (request, signal) => this.neighbors(request, signal),
    ranks: (request, signal) => this.ranks(request, signal),
    compare: (queries, signal) => this.compare(queries, signal),
    measureToken: (id, signal) => this.measureToken(id, signal),
    embeddingsTsv: (ids) =>
      Promise.resolve(ids.map((id) => `${[...(rows[id] ?? [])].join('\t')}\n`).join('')),
  });

  ensureReady(signal?: AbortSignal): Promise<ModelIdentity> {
    signal?.throwIfAborted();
    this.state = { state: 'ready', model: this.model };
    return Promise.resolve(this.model);
  }

  protected async neighbors(request: NeighborRequest, signal?: AbortSignal): Promise<NeighborAnswer> {
    this.asked.push(`neighbors ${request.metric ?? 'cosine'}`);
    await this.ensureReady(signal);
    const { metric = 'cosine', k, allowed } = request;
    this.requireDirection(request.query, metric);
    const ranked = this.rank(request.query, metric).filter(({ id }) => isAllowed(allowed, id));
    return {
      metric,
      combination: metric === 'cosine' ? 'unit' : 'raw',
      neighbors: ranked.slice(0, k),
      averageScore: 0.25,
      ...(request.distribution === true && { distribution: histogram(ranked.map(({ score }) => score)) }),
      model: MODEL,
      milliseconds: 1,
      source: 'index',
    };
  }

  private async ranks(
    { query, metric, ids, allowed }: RankRequest,
    signal?: AbortSignal,
  ): Promise<RankAnswer> {
    this.asked.push(`ranks ${metric}`);
    await this.ensureReady(signal);
    if ([...ids, ...query.terms.map(({ id }) => id)].some((id) => this.unranked.has(id))) {
      throw new RangeError('This row is not ranked.');
    }
    this.requireDirection(query, metric);
    const ranked = this.rank(query, metric);
    const scores = new Map(ranked.map(({ id, score }) => [id, score]));
    const ranks = new Map<number, number>();
    let counted = 0;
    for (const { id } of ranked) {
      ranks.set(id, counted + 1);
      counted += isAllowed(allowed, id) ? 1 : 0;
    }
    return {
      scores: Float64Array.from(ids, (id) => scores.get(id) ?? NaN),
      ranks: Uint32Array.from(ids, (id) => ranks.get(id) ?? 0),
      rankedCount: counted,
    };
  }

  private requireDirection({ terms }: QueryVector, metric: Metric): void {
    if (metric === 'cosine' && terms.every(({ id }) => this.zero.has(id))) {
      throw new RangeError('This row has no direction.');
    }
  }

  private async compare(queries: readonly QueryVector[], signal?: AbortSignal): Promise<Comparison> {
    this.asked.push(`compare ${queries.length}`);
    const { rowCount } = await this.ensureReady(signal);
    if (queries.some(({ terms }) => terms.some(({ id }) => id >= rowCount))) {
      throw new RangeError('There is no such row.');
    }
    const isUnranked = ({ id }: { readonly id: number }): boolean => this.unranked.has(id);
    const vectorsUnder = (metric: Metric): Float64Array[] =>
      queries.map((query) =>
        query.terms.some(isUnranked) ? new Float64Array(DIMENSION).fill(NaN) : vectorOf(query, metric),
      );
    const vectors = queries.map((query, index) =>
      query.terms.length > 1 ? vectorsUnder('cosine')[index]! : vectorsUnder('dot')[index]!,
    );
    const table = (metric: Metric): Float64Array => {
      const compared = vectorsUnder(metric);
      return Float64Array.from(compared.flatMap((a) => compared.map((b) => plainScore(metric, a, b))));
    };
    return {
      unrankedIds: [...this.unranked].filter((id) =>
        queries.some(({ terms }) => terms.some((t) => t.id === id)),
      ),
      vectors: Float32Array.from(vectors.flatMap((vector) => [...vector])),
      dimension: DIMENSION,
      norms: Float64Array.from(vectors, length),
      normPercentiles: Float64Array.from(vectors, () => 0.5),
      scores: {
        cosine: table('cosine'),
        centered: table('centered'),
        dot: table('dot'),
        euclidean: table('euclidean'),
      },
      pearson: new Float64Array(queries.length ** 2),
      averageCosine: 0.3,
      averageCentered: 0,
      milliseconds: 2,
    };
  }

  private async measureToken(id: number, signal?: AbortSignal): Promise<TokenMeasures> {
    this.asked.push(`measure ${id}`);
    await this.ensureReady(signal);
    return {
      norm: length(rows[id] ?? new Float64Array()),
      normPercentile: 0.5,
      norms: histogram(rows.map(length)),
      centroidDistance: length(minus(rows[id] ?? mean, mean)),
      centroidPercentile: 0.5,
      centroidDistances: histogram(rows.map((row) => length(minus(row, mean)))),
    };
  }

  private rank(query: QueryVector, metric: Metric): Neighbor[] {
    const vector = vectorOf(query, metric);
    const sign = metric === 'euclidean' ? 1 : -1;
    return rows
      .map((row, id) => ({ id, score: plainScore(metric, vector, row), norm: length(row) }))
      .filter(({ id }) => !this.unranked.has(id))
      .sort((a, b) => sign * (a.score - b.score) || a.id - b.id);
  }
}

function isAllowed(allowed: Uint32Array | undefined, id: number): boolean {
  return allowed === undefined || ((allowed[id >> 5] ?? 0) & (1 << (id & 31))) !== 0;
}

function vectorOf({ terms, centerEachTerm }: QueryVector, metric: Metric): Float64Array {
  if (metric === 'centered' && centerEachTerm === true) {
    // The score takes the mean away again.
    return terms.reduce((sum, { id, weight }) => {
      const centered = minus(rows[id] ?? mean, mean);
      return sum.map((value, j) => value + weight * (centered[j] ?? 0));
    }, mean);
  }
  const vector = new Float64Array(DIMENSION);
  for (const { id, weight } of terms) {
    const row = rows[id] ?? new Float64Array(DIMENSION);
    const divisor = metric === 'cosine' ? length(row) : 1;
    row.forEach((value, j) => (vector[j] = (vector[j] ?? 0) + (weight * value) / divisor));
  }
  return vector;
}

function histogram(values: readonly number[]): ScoreDistribution {
  const from = values.reduce((a, b) => Math.min(a, b));
  const to = values.reduce((a, b) => Math.max(a, b));
  const counts = new Uint32Array(20);
  for (const value of values) {
    const bin = Math.min(19, Math.floor((20 * (value - from)) / (to - from)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { from, to, counts };
}

export const tokenizer = Gpt2Tokenizer.shared();

/** A context whose changes can be waited for. */
export class WatchedContext implements PanelContext {
  readonly embeddings = new PlainEmbeddings();
  readonly filters = new VocabularyFilters();
  readonly failures: unknown[] = [];
  changes = 0;
  private readonly waiting: (() => void)[] = [];

  readonly tokenizer = (): Gpt2Tokenizer => tokenizer;

  readonly onChange = (): void => {
    this.changes++;
    this.waiting.splice(0).forEach((resolve) => resolve());
  };

  readonly onFailure = (error: unknown): void => {
    this.failures.push(error);
  };

  /** Waits until a change makes something true. */
  async until<Value>(probe: () => Value | undefined | false): Promise<Value> {
    for (;;) {
      const value = probe();
      if (value !== undefined && value !== false) {
        return value;
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}
