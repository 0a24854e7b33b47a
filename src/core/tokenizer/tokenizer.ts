import type { LabelKind } from '../labels/labelKind';
import type { LabelTable } from '../labels/labelTable';
import type { Steps } from '../work/steps';
import type { Encoding } from './encoding';
import type { RunSeams } from './runSeams';

export interface EncodeOptions {
  /** Whether special tokens written out in the text, such as `<|endoftext|>`, become tokens. By default they are text. */
  readonly special?: boolean | undefined;
}

/**
 * A model's tokenizer as every surface sees it. Pure computation, and synchronous; whatever must be read or loaded has
 * been when the tokenizer is made. No begin-of-sequence token is ever added: the ids are the text's own tokens.
 */
export interface Tokenizer {
  /** For people: `GPT-2`, or the name of the model that the tokenizer belongs to. */
  readonly name: string;

  /**
   * The highest token id and one. Ids are 0 ≤ id < vocabularySize; an id among them that no token has is a hole, which
   * no text encodes to and whose {@link tokenBytes} are empty. Whether an id has a token is never told by it: ask {@link hasToken}.
   */
  readonly vocabularySize: number;

  /** The text's token ids. A lone surrogate is encoded as U+FFFD. */
  encode(text: string, options?: EncodeOptions): number[];

  /** The text's token ids, and which part of the text each token stands for. */
  encodeWithOffsets(text: string, options?: EncodeOptions): Encoding;

  /**
   * What {@link encodeWithOffsets} gives, a fraction of a millisecond at a time: of a tokenizer that cannot cut texts, and so would hold up
   * everything else with a long one. Other texts may be encoded meanwhile.
   */
  encodeInSteps?(text: string, options?: EncodeOptions): Steps<Encoding>;

  /** How many tokens {@link encode} gives, as {@link encodeInSteps} works, which it always comes with. */
  countTokensInSteps?(text: string): Steps<number>;

  /**
   * The text of a sequence of tokens, special ones included. Characters may be spread over several tokens; bytes that
   * form no character become U+FFFD.
   *
   * @throws {RangeError} when an id is not an integer from 0 to vocabularySize − 1.
   */
  decode(ids: readonly number[]): string;

  /** Whether a token has this id. False for a hole, and for any number that is no id of the vocabulary. */
  hasToken(id: number): boolean;

  /**
   * The bytes that the token stands for inside running text, in an array of the caller's own. Empty for a hole.
   *
   * @throws {RangeError} when the id is not an integer from 0 to vocabularySize − 1.
   */
  tokenBytes(id: number): Uint8Array;

  /**
   * Why there is no tokenizer, a sentence for people: of a model whose own is not at hand. Then no text has tokens, the vocabulary is empty,
   * and rows are shown by their numbers.
   */
  readonly missing?: string;

  /**
   * What the labels are whose list stands in for a tokenizer: words, or tokens, which texts are made of with their spaces. A tokenizer that
   * splits texts has none of this; where it is there, {@link notFound} is.
   */
  readonly labelKind?: LabelKind;

  /** The labels, of whichever kind, as they lie: of millions nothing is made for those that nobody looks at. */
  readonly labels?: LabelTable;

  /**
   * The words of a text that have no token, of a tokenizer whose tokens are the labels of a list: there a word is found or it is not, and the
   * tokens of a text leave out what is not found. Whoever asks for a row says so instead. A tokenizer without this splits every text.
   */
  notFound?(text: string): readonly string[];

  /**
   * Of a list that lies elsewhere, in a database: looks up what was asked here and was not known. Texts that are not known count as not
   * found, ids as without a token, until then.
   *
   * @returns Whether anything was asked: then it is to be asked again.
   */
  findAsked?(signal?: AbortSignal): Promise<boolean>;

  /** How many tokens {@link encode} gives, where that can be told faster than by encoding. */
  countTokens?(text: string): number;

  /**
   * Where a text can be cut in two without changing its tokens. A tokenizer has this only where two code points decide it:
   * if p is such a place between code points a and b, then in every text that holds a and b side by side, whatever else it
   * holds, encode(text) = encode(text up to and with a) ++ encode(text from b on).
   *
   * @param from UTF-16 offset, 0 ≤ from.
   * @param limit UTF-16 offset, limit ≤ text.length.
   * @returns The first such place p, from ≤ p ≤ limit and 0 < p < text.length; -1 where there is none.
   */
  nextCut?(text: string, from: number, limit: number): number;

  /** Where pre-tokens that no cut can part can be parted; only together with {@link nextCut}. */
  readonly seams?: RunSeams;
}
