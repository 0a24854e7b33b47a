import type { DatabaseMetric, VectorType } from '../vectorTable';
import type { TableSelection } from '../../model/modelLocation';
import { formatVector } from '../answers/parseVector';
import { quoteIdentifier, quoteQualified } from './identifier';
import { OPERATORS } from './operators';

/** A statement and its parameters: no value ever stands in the text. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface SearchParameters {
  readonly selection: TableSelection;
  readonly type: VectorType;
  readonly metric: DatabaseMetric;
  readonly query: ArrayLike<number>;
  /** Most rows that are given. */
  readonly limit: number;
  /** Rows that are left out. */
  readonly excludedIds: readonly number[];
  /** Only rows whose label holds this, whatever the case; empty for all. */
  readonly labelText: string;
  /** The column takes vectors of any length, of which those as long as the query are meant. No index is over such a column. */
  readonly isMixed: boolean;
}

/**
 * The nearest rows, surely by every one of them: what they are ordered by is no bare distance, and only such an order an index gives
 * (PostgreSQL documentation, "Index Types": ordering operators). Settings such as `enable_indexscan` merely advise the planner.
 *
 * Beside a row its distance as the server computes it, in single precision inside; `NaN` of a row of zeros by cosine counts as 1, the cosine 0.
 * A row of half precision is widened, so that the query is not narrowed. For `dot` the row's length times `slack` is subtracted: what
 * rounding may have hidden, so that a limit cuts off nothing that could be nearer.
 */
export function exactStatement(parameters: SearchParameters, slack: number): Statement {
  const { metric, type, query } = parameters;
  const values = new ParameterList();
  const row = type === 'halfvec' ? `${vectorColumn(parameters)}::vector` : vectorColumn(parameters);
  const distance = `(${row} ${OPERATORS[metric]} ${values.add(formatVector(query))}::vector)`;
  const order = {
    cosine: () => `coalesce(nullif(${distance}, 'NaN'::float8), 1)`,
    dot: () => `${distance} - ${values.add(slack)}::float8 * vector_norm(${row})`,
    euclidean: () => `${distance} + 0`,
  }[metric]();
  return statement(parameters, values, order, 'distance, id');
}

/** The nearest rows by whatever the planner thinks best: an index of the metric where there is one. */
export function indexStatement(parameters: SearchParameters): Statement {
  const { metric, type, query } = parameters;
  const values = new ParameterList();
  const distance = `(${vectorColumn(parameters)} ${OPERATORS[metric]} ${values.add(formatVector(query))}::${type})`;
  return statement(parameters, values, distance, 'distance');
}

/** The rows with these ids. */
export function rowsStatement(selection: TableSelection, ids: readonly number[]): Statement {
  const values = new ParameterList();
  const id = quoteIdentifier(selection.idColumn);
  const conditions = [
    `${id} = any(${values.add(ids.map(String))}::bigint[])`,
    ...conditionsOf(selection, values),
  ];
  return {
    text:
      `select ${id}::text as id, ${labelColumn(selection)} as label, ${quoteIdentifier(selection.column)}::text as vector ` +
      `from ${quoteQualified(selection.schema, selection.table)} where ${conditions.join(' and ')}`,
    values: values.all,
  };
}

/** The rows with these labels, of each label the one with the lowest id first. */
export function labelsStatement(selection: TableSelection, labels: readonly string[]): Statement | undefined {
  if (selection.labelColumn === undefined) {
    return undefined;
  }
  const values = new ParameterList();
  const label = quoteIdentifier(selection.labelColumn);
  const conditions = [
    `${label} = any(${values.add(labels)}::text[])`,
    ...conditionsOf(selection, values),
    `${quoteIdentifier(selection.column)} is not null`,
  ];
  return {
    text:
      `select distinct on (${label}) ${label}::text as label, ${quoteIdentifier(selection.idColumn)}::text as id ` +
      `from ${quoteQualified(selection.schema, selection.table)} where ${conditions.join(' and ')} ` +
      `order by ${label}, ${quoteIdentifier(selection.idColumn)}`,
    values: values.all,
  };
}

/** How many rows there are, and between which ids. */
export function extentStatement(selection: TableSelection): Statement {
  const values = new ParameterList();
  const id = quoteIdentifier(selection.idColumn);
  const conditions = [`${quoteIdentifier(selection.column)} is not null`, ...conditionsOf(selection, values)];
  return {
    text:
      `select count(*)::text as rows, min(${id})::text as first, max(${id})::text as last ` +
      `from ${quoteQualified(selection.schema, selection.table)} where ${conditions.join(' and ')}`,
    values: values.all,
  };
}

/** The vector of whichever row comes first: how many values there are, where the column does not say. */
export function anyRowStatement(selection: TableSelection): Statement {
  const values = new ParameterList();
  const column = quoteIdentifier(selection.column);
  return {
    text:
      `select vector_dims(${column}) as dimension from ${quoteQualified(selection.schema, selection.table)} ` +
      `where ${[`${column} is not null`, ...conditionsOf(selection, values)].join(' and ')} limit 1`,
    values: values.all,
  };
}

/**
 * The texts that a column has, each once: by an index where there is one that begins with the column, from each text to the next one
 * (PostgreSQL wiki, "Loose indexscan").
 */
export function distinctStatement(schema: string, table: string, column: string): Statement {
  const name = quoteIdentifier(column);
  const from = quoteQualified(schema, table);
  return {
    text: `with recursive found(value) as (
      (select ${name}::text from ${from} where ${name} is not null order by ${name} limit 1)
      union all
      select (select ${name}::text from ${from} where ${name} > found.value order by ${name} limit 1) from found where found.value is not null
    ) select value from found where value is not null limit 10000`,
    values: [],
  };
}

/** Ids that are spread over the table, for questions that stand for all. */
export function sampleStatement(selection: TableSelection, count: number, seed: number): Statement {
  const values = new ParameterList();
  const id = quoteIdentifier(selection.idColumn);
  const conditions = [`${quoteIdentifier(selection.column)} is not null`, ...conditionsOf(selection, values)];
  return {
    text:
      `select ${id}::text as id from ${quoteQualified(selection.schema, selection.table)} where ${conditions.join(' and ')} ` +
      // The same ones each time, as far as the rows are the same: a hash orders them.
      `order by pg_catalog.hashint8extended(${id}::bigint, ${values.add(seed)}::bigint), ${id} limit ${values.add(count)}::int`,
    values: values.all,
  };
}

function statement(
  parameters: SearchParameters,
  values: ParameterList,
  distance: string,
  order: string,
): Statement {
  const { selection, limit, excludedIds, labelText, query, isMixed } = parameters;
  const column = quoteIdentifier(selection.column);
  const id = quoteIdentifier(selection.idColumn);
  const conditions = [
    `${column} is not null`,
    ...(isMixed ? [`vector_dims(${column}) = ${values.add(query.length)}::int`] : []),
    ...conditionsOf(selection, values),
    ...(excludedIds.length === 0 ? [] : [`${id} <> all(${values.add(excludedIds.map(String))}::bigint[])`]),
    ...(labelText === '' || selection.labelColumn === undefined
      ? []
      : [
          `pg_catalog.strpos(pg_catalog.lower(${quoteIdentifier(selection.labelColumn)}::text), pg_catalog.lower(${values.add(labelText)}::text)) > 0`,
        ]),
  ];
  const inner =
    `select ${id} as id, ${labelColumn(selection)} as label, ${column} as vector, ${distance} as distance ` +
    `from ${quoteQualified(selection.schema, selection.table)} where ${conditions.join(' and ')} ` +
    `order by ${order} limit ${values.add(limit)}::int`;
  // Vectors become text after the cut, not before it.
  return {
    text: `select id::text as id, label, vector::text as vector, distance from (${inner}) nearest`,
    values: values.all,
  };
}

function conditionsOf({ only }: TableSelection, values: ParameterList): string[] {
  return only === undefined ? [] : [`${quoteIdentifier(only.column)} = ${values.add(only.value)}`];
}

function vectorColumn({ selection }: SearchParameters): string {
  return quoteIdentifier(selection.column);
}

function labelColumn({ labelColumn: column }: TableSelection): string {
  return column === undefined ? 'null::text' : `${quoteIdentifier(column)}::text`;
}

/** Collects values and gives the names by which a statement calls them. */
class ParameterList {
  readonly all: unknown[] = [];

  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}
