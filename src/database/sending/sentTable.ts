import { DatabaseError } from '../databaseError';
import { quoteIdentifier, quoteQualified } from '../sql/identifier';
import type { Statement } from '../sql/searchStatement';
import type { VectorTable, VectorType } from '../vectorTable';
import type { TableSelection } from '../../model/modelLocation';

/** A table into which models are sent, as many as one likes, told apart by the column `model`. */
export interface SentTable {
  readonly schema: string;
  readonly table: string;
  readonly type: VectorType;
  readonly dimension: number;
}

export const SENT_COLUMNS = { model: 'model', id: 'id', token: 'token', vector: 'embedding' } as const;

/** The rows of one model in such a table, for questions. */
export function selectionOfSent(
  { schema, table }: Pick<SentTable, 'schema' | 'table'>,
  model: string,
): TableSelection {
  const { vector, id, token, model: column } = SENT_COLUMNS;
  return { schema, table, column: vector, idColumn: id, labelColumn: token, only: { column, value: model } };
}

/** @throws {DatabaseError} `unsupported` for names that no table can have. */
export function createTableStatement({ schema, table, type, dimension }: SentTable): Statement {
  const text =
    `create table if not exists ${quoteQualified(schema, table)} (` +
    `model text not null, id integer not null, token text not null, embedding ${type}(${dimension}), primary key (model, id))`;
  return { text, values: [] };
}

/** Has the server count the rows and look at some of them, by which it plans; it leaves it be where another owns the table. */
export function analyzeStatement({ schema, table }: SentTable): Statement {
  return { text: `analyze ${quoteQualified(schema, table)}`, values: [] };
}

export function copyStatement({ schema, table }: SentTable): string {
  return `copy ${quoteQualified(schema, table)} (${columnList()}) from stdin (format binary)`;
}

/** @param columns Values of a batch, column by column; vectors as text. */
export function insertStatement(
  { schema, table, type }: SentTable,
  model: string,
  columns: {
    readonly ids: readonly number[];
    readonly tokens: readonly string[];
    readonly vectors: readonly (string | null)[];
  },
): Statement {
  return {
    text:
      `insert into ${quoteQualified(schema, table)} (${columnList()}) ` +
      `select $1, id, token, vector from unnest($2::integer[], $3::text[], $4::text[]::${type}[]) as sent(id, token, vector)`,
    values: [model, columns.ids, columns.tokens, columns.vectors],
  };
}

/** How many rows of a model are there, and the highest id. */
export function sentRowsStatement({ schema, table }: SentTable, model: string): Statement {
  return {
    text: `select count(*)::text as rows, max(id)::text as last from ${quoteQualified(schema, table)} where model = $1`,
    values: [model],
  };
}

/** Rows of a model that are there already, to be held against those that would be sent. */
export function sentSampleStatement(
  { schema, table }: SentTable,
  model: string,
  ids: readonly number[],
): Statement {
  return {
    text:
      `select id::text as id, token, embedding::text as vector from ${quoteQualified(schema, table)} ` +
      `where model = $1 and id = any($2::integer[])`,
    values: [model, ids],
  };
}

/** @throws {DatabaseError} `unsupported` where a table of that name has other columns than those that are sent. */
export function requireSentTable(found: VectorTable | undefined, wanted: SentTable, source: string): void {
  const typeOf = (name: string): string | undefined =>
    found?.columns.find((column) => column.name === name)?.type;
  const isTable =
    typeOf(SENT_COLUMNS.model) === 'text' &&
    typeOf(SENT_COLUMNS.id) === 'integer' &&
    typeOf(SENT_COLUMNS.token) === 'text';
  if (!isTable) {
    throw new DatabaseError(
      'unsupported',
      source,
      'there is a table of that name already, but not one that was made for this: with model, id, token and embedding. Choose another name.',
    );
  }
  if (found?.type !== wanted.type || found.dimension !== wanted.dimension) {
    const there = `${found?.type ?? ''}(${found?.dimension ?? '?'})`;
    throw new DatabaseError(
      'unsupported',
      source,
      `the table holds ${there}, and the model is ${wanted.type}(${wanted.dimension}). Choose another table.`,
    );
  }
}

function columnList(): string {
  return Object.values(SENT_COLUMNS).map(quoteIdentifier).join(', ');
}
