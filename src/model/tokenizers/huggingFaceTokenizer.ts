import type { Encoding, TokenRange } from '../../core/tokenizer/encoding';
import { RankedMerges } from '../../core/tokenizer/tables/rankedMerges';
import { VocabularyTable } from '../../core/tokenizer/tables/vocabularyTable';
import type { EncodeOptions, Tokenizer } from '../../core/tokenizer/tokenizer';
import { utf8Length } from '../../core/tokenizer/utf8';
import { finish, type Steps } from '../../core/work/steps';
import type { PreTokenize } from './preTokenization';
import { AddedTokenFinder, type AddedToken } from './addedTokens';
import { AlignedText, bytesSpelledBy, widthAt } from './alignedText';
import { BYTE_TOKEN_LENGTH, byteOfToken } from './bpeModel';
import { BytePairModel } from './bytePairModel';
import { readTokenizerSteps, type TokenizerSteps } from './tokenizerSteps';
import type { TokenizerTables } from './tokenizerTables';

/** Pieces whose tokens are remembered, and how long they may be: words, of which a text repeats most. */
const MAX_CACHED_PIECES = 16_384;
const MAX_CACHED_LENGTH = 64;

/** Pieces, and tokens of one piece, that are worked at between two steps. */
const PIECES_AT_ONCE = 256;
const TOKENS_AT_ONCE = 4_096;

/** Where tokens go as they are found. */
interface TokenSink {
  readonly add: (id: number) => void;
  /** Undefined where nobody asks for ranges. */
  readonly addRange: ((range: TokenRange) => void) | undefined;
}

/**
 * The tokenizer of a tokenizer.json. What comes before the merging (added tokens, normalizer, pre-tokenizer) keeps track of where each
 * character came from, and what the model makes of a piece is then walked along it.
 *
 * Ids are those of Hugging Face's library `tokenizers` without its post-processor. So are offsets, except that ranges cover
 * the text without gaps: where normalization joins characters, the library leaves all but the first out.
 */
export class HuggingFaceTokenizer implements Tokenizer {
  private readonly tokensByPiece = new Map<string, Uint32Array>();

  private constructor(
    readonly name: string,
    private readonly steps: TokenizerSteps,
    private readonly vocabulary: VocabularyTable,
    private readonly model: BytePairModel,
    private readonly added: {
      readonly ids: ReadonlySet<number>;
      /** Those that are looked for in the text as it was typed. */
      readonly typed: AddedTokenFinder;
      readonly normalized: AddedTokenFinder;
    },
  ) {}

  /** Makes one. Nothing is made for a single token: a vocabulary of any size is ready soon. @throws {TokenizerDocumentError} */
  static *of(
    name: string,
    { byteFallback, ignoresMerges, addedTokens, besideModel, ...tables }: TokenizerTables,
  ): Steps<HuggingFaceTokenizer> {
    const steps = readTokenizerSteps(JSON.parse(tables.steps));
    yield;
    const vocabulary = new VocabularyTable(tables.vocabulary);
    const model = new BytePairModel(vocabulary, new RankedMerges(tables.merges), {
      byteFallback,
      ignoresMerges,
      besideModel: new Set(besideModel),
    });
    const typed = addedTokens.filter(({ isNormalized }) => !isNormalized);
    const normalized: (readonly [text: string, token: AddedToken])[] = [];
    for (const token of addedTokens.filter(({ isNormalized }) => isNormalized)) {
      normalized.push([(yield* normalizedBy(steps, AlignedText.of(token.content))).text, token]);
    }
    return new HuggingFaceTokenizer(name, steps, vocabulary, model, {
      ids: new Set(addedTokens.map(({ id }) => id)),
      typed: yield* AddedTokenFinder.of(typed.map((token) => [token.content, token])),
      normalized: yield* AddedTokenFinder.of(normalized),
    });
  }

  get vocabularySize(): number {
    return this.vocabulary.size;
  }

  encode(text: string, options?: EncodeOptions): number[] {
    const ids: number[] = [];
    finish(this.run(text, options, { add: (id) => ids.push(id), addRange: undefined }));
    return ids;
  }

  encodeWithOffsets(text: string, options?: EncodeOptions): Encoding {
    return finish(this.encodeInSteps(text, options));
  }

  *encodeInSteps(text: string, options?: EncodeOptions): Steps<Encoding> {
    const ids: number[] = [];
    const offsets: TokenRange[] = [];
    yield* this.run(text, options, {
      add: (id) => ids.push(id),
      addRange: (range) => offsets.push(range),
    });
    return { ids, offsets };
  }

  *countTokensInSteps(text: string): Steps<number> {
    let count = 0;
    yield* this.run(text, undefined, { add: () => count++, addRange: undefined });
    return count;
  }

  decode(ids: readonly number[]): string {
    const text = this.steps.isByteLevel ? this.decodeBytes(ids) : this.decodeText(ids);
    return this.steps.dropsFirstSpace && text.startsWith(' ') ? text.slice(1) : text;
  }

  hasToken(id: number): boolean {
    const isId = Number.isInteger(id) && id >= 0 && id < this.vocabularySize;
    return isId && this.vocabulary.has(id);
  }

  tokenBytes(id: number): Uint8Array {
    const token = this.tokenOf(id);
    if (token === undefined) {
      return new Uint8Array(0);
    }
    const { isByteLevel, spaceStandIn } = this.steps;
    if (isByteLevel) {
      const bytes = this.added.ids.has(id) ? undefined : bytesSpelledBy(token);
      return bytes ?? new TextEncoder().encode(token);
    }
    const byte = byteOfToken(token);
    if (byte !== undefined) {
      return Uint8Array.of(byte);
    }
    return new TextEncoder().encode(spaceStandIn === undefined ? token : token.replaceAll(spaceStandIn, ' '));
  }

  private tokenOf(id: number): string | undefined {
    if (!Number.isInteger(id) || id < 0 || id >= this.vocabularySize) {
      throw new RangeError(
        `Token id ${String(id)} is not an integer from 0 to ${String(this.vocabularySize - 1)}`,
      );
    }
    return this.vocabulary.spellingOf(id);
  }

  private *run(text: string, options: EncodeOptions | undefined, sink: TokenSink): Steps<void> {
    const special = options?.special === true;
    // One unit for one unit, so offsets stay.
    const typed = AlignedText.of(text.replace(/\p{Surrogate}/gu, '\ufffd'));
    yield;
    const take = ({ id }: AddedToken, range: TokenRange): void => {
      sink.add(id);
      sink.addRange?.(range);
    };
    for (const between of yield* this.added.typed.split(typed.text, special)) {
      if (between.token) {
        take(between.token, typed.rangeOf(between.from, between.to));
        continue;
      }
      const normalized = yield* normalizedBy(this.steps, typed.slice(between.from, between.to));
      for (const part of yield* this.added.normalized.split(normalized.text, special)) {
        if (part.token) {
          take(part.token, normalized.rangeOf(part.from, part.to));
          continue;
        }
        let merged = 0;
        for (const piece of this.preTokenized(normalized.slice(part.from, part.to), 0)) {
          if (piece === undefined || ++merged % PIECES_AT_ONCE === 0) {
            yield;
          }
          if (piece !== undefined) {
            yield* this.merge(piece, sink);
          }
        }
      }
    }
  }

  /** The pieces that a step and those behind it make of a text, one at a time: all of a long text would be a burden for the memory. */
  private *preTokenized(text: AlignedText, step: number): ReturnType<PreTokenize> {
    const cut = this.steps.preTokenize.at(step);
    if (cut === undefined) {
      yield text;
      return;
    }
    for (const piece of cut(text)) {
      if (piece === undefined) {
        yield;
      } else {
        yield* this.preTokenized(piece, step + 1);
      }
    }
  }

  private *merge(piece: AlignedText, { add, addRange }: TokenSink): Steps<void> {
    const tokens =
      piece.length > MAX_CACHED_LENGTH
        ? yield* this.model.encodeInSteps(piece.text)
        : this.tokensOf(piece.text);
    let at = 0;
    let bytesDone = 0;
    let told = 0;
    for (const id of tokens) {
      if (++told % TOKENS_AT_ONCE === 0) {
        yield;
      }
      add(id);
      if (addRange === undefined) {
        continue;
      }
      if (this.steps.isByteLevel || !this.isByteToken(id) || (at === 0 && this.isWhole(piece, tokens))) {
        const length = this.vocabulary.lengthOf(id);
        addRange(piece.rangeOf(at, at + length));
        at += length;
        continue;
      }
      // One byte of the character at this place, which is left behind with its last byte.
      const width = widthAt(piece.text, at);
      addRange(piece.rangeOf(at, at + width));
      if (++bytesDone === utf8Length(piece.text.codePointAt(at) ?? 0)) {
        at += width;
        bytesDone = 0;
      }
    }
    if (addRange !== undefined && at !== piece.length) {
      throw new Error(`The model's tokens do not spell the text ${JSON.stringify(piece.text)}`);
    }
  }

  /** Whether a token is one byte of a character that the vocabulary does not have. */
  private isByteToken(id: number): boolean {
    return (
      this.vocabulary.lengthOf(id) === BYTE_TOKEN_LENGTH &&
      byteOfToken(this.vocabulary.spellingOf(id) ?? '') !== undefined
    );
  }

  /** Whether a piece stayed one token: the text `<0x41>` may be spelled as the token of a byte is. */
  private isWhole({ text }: AlignedText, tokens: Uint32Array): boolean {
    return tokens.length === 1 && this.vocabulary.spellingOf(tokens[0] ?? 0) === text;
  }

  /** Of a short piece. */
  private tokensOf(piece: string): Uint32Array {
    let tokens = this.tokensByPiece.get(piece);
    if (tokens === undefined) {
      // Their own memory: that in which they were merged is longer.
      tokens = this.model.encode(piece).slice();
      if (this.tokensByPiece.size === MAX_CACHED_PIECES) {
        this.tokensByPiece.clear();
      }
      this.tokensByPiece.set(piece, tokens);
    }
    return tokens;
  }

  private decodeBytes(ids: readonly number[]): string {
    const parts = ids.map((id) => this.tokenBytes(id));
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let written = 0;
    for (const part of parts) {
      bytes.set(part, written);
      written += part.length;
    }
    // Without ignoreBOM a U+FEFF at the start would be swallowed.
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }

  /** As the decoder `ByteFallback`: a run of byte tokens is text if it is valid UTF-8, else U+FFFD for each of them. */
  private decodeText(ids: readonly number[]): string {
    const { spaceStandIn } = this.steps;
    const pieces: string[] = [];
    let run: number[] = [];
    const endRun = (): void => {
      if (run.length > 0) {
        pieces.push(decodeRun(Uint8Array.from(run)));
        run = [];
      }
    };
    for (const id of ids) {
      const token = this.tokenOf(id) ?? '';
      const byte = byteOfToken(token);
      if (byte !== undefined) {
        run.push(byte);
        continue;
      }
      endRun();
      pieces.push(spaceStandIn === undefined ? token : token.replaceAll(spaceStandIn, ' '));
    }
    endRun();
    return pieces.join('');
  }
}

function* normalizedBy({ normalize }: TokenizerSteps, text: AlignedText): Steps<AlignedText> {
  let current = text;
  for (const step of normalize) {
    current = yield* step(current);
    yield;
  }
  return current;
}

function decodeRun(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '\ufffd'.repeat(bytes.length);
  }
}
