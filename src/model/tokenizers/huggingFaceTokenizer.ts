import type { BPE } from '@huggingface/tokenizers';
import type { Encoding, TokenRange } from '../../core/tokenizer/encoding';
import type { EncodeOptions, Tokenizer } from '../../core/tokenizer/tokenizer';
import { utf8Length } from '../../core/tokenizer/utf8';
import { AddedTokenFinder } from './addedTokens';
import { AlignedText, bytesSpelledBy, widthAt } from './alignedText';
import { byteOfToken } from './bpeModel';
import type { TokenizerDocument } from './tokenizerTables';

/** Merges the tokens of one piece of text: the BPE model of `@huggingface/tokenizers`. */
export type BytePairModel = Pick<BPE, 'encode' | 'tokens_to_ids' | 'max_length_to_cache'>;

/** Pieces whose tokens are remembered, and how long they may be: words, of which a text repeats most. */
const MAX_CACHED_PIECES = 16_384;
const MAX_CACHED_LENGTH = 64;

/**
 * The tokenizer of a tokenizer.json. The merging is done by `@huggingface/tokenizers`, which knows nothing of offsets; so
 * everything before it (added tokens, normalizer, pre-tokenizer) is done here, in steps that keep track of where each
 * character came from, and what the model makes of a piece is then walked along it.
 *
 * Ids are those of Hugging Face's library `tokenizers` without its post-processor. So are offsets, except that ranges cover
 * the text without gaps: where normalization joins characters, the library leaves all but the first out.
 */
export class HuggingFaceTokenizer implements Tokenizer {
  readonly vocabularySize: number;

  private readonly addedTokenIds: ReadonlySet<number>;
  private readonly typedTokens: AddedTokenFinder;
  private readonly normalizedTokens: AddedTokenFinder;
  private readonly tokensByPiece = new Map<string, readonly string[]>();

  constructor(
    readonly name: string,
    private readonly document: TokenizerDocument,
    private readonly model: BytePairModel,
  ) {
    const { addedTokens, tokens } = document;
    // The model's own cache takes longer to look for its oldest entry than merging takes.
    model.max_length_to_cache = 0;
    this.vocabularySize = tokens.length;
    this.addedTokenIds = new Set(addedTokens.map(({ id }) => id));
    this.typedTokens = new AddedTokenFinder(
      addedTokens.filter(({ isNormalized }) => !isNormalized).map((token) => [token.content, token]),
    );
    this.normalizedTokens = new AddedTokenFinder(
      addedTokens
        .filter(({ isNormalized }) => isNormalized)
        .map((token) => [this.normalized(AlignedText.of(token.content)).text, token]),
    );
  }

  encode(text: string, options?: EncodeOptions): number[] {
    const ids: number[] = [];
    this.run(text, options, ids, undefined);
    return ids;
  }

  encodeWithOffsets(text: string, options?: EncodeOptions): Encoding {
    const ids: number[] = [];
    const offsets: TokenRange[] = [];
    this.run(text, options, ids, offsets);
    return { ids, offsets };
  }

  decode(ids: readonly number[]): string {
    const text = this.document.isByteLevel ? this.decodeBytes(ids) : this.decodeText(ids);
    return this.document.dropsFirstSpace && text.startsWith(' ') ? text.slice(1) : text;
  }

  tokenBytes(id: number): Uint8Array {
    const token = this.tokenOf(id);
    if (token === undefined) {
      return new Uint8Array(0);
    }
    const { isByteLevel, spaceStandIn } = this.document;
    if (isByteLevel) {
      const bytes = this.addedTokenIds.has(id) ? undefined : bytesSpelledBy(token);
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
    return this.document.tokens[id];
  }

  private run(
    text: string,
    options: EncodeOptions | undefined,
    ids: number[],
    offsets: TokenRange[] | undefined,
  ): void {
    const special = options?.special === true;
    // One unit for one unit, so offsets stay.
    const typed = AlignedText.of(text.replace(/\p{Surrogate}/gu, '\ufffd'));
    eachPart(this.typedTokens, typed, special, ids, offsets, (between) => {
      eachPart(this.normalizedTokens, this.normalized(between), special, ids, offsets, (part) => {
        for (const piece of this.preTokenized(part)) {
          this.merge(piece, ids, offsets);
        }
      });
    });
  }

  private normalized(text: AlignedText): AlignedText {
    return this.document.normalize.reduce((current, step) => step(current), text);
  }

  private preTokenized(text: AlignedText): readonly AlignedText[] {
    return this.document.preTokenize.reduce<readonly AlignedText[]>(
      (pieces, step) => pieces.flatMap((piece) => step(piece)),
      [text],
    );
  }

  private merge(piece: AlignedText, ids: number[], offsets: TokenRange[] | undefined): void {
    const tokens = this.tokensOf(piece.text);
    for (const token of tokens) {
      const id = this.model.tokens_to_ids.get(token);
      if (id === undefined) {
        throw new Error(`The model made a token that its vocabulary lacks: ${JSON.stringify(token)}`);
      }
      ids.push(id);
    }
    if (offsets === undefined) {
      return;
    }
    let at = 0;
    let bytesDone = 0;
    for (const token of tokens) {
      if (this.document.isByteLevel || byteOfToken(token) === undefined) {
        offsets.push(piece.rangeOf(at, at + token.length));
        at += token.length;
        continue;
      }
      // One byte of the character at this place, which is left behind with its last byte.
      const width = widthAt(piece.text, at);
      offsets.push(piece.rangeOf(at, at + width));
      if (++bytesDone === utf8Length(piece.text.codePointAt(at) ?? 0)) {
        at += width;
        bytesDone = 0;
      }
    }
    if (at !== piece.length) {
      throw new Error(`The model's tokens do not spell the text ${JSON.stringify(piece.text)}`);
    }
  }

  private tokensOf(piece: string): readonly string[] {
    if (piece.length > MAX_CACHED_LENGTH) {
      return this.model.encode([piece]);
    }
    let tokens = this.tokensByPiece.get(piece);
    if (tokens === undefined) {
      tokens = this.model.encode([piece]);
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
    const { spaceStandIn } = this.document;
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

/** Added tokens are written down; what is between them is handed on. */
function eachPart(
  finder: AddedTokenFinder,
  text: AlignedText,
  special: boolean,
  ids: number[],
  offsets: TokenRange[] | undefined,
  between: (part: AlignedText) => void,
): void {
  for (const { from, to, token } of finder.split(text.text, special)) {
    if (token === undefined) {
      between(text.slice(from, to));
    } else {
      ids.push(token.id);
      offsets?.push(text.rangeOf(from, to));
    }
  }
}

function decodeRun(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '\ufffd'.repeat(bytes.length);
  }
}
