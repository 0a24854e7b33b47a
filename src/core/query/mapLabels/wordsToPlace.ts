import type { Steps } from '../../work/steps';
import { labelOrder } from './labelPriority';
import { columnsOf, foldedText, labelText } from './labelText';

/** What a map shows of its tokens. */
export interface TokensOnMap {
  /** x and y of each token, in units of the map; NaN for one without a place. */
  readonly positions: Float32Array;
  /** Visible text of each; rows behind the last have none. */
  readonly texts: readonly string[];
  /** Kind of each, see `tokenKinds`. */
  readonly kinds: Uint8Array;
  /** Pixels of a column in a font of fixed pitch, or what measures a label. */
  readonly wordWidth: number | ((label: string) => number);
}

/** What is known of the tokens' labels before any is placed. */
export interface WordsToPlace {
  /** The tokens that have a place and a text, in the order in which they are named. */
  readonly order: Uint32Array;
  /** Pixels of each token's label, by id: whole ones, so that sums of them are exact. */
  readonly widths: Float32Array;
  /** Number of each token's text, by id: the same for spellings that fold to one. */
  readonly foldOf: Uint32Array;
  /** Those numbers by text, 0 … size − 1. */
  readonly folds: ReadonlyMap<string, number>;
}

/** Tokens between two interruptions. */
const SOME_TOKENS = 64;

export function* wordsToPlace({ positions, texts, kinds, wordWidth }: TokensOnMap): Steps<WordsToPlace> {
  const count = Math.min(texts.length, positions.length / 2);
  const widths = new Float32Array(count);
  const foldOf = new Uint32Array(count);
  const folds = new Map<string, number>();
  const widthOf = typeof wordWidth === 'number' ? (label: string) => wordWidth * columnsOf(label) : wordWidth;
  for (let id = 0; id < count; id++) {
    const label = labelText(texts[id]);
    if (label !== '' && Number.isFinite(positions[2 * id]) && Number.isFinite(positions[2 * id + 1])) {
      widths[id] = Math.ceil(widthOf(label));
      const text = foldedText(texts[id]);
      const fold = folds.get(text) ?? folds.size;
      folds.set(text, fold);
      foldOf[id] = fold;
    }
    if (id % SOME_TOKENS === 0) {
      yield;
    }
  }
  const all = yield* labelOrder(texts, kinds);
  return { order: all.filter((id) => id < count && widths[id] > 0), widths, foldOf, folds };
}
