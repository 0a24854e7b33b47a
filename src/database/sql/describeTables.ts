import { isRecord } from '../answers/serverRecord';
import { isIndexMethod, metricOfOperatorClass } from './operators';
import type { TableColumn, VectorIndex, VectorTable } from '../vectorTable';

/** The schema that pgvector was installed into, and its version; no row where the database lacks it. */
export const EXTENSION_STATEMENT = `
select e.extversion as version, n.nspname as schema
from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
where e.extname = 'vector'`;

/**
 * Every column of pgvector's types that the user may read, of tables, partitioned tables (not their partitions), materialized views and foreign
 * tables. A type counts by its belonging to the extension, not by its name alone.
 */
export const TABLES_STATEMENT = `
select n.nspname as schema, c.relname as table, a.attname as column, t.typname as type, a.atttypmod as dimension, c.relkind = 'p' as partitioned,
  case when c.relkind = 'p' then (
    select coalesce(sum(greatest(p.reltuples, 0)), 0) from pg_catalog.pg_partition_tree(c.oid) leaf
    join pg_catalog.pg_class p on p.oid = leaf.relid where leaf.isleaf
  ) else c.reltuples end::float8 as rows,
  (
    select json_agg(json_build_object('name', o.attname, 'type', pg_catalog.format_type(o.atttypid, null), 'unique', exists (
      select from pg_catalog.pg_index u where u.indrelid = c.oid and u.indisunique and u.indisvalid and u.indpred is null
        and u.indnkeyatts = 1 and u.indkey[0] = o.attnum
    )) order by o.attnum)
    from pg_catalog.pg_attribute o where o.attrelid = c.oid and o.attnum > 0 and not o.attisdropped and o.attnum <> a.attnum
      and pg_catalog.has_column_privilege(c.oid, o.attnum, 'select')
  ) as columns,
  (
    select json_agg(json_build_object('name', ic.relname, 'method', am.amname, 'class', oc.opcname, 'valid', i.indisvalid and i.indisready,
      'predicate', pg_catalog.pg_get_expr(i.indpred, i.indrelid)) order by ic.relname)
    from pg_catalog.pg_index i join pg_catalog.pg_class ic on ic.oid = i.indexrelid join pg_catalog.pg_am am on am.oid = ic.relam
    join pg_catalog.pg_opclass oc on oc.oid = i.indclass[0]
    where i.indrelid = c.oid and i.indkey[0] = a.attnum
  ) as indexes
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_type t on t.oid = a.atttypid
join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_type'::regclass and d.objid = t.oid and d.refclassid = 'pg_catalog.pg_extension'::regclass
join pg_catalog.pg_extension e on e.oid = d.refobjid and e.extname = 'vector'
where t.typname in ('vector', 'halfvec') and c.relkind in ('r', 'p', 'm', 'f') and not c.relispartition
  and a.attnum > 0 and not a.attisdropped and pg_catalog.has_column_privilege(c.oid, a.attnum, 'select')
  and n.nspname not like 'pg\\_temp\\_%'
order by 1, 2, a.attnum
limit 10000`;

/** Reads an answer to {@link TABLES_STATEMENT}. What is not as it should be is left out: the server may be anybody's. */
export function parseTables(rows: readonly unknown[]): VectorTable[] {
  return rows.flatMap((row) => {
    const table = parseTable(row);
    return table === undefined ? [] : [table];
  });
}

function parseTable(row: unknown): VectorTable | undefined {
  if (!isRecord(row)) {
    return undefined;
  }
  const { schema, table, column, type, dimension, rows, partitioned, columns, indexes } = row;
  if (typeof schema !== 'string' || typeof table !== 'string' || typeof column !== 'string') {
    return undefined;
  }
  if (type !== 'vector' && type !== 'halfvec') {
    return undefined;
  }
  return {
    schema,
    table,
    column,
    type,
    ...(typeof dimension === 'number' && dimension > 0 && { dimension }),
    estimatedRows: typeof rows === 'number' && Number.isFinite(rows) ? rows : -1,
    columns: listOf(columns).flatMap(parseColumn),
    indexes: listOf(indexes).flatMap(parseIndex),
    isPartitioned: partitioned === true,
  };
}

function parseColumn(value: unknown): TableColumn[] {
  return isRecord(value) && typeof value.name === 'string' && typeof value.type === 'string'
    ? [{ name: value.name, type: value.type, isUnique: value.unique === true }]
    : [];
}

/** Indexes of other methods, and those whose operators are not of our metrics, are none of ours. */
function parseIndex(value: unknown): VectorIndex[] {
  if (!isRecord(value)) {
    return [];
  }
  const { name, method, class: operatorClass, valid, predicate } = value;
  const metric = metricOfOperatorClass(operatorClass);
  return typeof name === 'string' && isIndexMethod(method) && metric !== undefined
    ? [{ name, method, metric, isValid: valid === true, ...(typeof predicate === 'string' && { predicate }) }]
    : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
