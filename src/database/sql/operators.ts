import type { DatabaseMetric, IndexMethod, VectorType } from '../vectorTable';

/** Operators of pgvector, all of which give what is smallest for the nearest (pgvector, "Querying"). */
export const OPERATORS: Readonly<Record<DatabaseMetric, string>> = {
  cosine: '<=>',
  // The negative inner product.
  dot: '<#>',
  euclidean: '<->',
};

const CLASS_ENDS: Readonly<Record<DatabaseMetric, string>> = {
  cosine: 'cosine_ops',
  dot: 'ip_ops',
  euclidean: 'l2_ops',
};

/** The operator class with which an index answers by a metric. */
export function operatorClass(type: VectorType, metric: DatabaseMetric): string {
  return `${type}_${CLASS_ENDS[metric]}`;
}

/** The metric of an operator class of `vector` and `halfvec`; undefined for others. */
export function metricOfOperatorClass(name: unknown): DatabaseMetric | undefined {
  const metrics = Object.keys(CLASS_ENDS) as DatabaseMetric[];
  return metrics.find((metric) =>
    (['vector', 'halfvec'] as const).some((type) => operatorClass(type, metric) === name),
  );
}

export function isIndexMethod(value: unknown): value is IndexMethod {
  return value === 'hnsw' || value === 'ivfflat';
}
