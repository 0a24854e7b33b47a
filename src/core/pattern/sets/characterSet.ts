/** A set of code points, 0 to 0x10FFFF without surrogates. */
export interface CharacterSet {
  /** Sets with the same key have the same members. */
  readonly key: string;
  has(codePoint: number): boolean;
}

/** The code points from the first to the second of each pair, both inclusive; pairs in any order. */
export function rangeSet(ranges: readonly (readonly [from: number, to: number])[]): CharacterSet {
  return {
    key: ranges.map(([from, to]) => `${from.toString(16)}-${to.toString(16)}`).join(' '),
    has: (codePoint) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to),
  };
}

export function characters(...codePoints: readonly number[]): CharacterSet {
  return rangeSet(codePoints.map((codePoint) => [codePoint, codePoint] as const));
}

/** @param source Of a JavaScript regular expression that matches one code point, with the flag `u`. */
export function matchingSet(source: string): CharacterSet {
  const expression = new RegExp(`^(?:${source})$`, 'u');
  return { key: source, has: (codePoint) => expression.test(String.fromCodePoint(codePoint)) };
}

export function union(sets: readonly CharacterSet[]): CharacterSet {
  return sets.length === 1
    ? sets[0]
    : {
        key: `(${sets.map(({ key }) => key).join('|')})`,
        has: (codePoint) => sets.some((set) => set.has(codePoint)),
      };
}

export function intersection(left: CharacterSet, right: CharacterSet): CharacterSet {
  return {
    key: `(${left.key}&${right.key})`,
    has: (codePoint) => left.has(codePoint) && right.has(codePoint),
  };
}

export function complement(set: CharacterSet): CharacterSet {
  return { key: `!(${set.key})`, has: (codePoint) => !set.has(codePoint) };
}

export const NEWLINE = characters(0x0a);
/** What dots are; a class such as `[^\\n]` is another set, though with the same members. */
export const ANY_CHARACTER: CharacterSet = { key: 'any', has: () => true };
export const ANY_BUT_NEWLINE: CharacterSet = complement(NEWLINE);
