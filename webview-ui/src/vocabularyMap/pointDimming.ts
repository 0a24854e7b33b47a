/**
 * Which points are dim: by id not 0 where the panel's filters leave a token out, or its kind is dimmed in the legend.
 *
 * @param kinds place of its kind by id
 * @param dimmedKinds those places that are dim
 * @param allowedBits a bit a token, the lowest first; undefined where all pass
 * @returns undefined where no point is dim
 */
export function dimFlags(
  kinds: Uint8Array,
  dimmedKinds: ReadonlySet<number>,
  allowedBits: Uint8Array | undefined,
): Uint8Array | undefined {
  if (dimmedKinds.size === 0 && !allowedBits) {
    return undefined;
  }
  return kinds.map((kind, id) => {
    const isAllowed = !allowedBits || (((allowedBits[id >> 3] ?? 0) >> (id & 7)) & 1) === 1;
    return isAllowed && !dimmedKinds.has(kind) ? 0 : 1;
  });
}
