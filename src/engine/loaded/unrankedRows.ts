/** How many ids a warning lists; the panel shows one line. */
const MAX_LISTED_IDS = 10;

/** What there is to say about rows that hold NaN or infinity: no sentence, or one. */
export function unrankedRowsWarning(norms: Float64Array): string[] {
  const ids: number[] = [];
  norms.forEach((norm, id) => {
    if (Number.isNaN(norm)) {
      ids.push(id);
    }
  });
  if (ids.length === 0) {
    return [];
  }
  const listed = ids.slice(0, MAX_LISTED_IDS).join(', ') + (ids.length > MAX_LISTED_IDS ? ' …' : '');
  return [
    ids.length === 1
      ? `1 row holds NaN or infinity and is not ranked: id ${listed}.`
      : `${ids.length.toLocaleString('en-US')} rows hold NaN or infinity and are not ranked: ids ${listed}.`,
  ];
}
