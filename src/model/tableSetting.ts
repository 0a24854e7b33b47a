import type { TableLocation, TableSelection } from './modelLocation';

const PREFIX = 'postgres:';
const MAX_LENGTH = 2000;

/** Whether the setting `tokenscope.model` names a table, however well. */
export function meansTable(text: string): boolean {
  return text.trim().startsWith(PREFIX) && !/^postgres(?:ql)?:\/\//u.test(text.trim());
}

/**
 * Reads a table as the setting `tokenscope.model` names it: `postgres:lab?schema=public&table=rows&column=embedding&id=id&label=token`, and, of several
 * models in it, `&where=model&is=gpt2`. The first part is a name out of the setting `tokenscope.databases`.
 *
 * @returns undefined for what is no such name.
 */
export function parseTableSetting(text: string): TableLocation | undefined {
  const trimmed = text.trim();
  if (!meansTable(trimmed) || trimmed.length > MAX_LENGTH) {
    return undefined;
  }
  const [name = '', ...rest] = trimmed.slice(PREFIX.length).split('?');
  const parameters = new URLSearchParams(rest.join('?'));
  const [schema, table, column, idColumn] = ['schema', 'table', 'column', 'id'].map(
    (key) => parameters.get(key) ?? '',
  );
  const database = decoded(name);
  if (!database || !schema || !table || !column || !idColumn) {
    return undefined;
  }
  const [labelColumn, where, is] = ['label', 'where', 'is'].map((key) => parameters.get(key));
  return {
    kind: 'table',
    database,
    selection: {
      schema,
      table,
      column,
      idColumn,
      ...(labelColumn && { labelColumn }),
      ...(where && typeof is === 'string' && { only: { column: where, value: is } }),
    },
  };
}

/** Writes what {@link parseTableSetting} reads. */
export function formatTableSetting({
  database,
  selection,
}: Pick<TableLocation, 'database' | 'selection'>): string {
  const { schema, table, column, idColumn, labelColumn, only }: TableSelection = selection;
  const parameters = new URLSearchParams({ schema, table, column, id: idColumn });
  if (labelColumn !== undefined) {
    parameters.set('label', labelColumn);
  }
  if (only !== undefined) {
    parameters.set('where', only.column);
    parameters.set('is', only.value);
  }
  return `${PREFIX}${encodeURIComponent(database)}?${parameters.toString()}`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
