/** How alike two vectors are; `euclidean` is a distance, the smallest is the best. */
export type Metric = 'cosine' | 'centered' | 'dot' | 'euclidean';

export const METRICS: readonly Metric[] = ['cosine', 'centered', 'dot', 'euclidean'];
