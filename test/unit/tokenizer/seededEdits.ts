import type { TextEdit } from '../../../src/core/tokenizer/documentTokens';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { seededTexts } from './seededTexts';

/** What is typed: all that can move a boundary between tokens, or a cut, when it comes, goes, or is torn apart. */
const SNIPPETS: readonly string[] = [
  'a s t re ve m ll d e l r v Z é 7 42 . , ! " <div> -- () 漢 ﷺ 𝟎 𐐀 🍌 \ud83c \udf4c \ud835 \udfce \u0301 \u0301\u0301 a\u0301 नि \u200d'.split(
    ' ',
  ),
  "' '' 's 't 're 've 'll 'S ’s ''s's 'r 'l 've's".split(' '),
  [
    ' ',
    ' ',
    '  ',
    '     ',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    '\t',
    '\u0085',
    '\ufeff',
    '\u00a0',
    '\u2003',
    ' \u0085 ',
    '\n    ',
  ],
  [
    'word',
    ' word',
    ' supercalifragilistic',
    '{"a":1,"b":[true,null]},',
    ' don’t',
    "x='y';",
    'ａｂｃ',
    'привет',
    '日本語',
    'e\u0301te\u0301',
  ],
].flat();

/** Characters of long runs: few, whose tokens depend on how many there are, and many. */
const RUNS: readonly string[] = [
  'a',
  'ab',
  'ACGT',
  'theinscrutableword',
  '01',
  '0123456789',
  '=',
  '-=*_#',
  "!'",
  ' ',
  ' \t',
  '\n\r',
  ' \u00a0\u2003',
  '日本語の長い文',
  'のの日',
  '怶',
  '怶日',
  'ÃÂ¢',
  'привет',
  '🍌🍎',
  '👩\u200d🏽\ufe0f',
  '\u0301',
  '\ud83c',
  '𝟎1',
];

const LONGEST_UNDONE = 20;

/** A text, and edits of it as an editor sends them: some at once, inverse ones, and of the whole text. */
export class EditedText {
  private readonly undo: TextEdit[][] = [];
  private readonly pasted: Generator<string>;

  constructor(
    public text: string,
    private readonly random: () => number,
    private readonly longest: number,
    seed: number,
  ) {
    this.pasted = seededTexts(1_000_000, seed);
  }

  /** Makes one change, which may be of several edits, each of the text that the one before it left. */
  change(): TextEdit[] {
    const dice = this.random();
    const undone = dice < 0.15 ? this.undo.pop() : undefined;
    if (undone !== undefined) {
      return undone.map((edit) => this.perform(edit).edit);
    }
    const edits: TextEdit[] = [];
    const inverse: TextEdit[] = [];
    for (const edit of this.plan()) {
      const performed = this.perform(edit);
      edits.push(performed.edit);
      inverse.unshift(performed.inverse);
    }
    this.undo.push(inverse);
    if (this.undo.length > LONGEST_UNDONE) {
      this.undo.shift();
    }
    return edits;
  }

  private *plan(): Generator<TextEdit> {
    const dice = this.random();
    if (this.text.length > this.longest) {
      const length = Math.floor(this.text.length / 2);
      yield { offset: this.below(this.text.length - length + 1), length, text: '' };
    } else if (dice < 0.01) {
      yield { offset: 0, length: this.text.length, text: this.otherLineEnds() };
    } else if (dice < 0.015) {
      yield { offset: 0, length: this.text.length, text: '' };
    } else if (dice < 0.1) {
      yield* this.atManyPlaces();
    } else if (dice < 0.2) {
      yield* this.acrossPair();
    } else if (dice < 0.3) {
      yield { offset: this.place(), length: 0, text: this.paste() };
    } else {
      yield this.small();
    }
  }

  private small(): TextEdit {
    const offset = this.place();
    const left = this.text.length - offset;
    const length = this.random() < 0.4 ? 0 : Math.min(left, this.below(this.random() < 0.7 ? 4 : 60));
    return { offset, length, text: this.random() < 0.3 ? '' : this.snippet() };
  }

  /** The same at several carets, from the end on. */
  private *atManyPlaces(): Generator<TextEdit> {
    const text = this.snippet();
    const places = Array.from({ length: 2 + this.below(6) }, () => this.place()).sort((a, b) => b - a);
    for (const offset of places) {
      yield { offset, length: Math.min(this.below(2), this.text.length - offset), text };
    }
  }

  /** Tears a surrogate pair apart, and sometimes heals it at once. */
  private *acrossPair(): Generator<TextEdit> {
    const from = this.place();
    const found = /[\ud800-\udbff][\udc00-\udfff]/.exec(this.text.slice(from));
    if (found === null) {
      yield { offset: from, length: 0, text: '🍌' };
      return;
    }
    const offset = from + found.index;
    const half = this.below(2);
    const unit = this.text.slice(offset + half, offset + half + 1);
    const between = this.random() < 0.5;
    yield between
      ? { offset: offset + 1, length: 0, text: this.snippet() }
      : { offset: offset + half, length: 1, text: '' };
    if (!between && this.random() < 0.5) {
      yield { offset: offset + half, length: 0, text: unit };
    }
  }

  private otherLineEnds(): string {
    return this.text.includes('\r\n')
      ? this.text.replaceAll('\r\n', '\n')
      : this.text.replaceAll('\n', '\r\n');
  }

  private snippet(): string {
    const snippet = SNIPPETS[this.below(SNIPPETS.length)] ?? '';
    return this.random() < 0.03 ? snippet.repeat(1 + this.below(80)) : snippet;
  }

  /** Without a place to be cut. */
  private run(): string {
    const characters = Array.from(RUNS[this.below(RUNS.length)] ?? '');
    const length = 10 + this.below(this.random() < 0.3 ? 400 : 60);
    return Array.from({ length }, () => characters[this.below(characters.length)]).join('');
  }

  private paste(): string {
    if (this.random() < 0.3) {
      return this.run();
    }
    const seeded = String(this.pasted.next().value);
    const dice = this.random();
    if (dice < 0.3) {
      return seeded.replace(/\s/gu, '');
    }
    // Words that the tokenizer knows are much longer tokens than what is seeded.
    return dice < 0.6 ? `${seeded}\n` : Array.from({ length: 20 }, () => this.snippet()).join('');
  }

  /** Often near the place of the edit before: that is how people type. */
  private place(): number {
    const { length } = this.text;
    if (this.random() < 0.4) {
      this.lastPlace = Math.max(0, Math.min(length, this.lastPlace - 3 + this.below(7)));
    } else {
      this.lastPlace = this.random() < 0.1 ? (this.random() < 0.5 ? 0 : length) : this.below(length + 1);
    }
    return this.lastPlace;
  }
  private lastPlace = 0;

  private perform(edit: TextEdit): { edit: TextEdit; inverse: TextEdit } {
    const { offset, length, text } = edit;
    const removed = this.text.slice(offset, offset + length);
    this.text = this.text.slice(0, offset) + text + this.text.slice(offset + length);
    return { edit, inverse: { offset, length: text.length, text: removed } };
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
}

/** What a text becomes by one change after the other: full of boundaries between all kinds of characters, and of runs. */
export function* editedTexts(count: number, seed: number, longest: number): Generator<string> {
  const edited = new EditedText('', seededRandom(seed), longest, seed);
  for (let i = 0; i < count; i++) {
    edited.change();
    yield edited.text;
  }
}
