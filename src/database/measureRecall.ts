import { isDistance } from '../core/embedding/metric';
import type { OpenedTable, ScoredRow, SearchMethod, TableSearch, VectorDatabase } from './vectorDatabase';

/** An index's answer to one query held against the exact one. */
export interface QueryRecall {
  /** Of the k best rows how many the index gave, 0 … 1. A row that scores as much as the last of them is as good. */
  readonly recall: number;
  /** The rows that it missed, the best first, with their rank from 1. */
  readonly missed: readonly (ScoredRow & { readonly rank: number })[];
  /** How many rows the exact answer has. */
  readonly count: number;
  readonly exactMilliseconds: number;
  readonly indexMilliseconds: number;
  readonly method: SearchMethod;
}

/** Some queries together. */
export interface RecallSummary {
  readonly queries: number;
  readonly meanRecall: number;
  readonly worstRecall: number;
  /** Queries of which nothing was missed. */
  readonly perfect: number;
  /** Medians. */
  readonly exactMilliseconds: number;
  readonly indexMilliseconds: number;
}

/** @throws As `VectorDatabase.search`; `unsupported` where no index of the metric can be used. */
export async function measureRecall(
  database: Pick<VectorDatabase, 'search'>,
  table: OpenedTable,
  search: Omit<TableSearch, 'by'>,
  signal?: AbortSignal,
): Promise<QueryRecall> {
  const byIndex = await database.search(table, { ...search, by: 'forcedIndex' }, signal);
  const exact = await database.search(table, { ...search, by: 'exact' }, signal);
  return {
    ...recallOf(exact.rows, byIndex.rows, search.metric === 'euclidean'),
    exactMilliseconds: exact.milliseconds,
    indexMilliseconds: byIndex.milliseconds,
    method: byIndex.method,
  };
}

/**
 * The same for rows of the table as queries, each of which is left out of its own answers: it is always found, and would hide what is missed.
 *
 * @param onProgress Told after each query.
 */
export async function measureSampleRecall(
  database: Pick<VectorDatabase, 'search' | 'fetchRows'>,
  table: OpenedTable,
  ids: readonly number[],
  { metric, k }: Pick<TableSearch, 'metric' | 'k'>,
  signal?: AbortSignal,
  onProgress?: (done: number) => void,
): Promise<RecallSummary> {
  const recalls: QueryRecall[] = [];
  for (const id of ids) {
    const [row] = await database.fetchRows(table, [id], signal);
    if (row === undefined || (metric === 'cosine' && row.vector.every((value) => value === 0))) {
      continue;
    }
    const query = Float64Array.from(row.vector);
    // One more is asked for rather than the row filtered out, which would be another search than an ordinary one.
    const search = { query, metric, k: k + 1 };
    const byIndex = await database.search(table, { ...search, by: 'forcedIndex' }, signal);
    const exact = await database.search(table, { ...search, by: 'exact' }, signal);
    const others = (rows: readonly ScoredRow[]): ScoredRow[] =>
      rows.filter((other) => other.id !== id).slice(0, k);
    recalls.push({
      ...recallOf(others(exact.rows), others(byIndex.rows), isDistance(metric)),
      exactMilliseconds: exact.milliseconds,
      indexMilliseconds: byIndex.milliseconds,
      method: byIndex.method,
    });
    onProgress?.(recalls.length);
  }
  return summaryOf(recalls);
}

function recallOf(
  exact: readonly ScoredRow[],
  byIndex: readonly ScoredRow[],
  smallestFirst: boolean,
): Pick<QueryRecall, 'recall' | 'missed' | 'count'> {
  const found = new Set(byIndex.map(({ id }) => id));
  const last = exact.at(-1)?.score ?? NaN;
  // Beside the k best there may be others as good as the last of them: an index that gives those misses nothing.
  const asGood = byIndex.filter(({ score }) => (smallestFirst ? score <= last : score >= last)).length;
  const missed = exact.flatMap((row, at) => (found.has(row.id) ? [] : [{ ...row, rank: at + 1 }]));
  const really = exact.length - Math.min(exact.length, asGood);
  return {
    recall: exact.length === 0 ? 1 : 1 - really / exact.length,
    missed: missed.slice(0, really),
    count: exact.length,
  };
}

function summaryOf(recalls: readonly QueryRecall[]): RecallSummary {
  const each = recalls.map(({ recall }) => recall);
  return {
    queries: recalls.length,
    meanRecall: each.reduce((sum, recall) => sum + recall, 0) / Math.max(1, each.length),
    worstRecall: Math.min(1, ...each),
    perfect: each.filter((recall) => recall === 1).length,
    exactMilliseconds: median(recalls.map(({ exactMilliseconds }) => exactMilliseconds)),
    indexMilliseconds: median(recalls.map(({ indexMilliseconds }) => indexMilliseconds)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
