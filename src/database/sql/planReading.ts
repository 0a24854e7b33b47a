import { isRecord } from '../answers/serverRecord';

/** An index that a plan takes its order from. */
export interface OrderedIndex {
  readonly schema: string;
  readonly name: string;
}

/** Deeper no plan of ours goes, and no hostile one is followed. */
const MAX_DEPTH = 50;

/**
 * The indexes from which a plan takes the order of distances, as `explain (verbose, format json)` tells: scans that say `Order By`. None where
 * every row is looked at. Over partitions there are several.
 *
 * @returns undefined where this is no plan.
 */
export function orderedIndexes(plan: unknown): OrderedIndex[] | undefined {
  const [first] = Array.isArray(plan) ? (plan as readonly unknown[]) : [];
  const root = isRecord(first) ? first.Plan : undefined;
  if (!isRecord(root)) {
    return undefined;
  }
  const found: OrderedIndex[] = [];
  collect(root, found, 0);
  return found;
}

function collect(node: Readonly<Record<string, unknown>>, found: OrderedIndex[], depth: number): void {
  const { 'Index Name': name, 'Order By': order, Schema: schema, Plans: plans } = node;
  if (typeof name === 'string' && order !== undefined) {
    found.push({ name, schema: typeof schema === 'string' ? schema : '' });
  }
  if (depth < MAX_DEPTH && Array.isArray(plans)) {
    for (const child of plans as readonly unknown[]) {
      if (isRecord(child)) {
        collect(child, found, depth + 1);
      }
    }
  }
}
