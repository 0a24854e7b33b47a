import { EMPTY_KEY, nextHigh, nextLow, PieceKey } from '../../../src/core/tokenizer/pieceKey';

/** Different texts of the same key. */
export type Collision = readonly [string, string];

/** Letters of a word that differ from those of another, and that are the same. */
const BEGINNING = 8;
const END = 4;

const keyOf = (text: string): PieceKey => {
  const key = new PieceKey();
  key.setTo(text, 0, text.length);
  return key;
};

/**
 * Pairs of words of the same key, all of small letters: those whose beginnings are equal in `high`, with the same last four letters. They
 * are found among so many that two of them are equal by chance.
 */
export function collidingWords(random: () => number, samples: number): Collision[] {
  const letter = (): number => 97 + Math.floor(random() * 26);
  const letters = new Uint8Array(samples * BEGINNING);
  const beginningAt = (index: number): string =>
    String.fromCharCode(...letters.subarray(index * BEGINNING, (index + 1) * BEGINNING));
  const seen = new Map<number, number>();
  const found: Collision[] = [];
  for (let i = 0; i < samples; i++) {
    let low = EMPTY_KEY;
    let high = 0;
    // Four more units move what is in low into high.
    for (let at = 0; at < BEGINNING + END; at++) {
      const unit = at < BEGINNING ? letter() : 97;
      if (at < BEGINNING) {
        letters[i * BEGINNING + at] = unit;
      }
      high = nextHigh(high, low, unit);
      low = nextLow(low, unit);
    }
    const other = seen.get(high);
    if (other !== undefined && beginningAt(other) !== beginningAt(i)) {
      const end = String.fromCharCode(...Array.from({ length: END }, letter));
      found.push([`${beginningAt(i)}${end}`, `${beginningAt(other)}${end}`]);
    }
    seen.set(high, i);
  }
  return found.filter(([left, right]) => equalKeys(left, right));
}

/** Texts of eight or more units with the key of one of seven, which is exact. */
export function collidingWithExact(random: () => number, samples: number): Collision[] {
  const found: Collision[] = [];
  for (let i = 0; i < samples; i++) {
    const long = String.fromCharCode(...Array.from({ length: 12 }, () => Math.floor(random() * 256)));
    const { low, high } = keyOf(long);
    const digits: number[] = [];
    for (let rest = high >>> 0; rest > 0; rest = Math.floor(rest / 257)) {
      digits.unshift(rest % 257);
    }
    if (digits.length === 4 && digits[0] === 1 && !digits.includes(256)) {
      const bytes = [24, 16, 8, 0].map((shift) => (low >>> shift) & 0xff);
      found.push([long, String.fromCharCode(...digits.slice(1), ...bytes)]);
    }
  }
  return found.filter(([left, right]) => equalKeys(left, right));
}

function equalKeys(left: string, right: string): boolean {
  const [one, other] = [keyOf(left), keyOf(right)];
  return one.low === other.low && one.high === other.high;
}
