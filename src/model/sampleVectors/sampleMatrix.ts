import { hashedDirection, hashText, toUnitLength } from './hashing';
import { MeaningVectors } from './meaningVectors';
import { SpellingVectors } from './spellingVectors';
import { tokenForm, type TokenForm } from './tokenForm';
import type { Vocabulary } from './vocabulary';

/** Share of the dimensions that meanings take; spellings take the others, so that the two do not disturb each other. */
const MEANING_FRACTION = 3 / 8;

/** Squared shares of a vector that all tokens, all tokens of a kind and all of a variant (case, space) have in common. */
const COMMON_SHARE = 0.21;
const KIND_SHARE = 0.1;
const VARIANT_SHARE = 0.06;

/** Squared share of a word's spelling where the lexicon knows the word; the rest is its meaning. */
const KNOWN_SPELLING_SHARE = 0.14;

/** Lengths of vectors: frequent tokens, which have low ids, are shorter in trained models. */
const SHORTEST = 2.8;
const LENGTH_BY_ID = 0.9;
const LENGTH_SPREAD = 0.6;

/**
 * Makes the sample vectors.
 *
 * @param dimension Values of a vector; a power of two, at least 8.
 * @param writeRow Is called for each token id in order; `row` is used again for the next.
 */
export function makeSampleRows(
  vocabulary: Vocabulary,
  dimension: number,
  writeRow: (id: number, row: Float64Array) => void,
): void {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const forms: TokenForm[] = [];
  for (let id = 0; id < vocabulary.vocabularySize; id++) {
    forms.push(tokenForm(vocabulary.tokenBytes(id), decoder));
  }
  const meaningDimension = dimension * MEANING_FRACTION;
  const meanings = new MeaningVectors(meaningDimension);
  const spellings = new SpellingVectors(
    dimension - meaningDimension,
    forms.map(({ folded }) => folded),
  );
  const shared = new SharedDirections(dimension);
  const row = new Float64Array(dimension);
  forms.forEach(({ kind, folded, variant }, id) => {
    row.set(shared.of(kind, variant));
    const rest = 1 - COMMON_SHARE - KIND_SHARE - VARIANT_SHARE;
    const meaning = meanings.of(kind, folded);
    const spellingShare = meaning === undefined ? rest : KNOWN_SPELLING_SHARE;
    addScaled(row, spellings.of(folded), spellingShare, meaningDimension);
    if (meaning !== undefined) {
      addScaled(row, meaning, rest - spellingShare);
    }
    spread(row);
    toUnitLength(row);
    const idFraction = id / vocabulary.vocabularySize;
    const chance = hashText(`length ${folded}`) / 2 ** 32;
    const length = SHORTEST + LENGTH_BY_ID * idFraction + LENGTH_SPREAD * chance;
    for (let i = 0; i < dimension; i++) {
      row[i] = (row[i] ?? 0) * length;
    }
    writeRow(id, row);
  });
}

/** What all tokens of a kind and variant have in common, made once each. */
class SharedDirections {
  private readonly byName = new Map<string, Float64Array>();

  constructor(private readonly dimension: number) {}

  of(kind: string, variant: string): Float64Array {
    const name = `${kind} ${variant}`;
    let shared = this.byName.get(name);
    if (shared === undefined) {
      shared = new Float64Array(this.dimension);
      addScaled(shared, hashedDirection('all tokens', this.dimension), COMMON_SHARE);
      addScaled(shared, hashedDirection(kind, this.dimension), KIND_SHARE);
      addScaled(shared, hashedDirection(`variant ${variant}`, this.dimension), VARIANT_SHARE);
      this.byName.set(name, shared);
    }
    return shared;
  }
}

/** Adds a unit vector with a squared share, from value `start` of the target on. */
function addScaled(target: Float64Array, direction: Float64Array, share: number, start = 0): void {
  const factor = Math.sqrt(share);
  for (let i = 0; i < direction.length; i++) {
    target[start + i] = (target[start + i] ?? 0) + factor * (direction[i] ?? 0);
  }
}

/**
 * Rotates a vector so that each part shows in all dimensions, as in trained models: the fast Walsh–Hadamard transform. It
 * leaves all cosine similarities as they are.
 */
function spread(vector: Float64Array): void {
  for (let half = 1; half < vector.length; half *= 2) {
    for (let block = 0; block < vector.length; block += 2 * half) {
      for (let i = block; i < block + half; i++) {
        const a = vector[i] ?? 0;
        const b = vector[i + half] ?? 0;
        vector[i] = a + b;
        vector[i + half] = a - b;
      }
    }
  }
}
