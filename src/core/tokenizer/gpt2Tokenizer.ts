import { BytePairEncoder } from './bytePairEncoder';
import type { Encoding, TokenRange } from './encoding';
import { GPT2_MERGES_BASE64 } from './generated/gpt2Merges';
import { CharacterClasses } from './characterClasses';
import { MergeTable } from './mergeTable';
import { PreTokenizer } from './preTokenizer';
import { BytePairSeams, type RunSeams } from './runSeams';
import { TextCuts } from './textCuts';
import { TokenBytes } from './tokenBytes';
import { TokenIds } from './tokenIds';
import { TokenRanges } from './tokenRanges';
import type { EncodeOptions, Tokenizer } from './tokenizer';

/** Id of the special token `<|endoftext|>`, GPT-2's last. */
export const END_OF_TEXT_ID = 50256;
const END_OF_TEXT = '<|endoftext|>';

/**
 * GPT-2's tokenizer: byte-level BPE exactly as GPT2Tokenizer in transformers. Ids and offsets are those of Hugging
 * Face's tokenizers library. Pure computation, and synchronous; the tables are made on the first call that needs them.
 */
export class Gpt2Tokenizer implements Tokenizer {
  private static instance: Gpt2Tokenizer | undefined;

  readonly name = 'GPT-2';
  /** 256 bytes, 50,000 merges and `<|endoftext|>`. */
  readonly vocabularySize: number;
  readonly seams: RunSeams;

  private readonly merges: MergeTable;
  private readonly classes = new CharacterClasses();
  private readonly preTokenizer = new PreTokenizer(this.classes);
  private readonly cuts = new TextCuts(this.classes);
  private readonly encoder: BytePairEncoder;
  /** Tokens of the text that is being encoded. */
  private readonly found = new TokenIds();
  private lazyTokenBytes: TokenBytes | undefined;
  private readonly endOfTextBytes = Uint8Array.from(END_OF_TEXT, (character) => character.charCodeAt(0));

  constructor() {
    this.merges = MergeTable.fromBase64(GPT2_MERGES_BASE64);
    this.encoder = new BytePairEncoder(this.merges);
    this.seams = new BytePairSeams(this.cuts, this.encoder, () => this.tokens);
    this.vocabularySize = this.merges.tokenCount + 1;
  }

  /** The one tokenizer that all callers share: made on first use, the same object ever after. */
  static shared(): Gpt2Tokenizer {
    return (Gpt2Tokenizer.instance ??= new Gpt2Tokenizer());
  }

  /** The text's token ids. A lone surrogate is encoded as U+FFFD. */
  encode(text: string, options?: EncodeOptions): number[] {
    return this.encodeSegments(text, options, undefined);
  }

  /** The text's token ids, and which part of the text each token stands for. */
  encodeWithOffsets(text: string, options?: EncodeOptions): Encoding {
    const offsets: TokenRange[] = [];
    const ids = this.encodeSegments(text, options, new TokenRanges(this.tokens, offsets));
    return { ids, offsets };
  }

  countTokens(text: string): number {
    const { preTokenizer, encoder, found } = this;
    let tokens = 0;
    for (let from = 0; from < text.length;) {
      const to = preTokenizer.end(text, from, text.length);
      found.clear();
      encoder.encode(text, from, to, preTokenizer.key, found);
      tokens += found.count;
      from = to;
    }
    found.clear();
    return tokens;
  }

  nextCut(text: string, from: number, limit: number): number {
    return this.cuts.nextCut(text, from, limit);
  }

  /**
   * The text of a sequence of tokens. Characters may be spread over several tokens; bytes that form no character
   * become U+FFFD, one for each maximal invalid part, as in GPT2Tokenizer and in the Encoding standard.
   *
   * @throws {RangeError} when an id is not an integer from 0 to 50,256.
   */
  decode(ids: readonly number[]): string {
    let length = 0;
    for (const id of ids) {
      length += this.byteLengthOf(id);
    }
    const bytes = new Uint8Array(length);
    let written = 0;
    for (const id of ids) {
      written = this.writeBytes(id, bytes, written);
    }
    // Without ignoreBOM a U+FEFF at the start would be swallowed.
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }

  hasToken(id: number): boolean {
    return Number.isInteger(id) && id >= 0 && id < this.vocabularySize;
  }

  /**
   * The bytes that a token stands for, at least one, in an array of the caller's own.
   *
   * @throws {RangeError} when the id is not an integer from 0 to 50,256.
   */
  tokenBytes(id: number): Uint8Array {
    const bytes = new Uint8Array(this.byteLengthOf(id));
    this.writeBytes(id, bytes, 0);
    return bytes;
  }

  /** The token whose bytes are exactly these, if there is one. `<|endoftext|>` gives the special token. */
  idOfBytes(bytes: Uint8Array): number | undefined {
    if (equalBytes(bytes, this.endOfTextBytes)) {
      return END_OF_TEXT_ID;
    }
    if (bytes.length === 0 || bytes.length > this.tokens.longest) {
      return undefined;
    }
    // A token is what the merges make of its bytes, so merging them finds it without a second index.
    const { found } = this;
    found.clear();
    this.encoder.encodeBytes(bytes, found);
    return found.count === 1 ? found.ids[0] : undefined;
  }

  private get tokens(): TokenBytes {
    return (this.lazyTokenBytes ??= new TokenBytes(this.merges));
  }

  private byteLengthOf(id: number): number {
    if (!Number.isInteger(id) || id < 0 || id >= this.vocabularySize) {
      throw new RangeError(`Token id ${id} is not an integer from 0 to ${this.vocabularySize - 1}`);
    }
    return id === END_OF_TEXT_ID ? this.endOfTextBytes.length : this.tokens.lengthOf(id);
  }

  /** Returns the index after the last byte written. */
  private writeBytes(id: number, target: Uint8Array, at: number): number {
    if (id === END_OF_TEXT_ID) {
      target.set(this.endOfTextBytes, at);
      return at + this.endOfTextBytes.length;
    }
    return this.tokens.write(id, target, at);
  }

  /** Special tokens cut the text first; the parts between them are pre-tokenized each for itself. */
  private encodeSegments(
    text: string,
    options: EncodeOptions | undefined,
    ranges: TokenRanges | undefined,
  ): number[] {
    const { found } = this;
    found.clear();
    let from = 0;
    if (options?.special === true) {
      for (let at = text.indexOf(END_OF_TEXT); at >= 0; at = text.indexOf(END_OF_TEXT, from)) {
        this.encodeSegment(text, from, at, ranges);
        from = at + END_OF_TEXT.length;
        found.add(END_OF_TEXT_ID);
        ranges?.addWhole(at, from);
      }
    }
    this.encodeSegment(text, from, text.length, ranges);
    const ids = found.toArray();
    found.clear();
    return ids;
  }

  private encodeSegment(text: string, start: number, limit: number, ranges: TokenRanges | undefined): void {
    const { preTokenizer, encoder, found } = this;
    for (let from = start; from < limit;) {
      const to = preTokenizer.end(text, from, limit);
      const first = found.count;
      encoder.encode(text, from, to, preTokenizer.key, found);
      ranges?.add(text, from, to, found.ids, first, found.count - first);
      from = to;
    }
  }
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
