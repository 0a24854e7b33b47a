/**
 * An order in which alike items stand beside each other: a chain that begins with the most alike pair and takes, at
 * whichever end it fits best, the item that is most alike to that end. Deterministic; ties keep the order given.
 *
 * @param values by row, then column; null where an item has no vector: such items come last
 * @param isDistance small values are the most alike
 * @returns the numbers of the items in their new order
 */
export function orderBySimilarity(
  values: readonly (readonly (number | null)[])[],
  isDistance: boolean,
): number[] {
  const alike = (one: number, other: number): number => {
    const value = values[one]?.[other];
    return typeof value === 'number' && Number.isFinite(value) ? (isDistance ? -value : value) : -Infinity;
  };
  const all = [...values.keys()];
  const withVector = all.filter((item) => alike(item, item) !== -Infinity);
  const rest = new Set(withVector);
  const chain: number[] = [];
  const [first, second] = mostAlikePair(withVector, alike) ?? [];
  for (const item of [first, second]) {
    if (item !== undefined) {
      chain.push(item);
      rest.delete(item);
    }
  }
  while (rest.size > 0) {
    extend(chain, rest, alike);
  }
  return [...chain, ...all.filter((item) => !chain.includes(item))];
}

type Alike = (one: number, other: number) => number;

function mostAlikePair(items: readonly number[], alike: Alike): [number, number] | undefined {
  let best: [number, number] | undefined;
  for (const one of items) {
    for (const other of items) {
      if (one < other && (!best || alike(one, other) > alike(...best))) {
        best = [one, other];
      }
    }
  }
  return best;
}

function extend(chain: number[], rest: Set<number>, alike: Alike): void {
  const [head, tail] = [chain[0], chain.at(-1)];
  let best: { readonly item: number; readonly atEnd: boolean; readonly score: number } | undefined;
  for (const item of rest) {
    for (const [end, atEnd] of [
      [tail, true],
      [head, false],
    ] as const) {
      const score = end === undefined ? 0 : alike(end, item);
      if (!best || score > best.score) {
        best = { item, atEnd, score };
      }
    }
  }
  if (best) {
    rest.delete(best.item);
    if (best.atEnd) {
      chain.push(best.item);
    } else {
      chain.unshift(best.item);
    }
  }
}
