import { ambiguous } from '../ambiguous';
import { DatabaseError } from '../databaseError';
import { parseRow } from '../answers/parseRows';
import { distanceOfScore, dotSlack, leastDistance, scoreRows } from '../answers/scoreRows';
import { isIndexMethod } from '../sql/operators';
import { orderedIndexes } from '../sql/planReading';
import {
  exactStatement,
  indexStatement,
  type SearchParameters,
  type Statement,
} from '../sql/searchStatement';
import {
  MAX_SEARCHED,
  type OpenedTable,
  type SearchMethod,
  type ScoredRow,
  type TableAnswer,
  type TableSearch,
} from '../vectorDatabase';
import type { Transaction } from './serverConnection';

/** Rows beyond the k best that are asked for at first: what rounding may have put in another order. */
const SPARE_ROWS = 16;

/** Most rows beyond the k best that are asked for, where very many lie equally far. */
const MOST_SPARE_ROWS = 4096;

/** Width of pgvector's search in an HNSW index where nobody says another (`hnsw.ef_search`). */
const DEFAULT_WIDTH = 40;

/** @throws {DatabaseError} `unsupported` where an index is forced and none can be used. */
export async function searchTable(
  transaction: Transaction,
  opened: OpenedTable,
  search: TableSearch,
  source: string,
): Promise<TableAnswer> {
  const started = performance.now();
  if (search.query.length !== opened.dimension) {
    throw new RangeError(
      `The query has ${search.query.length} values, the rows of ${source} have ${opened.dimension}.`,
    );
  }
  const k = Math.min(MAX_SEARCHED, Math.max(1, Math.round(search.k)));
  const parameters: SearchParameters = {
    selection: opened.selection,
    type: opened.table.type,
    metric: search.metric,
    query: search.query,
    limit: k,
    excludedIds: search.excludedIds ?? [],
    labelText: search.labelText ?? '',
    isMixed: opened.table.dimension === undefined,
  };
  const method = search.by === 'exact' ? EXACT : await plannedMethod(transaction, parameters, search, k);
  if (search.by === 'forcedIndex' && method.kind === 'exact') {
    throw new DatabaseError(
      'unsupported',
      source,
      `there is no index of the metric ${search.metric} that the server would use.`,
    );
  }
  const found =
    method.kind === 'exact'
      ? await searchExactly(transaction, parameters, opened, source)
      : {
          rows: await ask(transaction, indexStatement(parameters), parameters, opened, source).then(
            ({ scored }) => scored,
          ),
          isCertain: false,
        };
  requireDistinct(found.rows, source);
  return { ...found, rows: found.rows.slice(0, k), method, milliseconds: performance.now() - started };
}

const EXACT: SearchMethod = { kind: 'exact' };

/** Looks at all rows, and asks for more of the best until none that is missing can be better. */
async function searchExactly(
  transaction: Transaction,
  parameters: SearchParameters,
  opened: OpenedTable,
  source: string,
): Promise<{ readonly rows: readonly ScoredRow[]; readonly isCertain: boolean }> {
  const { metric, limit: k } = parameters;
  const query = Float64Array.from(parameters.query);
  for (let spare = SPARE_ROWS; ; spare *= 8) {
    const limit = k + Math.min(spare, MOST_SPARE_ROWS);
    const statement = exactStatement({ ...parameters, limit }, dotSlack(query));
    const { scored, lastDistance } = await ask(transaction, statement, parameters, opened, source);
    const worst = scored[k - 1];
    const isCertain =
      scored.length < limit ||
      (worst !== undefined &&
        leastDistance(metric, lastDistance, query) > distanceOfScore(metric, worst.score));
    if (isCertain || spare >= MOST_SPARE_ROWS) {
      return { rows: scored, isCertain };
    }
  }
}

async function ask(
  { query }: Transaction,
  statement: Statement,
  parameters: SearchParameters,
  { dimension }: OpenedTable,
  source: string,
): Promise<{ readonly scored: ScoredRow[]; readonly lastDistance: number }> {
  const rows = await query(statement);
  const distances = rows.map(({ distance }) => (typeof distance === 'number' ? distance : NaN));
  const vector = Float64Array.from(parameters.query);
  const scored = scoreRows(
    vector,
    parameters.metric,
    rows.map((row) => parseRow(row, dimension, source)),
  );
  return {
    scored,
    lastDistance: distances.reduce((before, distance) => (distance > before ? distance : before), -Infinity),
  };
}

/** How the server would answer from an index, by its plan, under the settings that the search then has, too. */
async function plannedMethod(
  { query }: Transaction,
  parameters: SearchParameters,
  { by, searchedWidth }: TableSearch,
  k: number,
): Promise<SearchMethod> {
  const [extension] = await query({ text: VERSION_STATEMENT, values: [] });
  const isIterative = extension?.iterative === true;
  const width = String(Math.min(1000, Math.max(k, searchedWidth ?? DEFAULT_WIDTH)));
  const isFiltered =
    parameters.selection.only !== undefined ||
    parameters.excludedIds.length > 0 ||
    parameters.labelText !== '';
  const forcing = ['enable_seqscan', 'enable_sort', 'enable_bitmapscan'].map(
    (name) => [name, 'off'] as const,
  );
  const settings: (readonly [string, string])[] = [
    // Else an index gives fewer rows the more are filtered out of what it gave,
    ...(isFiltered && isIterative ? [['hnsw.iterative_scan', 'strict_order'] as const] : []),
    // and one of lists no more than are in the lists that it looks into.
    ...(isIterative ? [['ivfflat.iterative_scan', 'relaxed_order'] as const] : []),
    ...(by === 'forcedIndex' ? forcing : []),
  ];
  await query({ text: WIDTH_STATEMENT, values: [width] });
  for (const [name, value] of settings) {
    await query({ text: 'select pg_catalog.set_config($1, $2, true)', values: [name, value] });
  }
  const { text, values } = indexStatement(parameters);
  const [plan] = await query({ text: `explain (verbose, format json) ${text}`, values });
  const [index] = orderedIndexes(plan?.['QUERY PLAN']) ?? [];
  if (index === undefined) {
    return EXACT;
  }
  const [known] = await query({ text: METHOD_STATEMENT, values: [index.name, index.schema] });
  const method = known?.method;
  return isIndexMethod(method) ? { kind: 'index', method, name: index.name } : EXACT;
}

/** What is set for the role or the database counts where it is more. */
const WIDTH_STATEMENT = `
select pg_catalog.set_config('hnsw.ef_search', greatest($1::int,
  coalesce(nullif(pg_catalog.current_setting('hnsw.ef_search', true), '')::int, 0))::text, true)`;

/** Iterative scans came with pgvector 0.8. */
const VERSION_STATEMENT = `
select pg_catalog.string_to_array(pg_catalog.split_part(extversion, '-', 1), '.')::int[] >= array[0, 8] as iterative
from pg_catalog.pg_extension where extname = 'vector'`;

const METHOD_STATEMENT = `
select am.amname as method from pg_catalog.pg_class c join pg_catalog.pg_am am on am.oid = c.relam
join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relname = $1 and n.nspname = $2`;

function requireDistinct(rows: readonly ScoredRow[], source: string): void {
  const seen = new Set<number>();
  for (const { id } of rows) {
    if (seen.has(id)) {
      throw ambiguous(id, source);
    }
    seen.add(id);
  }
}
