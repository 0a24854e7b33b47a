import { mergeByRankInSteps } from '../../core/tokenizer/tables/mergeByRank';
import type { RankedMerges } from '../../core/tokenizer/tables/rankedMerges';
import type { VocabularyTable } from '../../core/tokenizer/tables/vocabularyTable';
import { finish, type Steps } from '../../core/work/steps';
import { widthAt } from './alignedText';
import { byteTokenOf } from './bpeModel';

const UTF8 = new TextEncoder();

/** Characters between two steps. */
const CHARACTERS_AT_ONCE = 1 << 12;

/** Merges the characters of one piece of text into tokens: `BPE` of Hugging Face's library `tokenizers`, for what {@link readBpeModel} lets in. */
export class BytePairModel {
  /** Ids of the tokens of single bytes, by byte. Without byte fallback never asked for. */
  private readonly byteIds: Uint32Array;

  /** @param options `ignoresMerges`: a piece that is a token stays one, whatever the merges would make of it. */
  constructor(
    private readonly vocabulary: VocabularyTable,
    private readonly merges: RankedMerges,
    private readonly options: {
      readonly byteFallback: boolean;
      readonly ignoresMerges: boolean;
      /** Ids of added tokens that the model itself does not have. */
      readonly besideModel: ReadonlySet<number>;
    },
  ) {
    this.byteIds = Uint32Array.from({ length: options.byteFallback ? 0x100 : 0 }, (_, byte) => {
      // Bytes that no text holds may be missing.
      return vocabulary.idOf(byteTokenOf(byte)) ?? 0;
    });
  }

  /**
   * @param piece Without lone surrogates; in GPT-2's byte alphabet where the tokenizer is byte-level.
   * @throws {Error} for a character that the vocabulary cannot express, which the checks at loading exclude.
   */
  encode(piece: string): Uint32Array {
    return finish(this.encodeInSteps(piece));
  }

  /** The same, some thousand characters or merges at a time. */
  *encodeInSteps(piece: string): Steps<Uint32Array> {
    const whole = this.options.ignoresMerges ? this.idOf(piece, 0, piece.length) : undefined;
    if (whole !== undefined) {
      return Uint32Array.of(whole);
    }
    const tokens = yield* this.characters(piece);
    return tokens.subarray(0, yield* mergeByRankInSteps(tokens, tokens.length, this.merges));
  }

  /** Added tokens are found before; what is left of a text they are no tokens of, though it may be spelled as one is. */
  private idOf(piece: string, from: number, to: number): number | undefined {
    const id = this.vocabulary.idOf(piece, from, to);
    return id === undefined || this.options.besideModel.has(id) ? undefined : id;
  }

  /** The tokens of single characters, or of their bytes. */
  private *characters(piece: string): Steps<Uint32Array> {
    // A unit of UTF-16 has three bytes of UTF-8 at most.
    const tokens = new Uint32Array(this.options.byteFallback ? 3 * piece.length : piece.length);
    let count = 0;
    let looked = 0;
    for (let at = 0; at < piece.length;) {
      if (++looked % CHARACTERS_AT_ONCE === 0) {
        yield;
      }
      const to = at + widthAt(piece, at);
      const id = this.idOf(piece, at, to);
      if (id !== undefined) {
        tokens[count++] = id;
      } else if (this.options.byteFallback) {
        for (const byte of UTF8.encode(piece.slice(at, to))) {
          tokens[count++] = this.byteIds[byte] ?? 0;
        }
      } else {
        throw new Error(`The vocabulary cannot express ${JSON.stringify(piece.slice(at, to))}`);
      }
      at = to;
    }
    return tokens.subarray(0, count);
  }
}
