import { characters, type CharacterSet } from './characterSet';

/**
 * Full case folding (Unicode Standard, 5.18; the statuses C and F of CaseFolding.txt), and the way back. The tables are made of
 * JavaScript's own when a pattern ignores case for the first time.
 */
export class CaseFolding {
  /** What a code point folds to, where that is another text; one to three code points, each its own folding. */
  private readonly foldings = new Map<number, readonly number[]>();
  /** The code points that fold to one code point, by that; or to two or three, by these joined with commas. */
  private readonly sources = new Map<string, number[]>();

  static shared(): CaseFolding {
    return (shared ??= new CaseFolding());
  }

  private constructor() {
    // In this order the reference adds what a class matches beyond single characters: shorter texts first.
    const found = [...charactersThatFold()].sort((one, other) => one[1].length - other[1].length);
    for (const [codePoint, folding] of found) {
      this.foldings.set(codePoint, folding);
      const key = folding.join();
      const others = this.sources.get(key);
      if (others === undefined) {
        this.sources.set(key, [codePoint]);
      } else {
        others.push(codePoint);
      }
    }
  }

  /** All code points that one code point stands for when case is ignored, itself first; no longer texts. */
  variants(codePoint: number): readonly number[] {
    const folding = this.foldings.get(codePoint);
    const folded = folding?.length === 1 ? (folding[0] ?? codePoint) : codePoint;
    const same =
      folding !== undefined && folding.length > 1
        ? this.sourcesOf(folding)
        : [folded, ...this.sourcesOf([folded])];
    return [codePoint, ...same.filter((each) => each !== codePoint)];
  }

  /** The set of what {@link variants} holds. */
  variantSet(codePoint: number): CharacterSet {
    return characters(...this.variants(codePoint));
  }

  /** A set with the variants of all its members. */
  closure(set: CharacterSet): CharacterSet {
    return {
      key: `i(${set.key})`,
      has: (codePoint) => this.variants(codePoint).some((variant) => set.has(variant)),
    };
  }

  /** The texts of two or three characters that members of a set fold to, each character with its variants. */
  foldingsOf(set: CharacterSet): readonly (readonly CharacterSet[])[] {
    const texts: CharacterSet[][] = [];
    for (const [key, codePoints] of this.sources) {
      if (key.includes(',') && codePoints.some((codePoint) => set.has(codePoint))) {
        texts.push(key.split(',').map((part) => this.variantSet(Number(part))));
      }
    }
    return texts;
  }

  /**
   * What the beginning of a text stands for when case is ignored: how many of its code points, and what matches them: a set
   * for each, and perhaps one for all of them together.
   */
  expand(text: readonly number[]): FoldedPart {
    const [first = 0] = text;
    const simple = text.slice(0, 3).map((codePoint) => this.simpleFolding(codePoint));
    for (const width of [3, 2]) {
      if (simple.length >= width) {
        const folding = simple.slice(0, width);
        const together = this.sourcesOf(folding);
        if (together.length > 0) {
          return {
            width,
            apart: folding.map((codePoint) => this.variantSet(codePoint)),
            together: characters(...together),
          };
        }
      }
    }
    const folding = this.foldings.get(first);
    return folding !== undefined && folding.length > 1
      ? {
          width: 1,
          apart: folding.map((codePoint) => this.variantSet(codePoint)),
          together: this.variantSet(first),
        }
      : { width: 1, apart: [this.variantSet(first)], together: undefined };
  }

  private simpleFolding(codePoint: number): number {
    const folding = this.foldings.get(codePoint);
    return folding?.length === 1 ? (folding[0] ?? codePoint) : codePoint;
  }

  private sourcesOf(folding: readonly number[]): readonly number[] {
    return this.sources.get(folding.join()) ?? [];
  }
}

export interface FoldedPart {
  /** Code points of the text that it stands for. */
  readonly width: number;
  /** One set for each character of a match. */
  readonly apart: readonly CharacterSet[];
  /** Single characters that match as well, such as ß for `ss`. */
  readonly together: CharacterSet | undefined;
}

let shared: CaseFolding | undefined;

/** Where characters with case are. */
const CASED_RANGES = [
  [0, 0x2e80],
  [0xa640, 0xac00],
  [0xfb00, 0xfb20],
  [0xff00, 0x10000],
  [0x10400, 0x11a00],
  [0x16e00, 0x17000],
  [0x1e900, 0x1ea00],
] as const;

function* charactersThatFold(): Generator<readonly [codePoint: number, folding: readonly number[]]> {
  for (const [from, to] of CASED_RANGES) {
    const codePoints = Array.from({ length: to - from }, (_, i) => from + i);
    for (const { 0: character } of String.fromCodePoint(...codePoints).matchAll(
      /[\p{Changes_When_Casemapped}]/gu,
    )) {
      const folded = foldingOf(character);
      // A dotless i has a capital, the plain one's, and is no i for all that.
      if (folded !== character && character !== 'ı') {
        yield [character.codePointAt(0) ?? 0, codePointsOf(folded)];
      }
    }
  }
}

/**
 * Small letters, after capitals where a letter has several small ones (ſ, ς) or stands for several letters. Letter by letter, for
 * a sigma at the end of a text would become another one. Cherokee folds to its capitals.
 */
function foldingOf(character: string): string {
  if (/\p{Script=Cherokee}/u.test(character)) {
    return character.toUpperCase();
  }
  const folded = Array.from(character.toUpperCase(), (each) => each.toLowerCase()).join('');
  // ẞ has no capital of its own: its small letter folds on.
  return folded === 'ß' ? 'ss' : folded;
}

function codePointsOf(text: string): readonly number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
