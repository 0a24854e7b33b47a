import type { TableSelection } from '../model/modelLocation';

/** A selection for people: `public.rows.embedding`, with the model behind it where it is one of several. */
export function describeSelection({ schema, table, column, only }: TableSelection): string {
  return `${schema}.${table}.${column}${only === undefined ? '' : ` (${only.value})`}`;
}
