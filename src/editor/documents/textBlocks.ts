import { CODE_POINT_UNITS } from '../../core/tokenizer/document/cutText';
import type { DocumentToken } from '../../core/tokenizer/documentTokens';
import type { Encoding } from '../../core/tokenizer/encoding';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { Steps } from '../../core/work/steps';
import { startsPreToken } from '../tokens/tokensInPlace';

/** A text that is read in parts. Positions and lengths are in UTF-16 units. */
export interface TextSource {
  length(): number;
  text(): string;
  slice(start: number, end: number): string;
}

/** UTF-16 length of a block: more than a screen shows, and a millisecond or two to tokenize. */
const BLOCK = 16_384;
/** How far behind its place a block may start, for the tokens to be those of the whole text. A text without such a place is cut where it comes. */
const LOOK_AHEAD = 1_024;
/** Blocks whose tokens stay: what a few editors show, and more than the longest range has. */
const MOST_KEPT = 32;
/** Longest range that is answered: a screen of long lines, and no wait that could be noticed. */
const LONGEST_RANGE = 16 * BLOCK;
/** A UTF-16 unit is at most three bytes, and a token at least one. */
const MOST_TOKENS = 3 * BLOCK + 3 * LOOK_AHEAD;

interface Block {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly DocumentToken[];
}

/** A block that is tokenized in steps. */
interface BlockUnderWay {
  readonly start: number;
  readonly end: number;
  readonly steps: Steps<Encoding>;
}

/**
 * Tokens of a text that is too large to be tokenized as a whole. It is cut into blocks at fixed distances, moved on to where the
 * tokens are those of the whole text.
 *
 * A tokenizer that works in steps, since it cannot cut texts, is given its turn by {@link advance}.
 *
 * Indexes go on from block to block where one was asked for beside another, and are the same until an edit before them.
 */
export class TextBlocks {
  private readonly kept = new Map<number, Block>();
  /** Index of a block's first token, and how many it has. */
  private readonly indexes = new Map<number, { readonly first: number; readonly count: number }>();

  /** Blocks that were asked for and are tokenized in steps. */
  private readonly underWay = new Map<number, BlockUnderWay>();

  /** @param onWanted There is something to {@link advance}. */
  constructor(
    private readonly source: TextSource,
    private readonly tokenizer: Tokenizer,
    private readonly onWanted: () => void = () => undefined,
  ) {}

  get isComplete(): boolean {
    return this.underWay.size === 0;
  }

  /** @param mayGoOn Asked after each step; false interrupts. */
  advance(mayGoOn: () => boolean): void {
    for (const [number, { start, end, steps }] of this.underWay) {
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done === true) {
          this.underWay.delete(number);
          this.keep(number, this.blockOf(number, start, end, step.value));
          break;
        }
        if (!mayGoOn()) {
          return;
        }
      }
    }
  }

  /** The text was changed from `start` on. */
  edit(start: number): void {
    for (const known of [this.kept, this.indexes, this.underWay]) {
      for (const number of known.keys()) {
        // What was looked at to find the block's end counts as well.
        if ((number + 1) * BLOCK + LOOK_AHEAD + CODE_POINT_UNITS > start) {
          known.delete(number);
        }
      }
    }
  }

  /** @returns undefined where the range is too long to be answered at once, or is not tokenized yet. */
  tokensIn(start: number, end: number): readonly DocumentToken[] | undefined {
    if (end - start > LONGEST_RANGE) {
      return undefined;
    }
    const found: DocumentToken[] = [];
    const first = Math.max(0, Math.floor((start - LOOK_AHEAD) / BLOCK));
    const length = this.source.length();
    let isKnown = true;
    for (let number = first; number * BLOCK <= end && number * BLOCK < length; number++) {
      const block = this.block(number);
      isKnown &&= block !== undefined;
      for (const token of block?.tokens ?? []) {
        if (token.end > start && (token.start < end || token.start <= start)) {
          found.push(token);
        }
      }
    }
    return isKnown ? found : undefined;
  }

  private block(number: number): Block | undefined {
    const block = this.kept.get(number) ?? this.tokenize(number);
    if (block) {
      this.keep(number, block);
    }
    return block;
  }

  private keep(number: number, block: Block): void {
    // The one used last stands at the end.
    this.kept.delete(number);
    this.kept.set(number, block);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) {
        break;
      }
      this.kept.delete(oldest);
    }
  }

  /** @returns undefined where that is done in steps. */
  private tokenize(number: number): Block | undefined {
    if (this.underWay.has(number)) {
      return undefined;
    }
    const start = this.startOf(number);
    const end = this.startOf(number + 1);
    const text = this.source.slice(start, end);
    if (this.tokenizer.encodeInSteps) {
      this.underWay.set(number, { start, end, steps: this.tokenizer.encodeInSteps(text) });
      this.onWanted();
      return undefined;
    }
    return this.blockOf(number, start, end, this.tokenizer.encodeWithOffsets(text));
  }

  private blockOf(number: number, start: number, end: number, { ids, offsets }: Encoding): Block {
    const first = this.firstIndex(number, ids.length);
    this.indexes.set(number, { first, count: ids.length });
    const tokens = ids.map((id, index) => {
      const [from, to] = offsets[index] ?? [0, 0];
      return { id, start: start + from, end: start + to, index: first + index };
    });
    return { start, end, tokens };
  }

  private startOf(number: number): number {
    const place = number * BLOCK;
    const length = this.source.length();
    if (number === 0 || place >= length) {
      return Math.min(place, length);
    }
    // With whole code points on both sides of every place that is looked at.
    const from = Math.max(0, place - CODE_POINT_UNITS);
    const text = this.source.slice(from, Math.min(length, place + LOOK_AHEAD + CODE_POINT_UNITS));
    const limit = Math.min(text.length, place + LOOK_AHEAD - from);
    const cut = this.cutIn(text, place - from, limit);
    if (cut >= 0) {
      return from + cut;
    }
    return /^(\r\n|[\ud800-\udbff][\udc00-\udfff])/.test(text.slice(place - 1 - from)) ? place + 1 : place;
  }

  private cutIn(text: string, from: number, limit: number): number {
    if (this.tokenizer.nextCut) {
      return this.tokenizer.nextCut(text, from, limit);
    }
    for (let position = from; position < limit; position++) {
      if (startsPreToken(text, position)) {
        return position;
      }
    }
    return -1;
  }

  /** Blocks that were never asked for beside one another are as far apart as their tokens could need. */
  private firstIndex(number: number, count: number): number {
    const known = this.indexes.get(number);
    const before = this.indexes.get(number - 1);
    const after = this.indexes.get(number + 1);
    if (known) {
      return known.first;
    }
    if (before) {
      return before.first + before.count;
    }
    return after ? after.first - count : number * MOST_TOKENS;
  }
}
