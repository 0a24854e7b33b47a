import { byteLevelPreTokenizer, Tokenizer } from 'tokenizers';
import { rebuildPublishedFiles, withoutSpecialTokens } from './publishedFiles';

/** What Hugging Face's Rust library says of a text, with its code point offsets turned into UTF-16 offsets. */
export interface OracleEncoding {
  readonly ids: readonly number[];
  readonly offsets: readonly (readonly [number, number])[];
}

/** Hugging Face's own tokenizers library (Rust, through npm `tokenizers`), on GPT-2's tokenizer.json. */
export class RustOracle {
  private readonly plain: Tokenizer;
  private readonly special: Tokenizer;
  private readonly preTokenizer = byteLevelPreTokenizer(false, true);

  constructor() {
    const { tokenizerJson } = rebuildPublishedFiles();
    this.special = Tokenizer.fromString(tokenizerJson);
    this.plain = Tokenizer.fromString(withoutSpecialTokens(tokenizerJson));
  }

  async encode(text: string, special = false): Promise<OracleEncoding> {
    const encoding = await (special ? this.special : this.plain).encode(text);
    const starts = utf16Offsets(text);
    const toUtf16 = (codePoints: number | undefined): number => {
      const offset = starts[codePoints ?? -1];
      if (offset === undefined) {
        throw new RangeError(`The oracle names code point ${codePoints}; the text has ${starts.length - 1}`);
      }
      return offset;
    };
    return {
      ids: encoding.getIds(),
      offsets: encoding.getOffsets().map(([start, end]) => [toUtf16(start), toUtf16(end)] as const),
    };
  }

  async decode(ids: readonly number[]): Promise<string> {
    return this.special.decode([...ids], false);
  }

  /** Into how many pre-tokens the library cuts a text. */
  preTokenCount(text: string): number {
    return this.preTokenizer.preTokenizeString(text).length;
  }
}

/**
 * The UTF-16 offset of each code point's start, and of the end. The string iterator yields a lone surrogate as one code
 * point, and Rust sees one U+FFFD in its place, so the counts agree.
 */
function utf16Offsets(text: string): number[] {
  const starts = [0];
  let at = 0;
  for (const character of text) {
    at += character.length;
    starts.push(at);
  }
  return starts;
}
