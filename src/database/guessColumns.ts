import type { TableColumn, VectorTable } from './vectorTable';

const ID_NAMES = ['id', 'token_id', 'row_id', 'row', 'rowid', 'index', 'key'];
const LABEL_NAMES = ['token', 'label', 'word', 'text', 'name', 'title', 'term', 'content', 'body', 'chunk'];
const MODEL_NAMES = ['model', 'model_id', 'model_name', 'checkpoint'];

/** Types whose values are numbers of rows. */
export function isIdType(type: string): boolean {
  return type === 'smallint' || type === 'integer' || type === 'bigint';
}

/** Types whose values can be shown and looked up. */
export function isLabelType(type: string): boolean {
  return type === 'text' || type === 'uuid' || /^character( varying)?(\(\d+\))?$/u.test(type);
}

/** The columns that can tell rows apart, the likeliest first: unique ones, then by name. */
export function idColumns({ columns }: Pick<VectorTable, 'columns'>): TableColumn[] {
  const usable = columns.filter(({ type }) => isIdType(type));
  return sortedBy(usable, (column) => (column.isUnique ? 0 : 100) + placeIn(ID_NAMES, column.name));
}

/** The columns that can name rows, the likeliest first. @param except A column that is something else already. */
export function labelColumns({ columns }: Pick<VectorTable, 'columns'>, except?: string): TableColumn[] {
  const usable = columns.filter(({ type, name }) => isLabelType(type) && name !== except);
  return sortedBy(usable, (column) => placeIn(LABEL_NAMES, column.name));
}

/** The column that tells several models in one table apart, where there seems to be one. */
export function modelColumn({ columns }: Pick<VectorTable, 'columns'>): TableColumn | undefined {
  return columns.find(
    ({ name, type, isUnique }) =>
      !isUnique && isLabelType(type) && type !== 'uuid' && MODEL_NAMES.includes(name.toLowerCase()),
  );
}

function placeIn(names: readonly string[], name: string): number {
  const at = names.indexOf(name.toLowerCase());
  return at === -1 ? names.length : at;
}

/** Stable: columns of the same worth stay in the table's order. */
function sortedBy<T>(values: readonly T[], worth: (value: T) => number): T[] {
  return [...values].sort((a, b) => worth(a) - worth(b));
}
