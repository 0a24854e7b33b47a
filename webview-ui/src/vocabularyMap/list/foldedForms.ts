import type { MapTokens } from '../mapTokens';

/** Spellings of a word that differ by the leading space and case. */
export interface FoldedForms {
  /** The commonest of them. */
  readonly id: number;
  /** All of them, commonest first. */
  readonly ids: readonly number[];
}

/** @param ids commonest first @returns in the order of the commonest form of each */
export function foldForms(ids: Iterable<number>, tokens: MapTokens): FoldedForms[] {
  const byKey = new Map<string, number[]>();
  const rows: { id: number; ids: number[] }[] = [];
  for (const id of ids) {
    const key = tokens.foldKey(id);
    const known = key === '' ? undefined : byKey.get(key);
    if (known) {
      known.push(id);
      continue;
    }
    const forms = [id];
    rows.push({ id, ids: forms });
    if (key !== '') {
      byKey.set(key, forms);
    }
  }
  return rows;
}
