import { Tokenizer } from 'tokenizers';

const DOCUMENT = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [],
  normalizer: null,
  post_processor: null,
  decoder: null,
  model: {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    vocab: {},
    merges: [],
  },
};

type Piece = readonly [text: string, range: readonly [from: number, to: number]];

/** A pattern as Hugging Face's Rust library understands it: what a Split pre-tokenizer makes of texts. */
export class RustSplit {
  private readonly split: (text: string) => readonly Piece[];
  private readonly matches: (text: string) => readonly Piece[];

  /** @throws {Error} where the library does not take the pattern. */
  constructor(pattern: string) {
    const cutBy = (behavior: string, invert: boolean): ((text: string) => readonly Piece[]) => {
      const tokenizer = Tokenizer.fromString(
        JSON.stringify({
          ...DOCUMENT,
          pre_tokenizer: { type: 'Split', pattern: { Regex: pattern }, behavior, invert },
        }),
      );
      const preTokenizer = tokenizer.getPreTokenizer();
      if (preTokenizer === null) {
        throw new Error('The oracle has no pre-tokenizer');
      }
      return (text) => preTokenizer.preTokenizeString(text);
    };
    this.split = cutBy('Isolated', false);
    this.matches = cutBy('Removed', true);
  }

  /** The pieces between all borders of matches, also of empty ones. */
  pieces(text: string): readonly string[] {
    return this.split(text).map(([piece]) => piece);
  }

  /** The matches that are not empty. */
  found(text: string): readonly string[] {
    return this.matches(text).map(([piece]) => piece);
  }

  /** From and to of each match that is not empty, in code points. */
  foundRanges(text: string): readonly (readonly [from: number, to: number])[] {
    return this.matches(text).map(([, range]) => range);
  }
}

/** The same two of our own matches, as `Pattern.findAll` gives them. */
export function cutAt(
  text: string,
  found: readonly number[],
): { pieces: readonly string[]; found: readonly string[] } {
  const pieces: string[] = [];
  const matches: string[] = [];
  let done = 0;
  for (let i = 0; i < found.length; i += 2) {
    const [from = NaN, to = NaN] = [found[i], found[i + 1]];
    pieces.push(text.slice(done, from), text.slice(from, to));
    matches.push(text.slice(from, to));
    done = to;
  }
  pieces.push(text.slice(done));
  const isFilled = (piece: string): boolean => piece !== '';
  return { pieces: pieces.filter(isFilled), found: matches.filter(isFilled) };
}
