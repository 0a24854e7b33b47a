/** A share 0 … 1 of smaller values as `61st`. The largest of all is the 99th: none is above itself. */
export function ordinalPercentile(share: number): string {
  return ordinal(Math.min(99, Math.max(0, Math.floor(share * 100))));
}

/** `1st`, `12th`, `23rd` */
function ordinal(count: number): string {
  const isTeen = count % 100 >= 11 && count % 100 <= 13;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}
