import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import { mapTokens, type MapTokens } from './mapTokens';

/**
 * The tokens of the map, worked out once for a tokenizer: opening the map again, or the map of another matrix of the same vocabulary,
 * does not wait for them.
 */
export class KnownTokens {
  private known:
    | { readonly tokenizer: Tokenizer; readonly rowCount: number; readonly tokens: Promise<MapTokens> }
    | undefined;

  /** Works them out, a slice at a time, unless they are known or on their way. @param rowCount Rows of the matrix. */
  of(tokenizer: Tokenizer, rowCount: number): Promise<MapTokens> {
    const { known } = this;
    if (known?.tokenizer === tokenizer && known.rowCount === rowCount) {
      return known.tokens;
    }
    const tokens = mapTokens(tokenizer, rowCount);
    this.known = { tokenizer, rowCount, tokens };
    // Who waits for them is told; what failed is tried again by the next one.
    tokens.catch(() => {
      if (this.known?.tokens === tokens) {
        this.known = undefined;
      }
    });
    return tokens;
  }
}
