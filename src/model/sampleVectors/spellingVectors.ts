import { scramble, toUnitLength } from './hashing';

/** Lengths of the pieces of a word that are compared. */
const SHORTEST_PIECE = 2;
const LONGEST_PIECE = 4;

/** Counters for how common a piece is; pieces that fall together only blur the weights. */
const COUNTER_COUNT = 1 << 17;

/** Random words for each piece; each of their bytes chooses one value of the direction and a sign. */
const WORDS_PER_PIECE = 2;

/** Longer texts (runs of dashes and the like) are compared by their start. */
const LONGEST_TEXT = 24;

/**
 * Spellings as directions: texts that share pieces are alike, and the more so the rarer the pieces are, so that "ing" counts
 * for little and "xygen" for much (as in fastText, without training).
 */
export class SpellingVectors {
  private readonly weights: Float32Array;
  private readonly direction: Float64Array;

  /**
   * @param dimension Values of a direction.
   * @param texts All texts of the vocabulary, to learn which pieces are common.
   */
  constructor(
    private readonly dimension: number,
    texts: readonly string[],
  ) {
    this.direction = new Float64Array(dimension);
    const counts = new Uint32Array(COUNTER_COUNT);
    for (const text of texts) {
      this.forEachPiece(text, (hash) => {
        const counter = hash % COUNTER_COUNT;
        counts[counter] = (counts[counter] ?? 0) + 1;
      });
    }
    this.weights = Float32Array.from(counts, (count) => 1 / Math.sqrt(1 + count));
  }

  /** Direction of a text, of length 1. The same array for each call. */
  of(text: string): Float64Array {
    const { direction } = this;
    direction.fill(0);
    this.forEachPiece(text, (hash) => {
      const weight = this.weights[hash % COUNTER_COUNT] ?? 0;
      let word = hash;
      for (let i = 0; i < WORDS_PER_PIECE; i++) {
        word = scramble(word + 0x9e3779b9);
        for (let shift = 0; shift < 32; shift += 8) {
          const byte = (word >>> shift) & 255;
          const place = ((byte >>> 1) * this.dimension) >>> 7;
          direction[place] = (direction[place] ?? 0) + ((byte & 1) === 0 ? weight : -weight);
        }
      }
    });
    return toUnitLength(direction);
  }

  /** Hashes of all pieces of `<text>`, each made from the one that is a unit shorter (FNV-1a). */
  private forEachPiece(text: string, use: (hash: number) => void): void {
    const bounded = `<${text.slice(0, LONGEST_TEXT)}>`;
    for (let start = 0; start < bounded.length; start++) {
      const end = Math.min(bounded.length, start + LONGEST_PIECE);
      let hash = 0x811c9dc5;
      for (let i = start; i < end; i++) {
        hash = Math.imul(hash ^ bounded.charCodeAt(i), 0x01000193);
        if (i - start + 1 >= SHORTEST_PIECE) {
          use(scramble(hash));
        }
      }
    }
  }
}
