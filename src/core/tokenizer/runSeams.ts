import type { BytePairEncoder } from './bytePairEncoder';
import type { TextCuts } from './textCuts';
import type { TokenBytes } from './tokenBytes';
import { TokenIds } from './tokenIds';

/**
 * Tells where a pre-token can be parted between two of its tokens, so that encoding both parts gives the tokens of the
 * whole. Unlike the places of `Tokenizer.nextCut` such a seam depends on the text around it, and an edit there may undo it.
 *
 * With all texts that {@link isInsideRun}, left ++ right has the tokens of left, then those of right, if and only if the
 * last token of left and the first of right {@link stayApart}.
 */
export interface RunSeams {
  /**
   * Whether the place between two texts is inside one pre-token, and each text alone is cut into the same pre-tokens as beside
   * the other, but for this one, which is cut there. It is inside one as well in every text that goes on before left or behind
   * right.
   */
  isInsideRun(left: string, right: string): boolean;

  /** Whether two tokens that meet inside a pre-token stay the two that they are. */
  stayApart(leftId: number, rightId: number): boolean;
}

/**
 * Seams between the tokens of a byte-pair encoding whose merges go by rank, then from left to right.
 *
 * Why two tokens decide: let a be the last token of what is left and b the first of what is right, each encoded alone. Merging
 * both together goes on in each part as it does alone until the first merge across the place between them. That would join x, a
 * piece of a that ends there, with y, a piece of b that starts there; and whether it comes depends on what a and b have become
 * by then. Nothing was ever merged into a or b from outside of them, or they would not have become tokens of their own; so inside
 * them the merges are those of merging a ++ b alone, in the same order, and x and y meet there, too. Hence there is such a merge in
 * the whole if and only if there is one in a ++ b. (The same is shown, for another use, in the documentation of the crate `bpe`,
 * github/rust-gems.)
 */
export class BytePairSeams implements RunSeams {
  private readonly found = new TokenIds();

  constructor(
    private readonly cuts: TextCuts,
    private readonly encoder: BytePairEncoder,
    private readonly tokens: () => TokenBytes,
  ) {}

  isInsideRun(left: string, right: string): boolean {
    return this.cuts.isInsideRun(left, right);
  }

  stayApart(leftId: number, rightId: number): boolean {
    const { encoder, found } = this;
    const tokens = this.tokens();
    const bytes = new Uint8Array(tokens.lengthOf(leftId) + tokens.lengthOf(rightId));
    tokens.write(rightId, bytes, tokens.write(leftId, bytes, 0));
    found.clear();
    encoder.encodeBytes(bytes, found);
    return found.count === 2 && found.ids[0] === leftId && found.ids[1] === rightId;
  }
}
