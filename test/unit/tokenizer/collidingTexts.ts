import { PieceKey } from '../../../src/core/tokenizer/pieceKey';

/** Different texts of the same key. */
export type Collision = readonly [string, string];

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
  const letters = (count: number): string =>
    String.fromCharCode(...Array.from({ length: count }, () => 97 + Math.floor(random() * 26)));
  const seen = new Map<number, string>();
  const found: Collision[] = [];
  for (let i = 0; i < samples; i++) {
    const beginning = letters(8);
    // Four more units move what is in low into high.
    const { high } = keyOf(`${beginning}aaaa`);
    const other = seen.get(high);
    if (other !== undefined && other !== beginning) {
      const end = letters(4);
      found.push([`${beginning}${end}`, `${other}${end}`]);
    }
    seen.set(high, beginning);
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
