import { combinationFor, type Metric } from '../../core/embedding/metric';
import { queryVector, type RowsWithNorms } from '../../core/embedding/queryVector';
import { squaredLength } from '../../core/embedding/canonicalSums';
import { EngineUnavailableError } from '../../engine/engineErrors';
import { projectNeighbors } from '../../engine/loaded/projectNeighbors';
import type { EmbeddingEngine } from '../../engine/questions/embeddingEngine';
import type { AnswerOf, EngineQuestion, ParametersOf } from '../../engine/questions/engineQuestions';
import type { LoadOptions } from '../../engine/questions/loadOptions';
import {
  MAX_PROJECTED,
  type NeighborAnswer,
  type NeighborRequest,
} from '../../engine/questions/neighborAnswer';
import type { ModelIdentity, ModelLocation, TableLocation } from '../../model/modelLocation';
import { formatTableSetting } from '../../model/tableSetting';
import { describeSelection } from '../describeSelection';
import type { DatabaseRow, OpenedTable, TableAnswer, VectorDatabase } from '../vectorDatabase';
import type { DatabaseMetric } from '../vectorTable';
import { TableDictionary } from './tableDictionary';

export interface DatabaseEngineOptions {
  /** Connects to a database that the settings name. @throws {DatabaseError} */
  readonly connect: (name: string) => Promise<VectorDatabase>;
  /** How neighbors are searched, as it is now. */
  readonly searchBy: () => 'exact' | 'index';
}

/** A table that is open for questions. */
export interface LoadedTable {
  readonly database: VectorDatabase;
  readonly opened: OpenedTable;
  readonly identity: ModelIdentity;
  readonly dictionary: TableDictionary;
}

/**
 * A table of vectors in place of a matrix: a database answers which rows are nearest. What takes all rows at hand (the map, ranks, percentiles, the
 * distribution of scores, colors of whole documents) it says it cannot.
 */
export class DatabaseEngine implements EmbeddingEngine {
  private loaded: LoadedTable | undefined;

  constructor(private readonly options: DatabaseEngineOptions) {}

  /** What is open now. */
  get table(): LoadedTable | undefined {
    return this.loaded;
  }

  async load(location: ModelLocation, { signal }: LoadOptions = {}): Promise<ModelIdentity> {
    if (location.kind !== 'table') {
      throw new Error('A file is no table of a database.');
    }
    await this.release();
    const database = await this.options.connect(location.database);
    try {
      const opened = await database.open(location.selection, signal);
      const identity = identityOf(location, opened, database.name);
      const dictionary = new TableDictionary(
        identity.name,
        opened.rowCount,
        location.selection.labelColumn !== undefined,
        (labels, ids, asking) => findLabels(database, opened, labels, ids, asking),
      );
      this.loaded = { database, opened, identity, dictionary };
      return identity;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async ask<Q extends EngineQuestion>(
    question: Q,
    parameters: ParametersOf<Q>,
    signal?: AbortSignal,
  ): Promise<AnswerOf<Q>> {
    const { loaded } = this;
    if (loaded === undefined) {
      throw new EngineUnavailableError('not-loaded', 'No table is open.');
    }
    // The compiler does not know that a question and its parameters belong together once they are apart.
    const answer = await this.answer(loaded, { question, parameters } as unknown as Asked, signal);
    return answer as AnswerOf<Q>;
  }

  async release(): Promise<void> {
    const { loaded } = this;
    this.loaded = undefined;
    await loaded?.database.close();
  }

  private async answer(loaded: LoadedTable, asked: Asked, signal: AbortSignal | undefined): Promise<unknown> {
    switch (asked.question) {
      case 'neighbors':
        return this.neighbors(loaded, asked.parameters, signal);
      case 'neighborsOfMany': {
        const answers: NeighborAnswer[] = [];
        for (const request of asked.parameters) {
          answers.push(await this.neighbors(loaded, request, signal));
        }
        return answers;
      }
      case 'neighborsWithoutIndex':
        // A hover asks no server.
        return asked.parameters.map(() => undefined);
      default:
        throw new RangeError(
          'This needs all rows at hand, and they are in a database: a table answers with neighbors alone. A model of this machine answers this.',
        );
    }
  }

  private async neighbors(
    { database, opened, identity, dictionary }: LoadedTable,
    request: NeighborRequest,
    signal: AbortSignal | undefined,
  ): Promise<NeighborAnswer> {
    const metric = databaseMetric(request.metric ?? 'cosine');
    const ids = [...new Set(request.query.terms.map(({ id }) => id))].sort((a, b) => a - b);
    const fetched = await database.fetchRows(opened, ids, signal);
    const query = queryOf(request.query.terms, fetched, metric, opened.dimension);
    const answer = await database.search(
      opened,
      {
        query,
        metric,
        k: request.k,
        by: this.options.searchBy(),
        excludedIds: request.tableRows?.excludedIds ?? excludedBy(request.allowed),
        labelText: request.tableRows?.labelText ?? '',
      },
      signal,
    );
    for (const { id, label } of [...fetched, ...answer.rows]) {
      dictionary.note(id, label);
    }
    return {
      metric,
      combination: combinationFor(metric),
      neighbors: answer.rows.map(({ id, score, norm }) => ({ id, score, norm })),
      ...(request.projection === true && { projection: projectionOf(answer, query, opened.dimension) }),
      model: identity,
      milliseconds: answer.milliseconds,
      source: 'table',
      tableSearch: { ...answer.method, isCertain: answer.isCertain },
    };
  }
}

type Asked =
  | { readonly question: 'neighbors'; readonly parameters: NeighborRequest }
  | {
      readonly question: 'neighborsOfMany' | 'neighborsWithoutIndex';
      readonly parameters: readonly NeighborRequest[];
    }
  | { readonly question: Exclude<EngineQuestion, 'neighbors' | 'neighborsOfMany' | 'neighborsWithoutIndex'> };

/**
 * The vector of a query out of its rows.
 *
 * @throws {RangeError} where it is zero by cosine, and as `queryVector`.
 */
export function queryOf(
  terms: NeighborRequest['query']['terms'],
  rows: readonly DatabaseRow[],
  metric: DatabaseMetric,
  dimension: number,
): Float64Array {
  const places = new Map(rows.map(({ id }, at) => [id, at]));
  const placed = terms.map(({ id, weight }) => ({ id: places.get(id) ?? NaN, weight }));
  const query = queryVector(rowsAtHand(rows, dimension), placed, combinationFor(metric));
  if (metric === 'cosine' && query.every((value) => value === 0)) {
    throw new RangeError(
      'The vector of this query is zero. It has no direction, and so no cosine with any row. Euclidean distance and dot product can be asked for.',
    );
  }
  return query;
}

function rowsAtHand(rows: readonly DatabaseRow[], dimension: number): RowsWithNorms {
  return {
    norms: Float64Array.from(rows, ({ vector }) => Math.sqrt(squaredLength(vector, 0, dimension))),
    rows: {
      rowCount: rows.length,
      dimension,
      copyRows: (ids, target) => {
        ids.forEach((id, at) => target.set(rows[id]?.vector ?? [], at * dimension));
      },
    },
  };
}

function projectionOf(
  { rows }: TableAnswer,
  query: Float64Array,
  dimension: number,
): NonNullable<NeighborAnswer['projection']> {
  const shown = rows.slice(0, MAX_PROJECTED);
  return projectNeighbors(
    rowsAtHand(shown, dimension),
    query,
    Uint32Array.from(shown, (_, at) => at),
  );
}

/** @throws {RangeError} for the metric that takes the mean of all rows. */
export function databaseMetric(metric: Metric): DatabaseMetric {
  if (metric === 'centered') {
    throw new RangeError(
      'Centered cosine takes the mean of all rows, which a database is not asked for. Cosine, dot product and Euclidean distance can be asked for.',
    );
  }
  return metric;
}

/** Most ids that a search is told to leave out. */
const MOST_EXCLUDED = 10_000;

/** @throws {RangeError} for a filter that leaves out more rows than a search can be told. */
function excludedBy(allowed: Uint32Array | undefined): number[] {
  const ids: number[] = [];
  allowed?.forEach((word, at) => {
    for (let bit = 0; word !== 0xffffffff && bit < 32; bit++) {
      if ((word & (1 << bit)) === 0) {
        ids.push(at * 32 + bit);
      }
    }
    if (ids.length > MOST_EXCLUDED) {
      throw new RangeError('A table is filtered by the text of its labels and by single rows alone.');
    }
  });
  return ids;
}

async function findLabels(
  database: VectorDatabase,
  opened: OpenedTable,
  labels: readonly string[],
  ids: readonly number[],
  signal: AbortSignal | undefined,
): Promise<{
  readonly ids: ReadonlyMap<string, number>;
  readonly labels: ReadonlyMap<number, string | undefined>;
}> {
  const found = await database.findLabels(opened, labels, signal);
  const rows = await database.fetchKnown(opened, ids, signal);
  return { ids: found, labels: new Map(rows.map(({ id, label }) => [id, label])) };
}

function identityOf(location: TableLocation, opened: OpenedTable, server: string): ModelIdentity {
  const { table, dimension, rowCount, isEstimated } = opened;
  return {
    name: `${describeSelection(location.selection)} on ${location.database}`,
    isSample: false,
    isVerified: false,
    path: formatTableSetting(location),
    table: { server },
    tensorName: location.selection.column,
    dtype: table.type === 'vector' ? 'F32' : 'F16',
    rowCount,
    dimension,
    warnings: isEstimated
      ? ['Counting the rows took too long: how many there are is what the server estimates.']
      : [],
  };
}
