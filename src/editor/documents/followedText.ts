import type { TextBefore } from '../../core/tokenizer/document/placesInText';
import {
  DocumentTokens,
  type DocumentToken,
  type TextEdit,
  type WordStatistics,
} from '../../core/tokenizer/documentTokens';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { Timers } from '../../engine/session/idleTimer';
import { CountedParts } from './countedParts';
import { TextBlocks, type TextSource } from './textBlocks';
import type { WorkSlices } from '../work/workSlices';

/**
 * Longest text in UTF-16 units that is tokenized as a whole by a tokenizer that can cut texts: one or two seconds of work, in
 * slices. Longer ones are logs and data.
 */
export const LARGEST_TEXT = 8_000_000;

/**
 * The same with a tokenizer that cannot: it does all anew, in slices, after each pause in typing. Code and prose take about 1 µs a unit
 * with a tokenizer like Llama 3's, so 50 ms; Chinese takes twice as long, and with the SentencePiece-like ones, which do not even split
 * the text into words, three times. Until it is done nothing is shown.
 */
export const LARGEST_UNCUT_TEXT = 50_000;

/** Pause in typing in milliseconds after which a text that cannot be cut is tokenized anew. */
const UNCUT_PAUSE = 300;

/**
 * Longest piece in UTF-16 units that is tokenized inside an edit's own event. Pieces have some 2,000; one that cannot be parted, whose
 * tokens never end with a character, waits for a pause in typing instead of holding up each key.
 */
const LONGEST_IN_EDIT = 10_000;

/** Milliseconds for tokenizing inside an edit's own event: what a keystroke touches takes less. The rest comes in slices. */
const EDIT_BUDGET = 2;

/** Longest part in UTF-16 units of a large text that is counted on its own. */
export const LARGEST_PART = LARGEST_UNCUT_TEXT;

/** The tokens of a text that is edited elsewhere: tokenizes what must be, when it may. */
export class FollowedText {
  /** Undefined until the first slice, and for large texts. */
  private tokens: DocumentTokens | undefined;
  /** Of large texts. */
  private blocks: TextBlocks | undefined;
  private statistics: WordStatistics | undefined;
  private wantsStatistics = false;
  private pause: unknown;
  private readonly parts = new CountedParts(() => this.slices.add(this.work));
  /** How often all was tokenized from the beginning. */
  startCount = 0;

  private readonly work = (mayGoOn: () => boolean): boolean => {
    if (this.blocks) {
      this.blocks.advance(mayGoOn);
    } else {
      this.tokens ??= new DocumentTokens(this.tokenizer, this.source.text());
      if (this.tokens.advance(mayGoOn) && this.wantsStatistics) {
        this.statistics ??= this.tokens.wordStatistics(mayGoOn);
      }
    }
    this.parts.advance(mayGoOn);
    this.onChange();
    return this.isDone;
  };

  /** @param onChange After each edit, step or new start. */
  constructor(
    private readonly source: TextSource,
    private readonly tokenizers: { readonly current: Tokenizer },
    private readonly slices: WorkSlices,
    private readonly timers: Timers,
    private readonly onChange: () => void,
  ) {
    this.start();
  }

  get state(): 'tokenizing' | 'complete' | 'large' {
    if (this.blocks) {
      return 'large';
    }
    return this.tokens?.isComplete === true ? 'complete' : 'tokenizing';
  }

  get progress(): number {
    return this.blocks ? 1 : (this.tokens?.progress ?? 0);
  }

  get count(): number | undefined {
    return this.tokens?.count;
  }

  get codePoints(): number | undefined {
    return this.tokens?.codePoints;
  }

  tokensIn(start: number, end: number): readonly DocumentToken[] | undefined {
    return this.blocks
      ? this.blocks.tokensIn(start, end)
      : this.tokens?.tokensIn(...within(start, end, this.tokens.length));
  }

  before(offset: number): TextBefore | undefined {
    return this.tokens?.before(Math.min(offset, this.tokens.length));
  }

  countAlone(start: number, end: number): number | undefined {
    if (!this.blocks && this.canCut) {
      return this.tokens?.countAlone(...within(start, end, this.tokens.length));
    }
    return end - start > LARGEST_PART
      ? undefined
      : this.parts.countOf(this.tokenizer, this.source.slice(start, end));
  }

  wordStatistics(): WordStatistics | undefined {
    if (!this.blocks && this.statistics === undefined && !this.wantsStatistics) {
      this.wantsStatistics = true;
      // While it is tokenized, or waits for a pause in typing, the work comes anyway.
      if (this.state === 'complete') {
        this.slices.add(this.work);
      }
    }
    return this.statistics;
  }

  /** Edits were made, one after the other; the source has them already. */
  edit(edits: readonly TextEdit[]): void {
    const wasComplete = this.state === 'complete';
    this.parts.clear();
    this.statistics = undefined;
    this.wantsStatistics = false;
    const length = this.source.length();
    if (this.isLarge(length) !== (this.blocks !== undefined)) {
      this.start();
    } else if (this.blocks) {
      this.blocks.edit(Math.min(...edits.map(({ offset }) => offset)));
    } else if (this.tokens) {
      if (!isApplied(edits, this.tokens) || this.tokens.length !== length) {
        // The edits were not all that has happened.
        this.start();
      } else {
        this.goOn(this.tokens, wasComplete);
      }
    }
    this.onChange();
  }

  /** There is another tokenizer. */
  retokenize(): void {
    this.start();
    this.onChange();
  }

  /** No work any more. */
  stop(): void {
    this.slices.remove(this.work);
    this.timers.clearTimeout(this.pause);
  }

  /** Asked for late: the first one is made then. */
  private get tokenizer(): Tokenizer {
    return this.tokenizers.current;
  }

  /** Whether a change of a text leaves most of its tokens as they are. */
  private get canCut(): boolean {
    return this.tokenizer.nextCut !== undefined;
  }

  private isLarge(length: number): boolean {
    return length > LARGEST_UNCUT_TEXT && length > (this.canCut ? LARGEST_TEXT : LARGEST_UNCUT_TEXT);
  }

  private get isDone(): boolean {
    return (
      this.state !== 'tokenizing' &&
      (!this.wantsStatistics || this.statistics !== undefined) &&
      (this.blocks?.isComplete ?? true) &&
      this.parts.isComplete
    );
  }

  private start(): void {
    this.stop();
    this.startCount++;
    this.parts.clear();
    this.tokens = undefined;
    this.blocks = undefined;
    this.statistics = undefined;
    this.wantsStatistics = false;
    if (this.isLarge(this.source.length())) {
      this.blocks = new TextBlocks(this.source, this.tokenizer, () => this.slices.add(this.work));
    } else {
      this.slices.add(this.work);
    }
  }

  private goOn(tokens: DocumentTokens, wasComplete: boolean): void {
    if (!this.canCut || tokens.prepareNext() > LONGEST_IN_EDIT) {
      this.stop();
      this.pause = this.timers.setTimeout(() => this.slices.add(this.work), UNCUT_PAUSE);
      return;
    }
    const end = this.timers.now() + EDIT_BUDGET;
    const isComplete = wasComplete && tokens.advance(() => this.timers.now() < end);
    if (!isComplete) {
      this.slices.add(this.work);
    }
  }
}

/** A range of a text of this length: positions of an editor may be older than the text. */
function within(start: number, end: number, length: number): [number, number] {
  const last = Math.min(end, length);
  return [Math.min(start, last), last];
}

function isApplied(edits: readonly TextEdit[], tokens: DocumentTokens): boolean {
  try {
    tokens.apply(edits);
    return true;
  } catch (error) {
    if (error instanceof RangeError) {
      return false;
    }
    throw error;
  }
}
