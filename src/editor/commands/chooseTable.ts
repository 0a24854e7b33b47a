import { shownName } from '../../core/foreignText/shownText';
import { idColumns, labelColumns, modelColumn } from '../../database/guessColumns';
import type { VectorDatabase } from '../../database/vectorDatabase';
import type { TableColumn, VectorTable } from '../../database/vectorTable';
import type { TableSelection } from '../../model/modelLocation';
import { formatTableSetting } from '../../model/tableSetting';
import type { Databases } from '../session/databases';
import type { ModelChoice } from '../session/modelChoice';
import { pickItem, type PickEntry } from '../workbench/pickItems';
import { withProgressNotice } from '../workbench/progressNotice';
import { showNotice } from '../workbench/showNotice';

/** Lets the user choose a table of a database, the columns of ids and labels, and one of several models in it; and uses that. */
export async function chooseTable(databases: Databases, choice: ModelChoice, name: string): Promise<void> {
  const database = await databases.open(name);
  try {
    const selection = await selectedTable(database, name);
    if (selection !== undefined) {
      await choice.use(formatTableSetting({ database: name, selection }));
    }
  } finally {
    await database.close();
  }
}

async function selectedTable(database: VectorDatabase, name: string): Promise<TableSelection | undefined> {
  const tables = await withProgressNotice(`Looking for tables of vectors in ${shownName(name)}`, (signal) =>
    database.describe(signal).catch((error: unknown) => {
      if (signal.aborted) {
        return undefined;
      }
      throw error;
    }),
  );
  if (tables?.length === 0) {
    void showNotice(
      'information',
      `${shownName(name)} has no table with vectors that you may read. Send Embeddings to PostgreSQL… makes one.`,
    );
  }
  if (tables === undefined || tables.length === 0) {
    return undefined;
  }
  const table = (
    await pickItem(
      tables.map((found) => ({ ...tableEntry(found), found })),
      {
        title: 'Table of Vectors',
        placeHolder: 'Tables with a column of vectors',
        matchOnDetail: true,
        staysOpen: true,
      },
    )
  )?.found;
  return table && columnsOf(database, table);
}

async function columnsOf(database: VectorDatabase, table: VectorTable): Promise<TableSelection | undefined> {
  const models = modelColumn(table);
  const only = models && (await chosenModel(database, table, models));
  if (models !== undefined && only === undefined) {
    return undefined;
  }
  const ids = idColumns(table);
  if (ids.length === 0) {
    void showNotice(
      'error',
      `${shownName(table.table)} has no column of whole numbers, by which rows could be told apart.`,
    );
    return undefined;
  }
  const idColumn = ids.length === 1 ? ids[0] : (await pickColumn(ids, 'Column of Ids'))?.column;
  if (idColumn === undefined) {
    return undefined;
  }
  const labels = labelColumns(table, models?.name);
  const labelColumn =
    labels.length === 0
      ? { column: undefined }
      : await pickColumn(labels, 'Column of Labels', 'Without labels');
  return (
    labelColumn && {
      schema: table.schema,
      table: table.table,
      column: table.column,
      idColumn: idColumn.name,
      ...(labelColumn.column && { labelColumn: labelColumn.column.name }),
      ...(only?.value !== undefined && models && { only: { column: models.name, value: only.value } }),
    }
  );
}

interface ColumnEntry extends PickEntry {
  readonly column: TableColumn | undefined;
}

/** The likeliest comes first. */
function pickColumn(
  columns: readonly TableColumn[],
  title: string,
  none?: string,
): Promise<ColumnEntry | undefined> {
  const entries: ColumnEntry[] = columns.map((column) => ({
    label: shownName(column.name),
    description: [shownName(column.type), ...(column.isUnique ? ['unique'] : [])].join(' · '),
    column,
  }));
  return pickItem(none === undefined ? entries : [...entries, { label: none, column: undefined }], {
    title,
    staysOpen: true,
  });
}

interface ModelEntry extends PickEntry {
  readonly value: string | undefined;
}

async function chosenModel(
  database: VectorDatabase,
  { schema, table }: VectorTable,
  { name }: TableColumn,
): Promise<ModelEntry | undefined> {
  const values = await database.distinctTexts(schema, table, name);
  return pickItem<ModelEntry>(
    [
      ...values.map((value) => ({ icon: 'database', label: shownName(value), value })),
      { label: 'All rows', detail: `Where ${shownName(name)} tells no models apart.`, value: undefined },
    ],
    {
      title: 'Model in This Table',
      placeHolder: `Rows by their column ${shownName(name)}`,
      staysOpen: true,
    },
  );
}

function tableEntry({
  schema,
  table,
  column,
  type,
  dimension,
  estimatedRows,
  indexes,
  isPartitioned,
}: VectorTable): PickEntry {
  const rows =
    estimatedRows < 0 ? 'rows not counted' : `about ${Math.round(estimatedRows).toLocaleString('en')} rows`;
  const indexed = indexes.map(
    ({ method, metric, isValid, predicate }) =>
      `${method} by ${metric}${predicate === undefined ? '' : ` where ${shownName(predicate)}`}${isValid ? '' : ', not usable'}`,
  );
  return {
    icon: 'table',
    label: shownName(`${schema}.${table}`),
    description: `${shownName(column)} ${type}(${dimension ?? 'any'})`,
    detail: [
      rows,
      ...(isPartitioned ? ['partitioned'] : []),
      indexed.length === 0 ? 'no index of vectors' : indexed.join('; '),
    ].join(' · '),
  };
}
