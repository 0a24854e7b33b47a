import { ambiguous } from '../ambiguous';
import { DatabaseError } from '../databaseError';
import { isIdType, isLabelType } from '../guessColumns';
import { MAX_ID, parseCount, parseId, parseLabel, parseRow } from '../answers/parseRows';
import { describeSelection } from '../describeSelection';
import { EXTENSION_STATEMENT, parseTables, TABLES_STATEMENT } from '../sql/describeTables';
import {
  anyRowStatement,
  distinctStatement,
  extentStatement,
  labelsStatement,
  rowsStatement,
  sampleStatement,
} from '../sql/searchStatement';
import type { DatabaseRow, OpenedTable, TableAnswer, TableSearch, VectorDatabase } from '../vectorDatabase';
import type { VectorTable } from '../vectorTable';
import type { TableSelection } from '../../model/modelLocation';
import { searchTable } from './searchTable';
import type { ServerConnection, Transaction } from './serverConnection';

/** Counting the rows of a large table takes minutes; an estimate takes nothing. */
const COUNT_MILLISECONDS = 5000;

const SAMPLE_SEED = 1;

/** Most rows that are fetched at once: the terms of a query, the rows of a comparison. */
const MAX_FETCHED = 1000;

/** PostgreSQL with pgvector, over one connection. */
export class PostgresDatabase implements VectorDatabase {
  /** @param limitMilliseconds Time limit of each statement, as it is now; 0 for none. */
  constructor(
    readonly connection: ServerConnection,
    private readonly limitMilliseconds: () => number,
  ) {}

  get name(): string {
    return this.connection.name;
  }

  async describe(signal?: AbortSignal): Promise<readonly VectorTable[]> {
    return this.read(this.name, signal, async (transaction) => {
      await requireExtension(transaction, this.name);
      return parseTables(await transaction.query({ text: TABLES_STATEMENT, values: [] }));
    });
  }

  async open(selection: TableSelection, signal?: AbortSignal): Promise<OpenedTable> {
    const source = this.sourceOf(selection);
    const table = (await this.describe(signal)).find(
      ({ schema, table: name, column }) =>
        schema === selection.schema && name === selection.table && column === selection.column,
    );
    if (table === undefined) {
      throw new DatabaseError(
        'changed',
        source,
        `there is no such table with a column ${selection.column} of vectors that you may read. Choose one anew.`,
      );
    }
    requireColumns(table, selection, source);
    const dimension = table.dimension ?? (await this.dimensionOf(selection, signal));
    return { selection, table, dimension, ...(await this.extentOf(selection, table, signal)) };
  }

  async search(table: OpenedTable, search: TableSearch, signal?: AbortSignal): Promise<TableAnswer> {
    return this.read(this.sourceOf(table.selection), signal, (transaction) =>
      searchTable(transaction, table, search, this.sourceOf(table.selection)),
    );
  }

  async fetchRows(
    table: OpenedTable,
    ids: readonly number[],
    signal?: AbortSignal,
  ): Promise<readonly DatabaseRow[]> {
    const { rows, withoutVector } = await this.rowsById(table, ids, signal);
    const source = this.sourceOf(table.selection);
    return ids.map((id) => {
      const row = rows.get(id);
      if (row === undefined) {
        throw withoutVector.has(id)
          ? new DatabaseError('unsupported', source, `row ${id} has no vector: it is NULL.`)
          : new DatabaseError('changed', source, `there is no row with the id ${id}.`);
      }
      return row;
    });
  }

  async fetchKnown(
    table: OpenedTable,
    ids: readonly number[],
    signal?: AbortSignal,
  ): Promise<readonly DatabaseRow[]> {
    return ids.length === 0 ? [] : [...(await this.rowsById(table, ids, signal)).rows.values()];
  }

  async findLabels(
    { selection }: OpenedTable,
    labels: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, number>> {
    const source = this.sourceOf(selection);
    // A text with a zero byte is in no table.
    const statement = labelsStatement(
      selection,
      labels.filter((label) => !label.includes('\0')),
    );
    const found = new Map<string, number>();
    if (statement === undefined || labels.length === 0) {
      return found;
    }
    for (const row of await this.read(source, signal, ({ query }) => query(statement))) {
      const label = parseLabel(row.label);
      if (label !== undefined) {
        found.set(label, parseId(row.id, source));
      }
    }
    return found;
  }

  async distinctTexts(
    schema: string,
    table: string,
    column: string,
    signal?: AbortSignal,
  ): Promise<readonly string[]> {
    const source = `${schema}.${table} on ${this.name}`;
    const rows = await this.read(source, signal, ({ query }) =>
      query(distinctStatement(schema, table, column)),
    );
    return rows.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  }

  async sampleIds(
    { selection }: OpenedTable,
    count: number,
    signal?: AbortSignal,
  ): Promise<readonly number[]> {
    const source = this.sourceOf(selection);
    const rows = await this.read(source, signal, ({ query }) =>
      query(sampleStatement(selection, count, SAMPLE_SEED)),
    );
    return rows.map((row) => parseId(row.id, source));
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async rowsById(
    { selection, dimension }: OpenedTable,
    ids: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<{
    readonly rows: ReadonlyMap<number, DatabaseRow>;
    readonly withoutVector: ReadonlySet<number>;
  }> {
    const source = this.sourceOf(selection);
    const wanted = [...new Set(ids)];
    if (wanted.length > MAX_FETCHED) {
      throw new RangeError(`At most ${MAX_FETCHED} rows are fetched at once.`);
    }
    const answer = await this.read(source, signal, ({ query }) => query(rowsStatement(selection, wanted)));
    const rows = new Map<number, DatabaseRow>();
    const withoutVector = new Set<number>();
    for (const row of answer) {
      const id = parseId(row.id, source);
      if (rows.has(id) || withoutVector.has(id)) {
        throw ambiguous(id, source);
      }
      if (row.vector === null) {
        withoutVector.add(id);
      } else {
        rows.set(id, parseRow(row, dimension, source));
      }
    }
    return { rows, withoutVector };
  }

  private sourceOf(selection: TableSelection): string {
    return `${describeSelection(selection)} on ${this.name}`;
  }

  private read<T>(
    source: string,
    signal: AbortSignal | undefined,
    work: (transaction: Transaction) => Promise<T>,
    limitMilliseconds = this.limitMilliseconds(),
  ): Promise<T> {
    return this.connection.transaction({ signal, limitMilliseconds, isReadOnly: true, source }, work);
  }

  private async dimensionOf(selection: TableSelection, signal: AbortSignal | undefined): Promise<number> {
    const source = this.sourceOf(selection);
    const [row] = await this.read(source, signal, ({ query }) => query(anyRowStatement(selection)));
    const dimension = parseCount(row?.dimension);
    if (dimension === undefined || dimension < 1) {
      throw new DatabaseError('unsupported', source, 'no row has a vector.');
    }
    return dimension;
  }

  private async extentOf(
    selection: TableSelection,
    { estimatedRows }: VectorTable,
    signal: AbortSignal | undefined,
  ): Promise<Pick<OpenedTable, 'rowCount' | 'isEstimated' | 'ids'>> {
    const source = this.sourceOf(selection);
    let row: Readonly<Record<string, unknown>> | undefined;
    try {
      const limit = this.limitMilliseconds();
      const within = limit === 0 ? COUNT_MILLISECONDS : Math.min(limit, COUNT_MILLISECONDS);
      [row] = await this.read(source, signal, ({ query }) => query(extentStatement(selection)), within);
    } catch (error) {
      if (DatabaseError.is(error) && error.reason === 'too-slow') {
        return { rowCount: Math.max(0, estimatedRows), isEstimated: true };
      }
      throw error;
    }
    const rowCount = parseCount(row?.rows) ?? 0;
    if (rowCount === 0) {
      throw new DatabaseError('unsupported', source, 'no row has a vector.');
    }
    const { first, last } = row ?? {};
    if (!isRowNumber(first) || !isRowNumber(last)) {
      throw new DatabaseError(
        'unsupported',
        source,
        `the ids in ${selection.idColumn} do not all lie between 0 and ${MAX_ID.toLocaleString('en')}. Choose another column of ids.`,
      );
    }
    return { rowCount, isEstimated: false, ids: [Number(first), Number(last)] };
  }
}

/** @throws {DatabaseError} `no-extension` */
async function requireExtension({ query }: Transaction, source: string): Promise<void> {
  if ((await query({ text: EXTENSION_STATEMENT, values: [] })).length === 0) {
    throw new DatabaseError(
      'no-extension',
      source,
      'this database has no pgvector: create extension vector; makes it known there, where the server has it installed.',
    );
  }
}

function requireColumns(
  { columns }: VectorTable,
  { idColumn, labelColumn, only }: TableSelection,
  source: string,
): void {
  const typeOf = (name: string): string | undefined => columns.find((column) => column.name === name)?.type;
  const require = (name: string, isUsable: (type: string) => boolean, what: string): void => {
    const type = typeOf(name);
    if (type === undefined || !isUsable(type)) {
      const reason = type === undefined ? 'is gone' : `is of the type ${type}`;
      throw new DatabaseError(
        'changed',
        source,
        `the column ${name} ${reason}, and so no ${what}. Choose another.`,
      );
    }
  };
  require(idColumn, isIdType, 'column of ids');
  if (labelColumn !== undefined) {
    require(labelColumn, isLabelType, 'column of labels');
  }
  if (only !== undefined) {
    require(only.column, isLabelType, 'column that tells models apart');
  }
}

function isRowNumber(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,10}$/u.test(value) && Number(value) <= MAX_ID;
}
