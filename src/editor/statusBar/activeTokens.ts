import * as vscode from 'vscode';
import { wordsOf } from '../../core/tokenizer/document/chunkWords';
import type { WordStatistics } from '../../core/tokenizer/documentTokens';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { codePointCount } from '../../core/tokenizer/utf8';
import { lengthOf } from '../documents/documentLength';
import { LARGEST_PART } from '../documents/followedText';
import type { OpenDocuments } from '../documents/openDocuments';
import type { TokenizedDocument } from '../documents/tokenizedDocument';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import { documentTitle } from '../documents/documentTitle';
import type {
  SelectionDetails,
  SelectionFigures,
  TextLength,
  TokenDetails,
  TokenFigures,
} from './tokenFigures';

/** UTF-16 units of a selection that are counted at once, inside the event, where all of them are looked at: some milliseconds at most. */
const COUNTED_AT_ONCE = 10_000;
/** The tokens of more selections than this are not counted: each takes some microseconds, at every key. */
const MOST_SELECTIONS = 500;
/** Longest selection in UTF-16 units whose characters are counted: a look at all of it at every pause. */
const LONGEST_SPELLED = 1_000_000;
/** Longest text in UTF-16 units whose words are looked at, which is as much work as tokenizing it. */
const LONGEST_READ = 2_000_000;
/** Longest selection in UTF-16 units whose tokens in place are counted: each becomes an object, some milliseconds in all. */
const LONGEST_IN_PLACE = 10_000;
/** Longest selection in UTF-16 units whose words are looked at: it is tokenized once more. */
const LONGEST_SELECTED_WORDS = 10_000;
/** The same with a tokenizer that is given longer texts in steps. */
const LONGEST_AT_ONCE = 1_000;

/** The tokens of the active text editor, a notebook's cell among them. While this lives, the document of that editor is followed. */
export class ActiveTokens implements vscode.Disposable {
  private editor: vscode.TextEditor | undefined;
  private tokens: TokenizedDocument | undefined;
  private changes: vscode.Disposable | undefined;
  private lastCount: number | undefined;
  /** What a selection has that was not counted inside an event, and what it was counted of and with. */
  private late:
    | {
        readonly selections: readonly vscode.Selection[];
        readonly version: number;
        readonly tokenizer: Tokenizer;
        readonly tokens: number | undefined;
      }
    | undefined;
  private next: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners: readonly vscode.Disposable[];

  /** @param onChange After anything that {@link figures} tell has changed. */
  constructor(
    private readonly documents: OpenDocuments,
    private readonly tokenizers: CurrentTokenizer,
    private readonly onChange: () => void,
  ) {
    this.listeners = [
      vscode.window.onDidChangeActiveTextEditor(() => this.followLater()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === this.editor) {
          documents.work.run(onChange);
        }
      }),
    ];
    this.followLater();
  }

  /** Undefined where no text editor is active, and where there is no tokenizer to count with. */
  get figures(): TokenFigures | undefined {
    const { tokens, editor } = this;
    if (!tokens || !editor || this.tokenizers.current.missing !== undefined) {
      return undefined;
    }
    this.lastCount = tokens.count ?? this.lastCount;
    return {
      state: tokens.state,
      progress: tokens.progress,
      count: this.lastCount,
      selection: this.selection(tokens, editor),
    };
  }

  /** The same with what takes a moment longer; {@link figures} may know more afterwards. */
  details(contextWindow: number): TokenDetails | undefined {
    const { figures, tokens, editor } = this;
    if (!figures || !tokens || !editor) {
      return undefined;
    }
    const { document } = editor;
    const length = lengthOf(document);
    return {
      ...figures,
      title: documentTitle(document),
      length: textLength(tokens.codePoints, length),
      selection: this.selectionDetails(tokens, editor),
      words: length > LONGEST_READ ? undefined : tokens.wordStatistics(),
      contextWindow,
      tokenizer: this.tokenizers.current.name,
    };
  }

  dispose(): void {
    clearTimeout(this.next);
    for (const listener of this.listeners) {
      listener.dispose();
    }
    this.letGo();
  }

  /** Who walks through many editors stops at one, and the start of a window is no time for tokenizing. */
  private followLater(): void {
    clearTimeout(this.next);
    this.next = setTimeout(() => this.documents.work.run(() => this.follow()), 0);
  }

  private follow(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor !== this.editor) {
      const before = this.tokens;
      const changes = this.changes;
      this.editor = editor;
      this.tokens = editor && this.documents.acquire(editor.document);
      this.changes = this.tokens?.onDidChange(this.onChange);
      this.lastCount = undefined;
      // After the new one is there: both may show the same document.
      changes?.dispose();
      before?.dispose();
      this.onChange();
    }
  }

  private letGo(): void {
    this.changes?.dispose();
    this.tokens?.dispose();
    this.editor = undefined;
    this.tokens = undefined;
  }

  private selection(tokens: TokenizedDocument, editor: vscode.TextEditor): SelectionFigures | undefined {
    const { document, selections } = editor;
    const selected = withoutCursors(selections);
    if (selected.length === 0) {
      return undefined;
    }
    if (selected.length > MOST_SELECTIONS) {
      return { tokens: undefined };
    }
    const tokenizer = this.tokenizers.current;
    const ranges = offsetsOf(document, selected);
    // Elsewhere only the ends of a selection are tokenized.
    const isAllLookedAt = tokens.state === 'large' || tokenizer.nextCut === undefined;
    if (!isAllLookedAt || unitsIn(ranges) <= COUNTED_AT_ONCE) {
      return { tokens: countAlone(tokens, ranges) };
    }
    const { late } = this;
    const isKnown =
      late?.selections === selections && late.version === document.version && late.tokenizer === tokenizer;
    return { tokens: isKnown ? late.tokens : undefined };
  }

  private selectionDetails(
    tokens: TokenizedDocument,
    editor: vscode.TextEditor,
  ): SelectionDetails | undefined {
    const { document, selections } = editor;
    const selected = withoutCursors(selections);
    if (selected.length === 0) {
      return undefined;
    }
    const ranges = offsetsOf(document, selected);
    const length = unitsIn(ranges);
    const isTooMuch =
      selected.length > MOST_SELECTIONS || (tokens.state === 'large' && length > LARGEST_PART);
    const alone = isTooMuch ? undefined : countAlone(tokens, ranges);
    const { version } = document;
    this.late = { selections, version, tokenizer: this.tokenizers.current, tokens: alone };
    return {
      tokens: alone,
      length: textLength(length > LONGEST_SPELLED ? undefined : codePointsIn(document, selected), length),
      inPlace: isTooMuch || length > LONGEST_IN_PLACE ? undefined : inPlace(tokens, ranges),
      words: isTooMuch ? undefined : this.wordsIn(document, selected, length),
    };
  }

  private wordsIn(
    document: vscode.TextDocument,
    selected: readonly vscode.Range[],
    length: number,
  ): WordStatistics | undefined {
    const tokenizer = this.tokenizers.current;
    if (length > (tokenizer.encodeInSteps ? LONGEST_AT_ONCE : LONGEST_SELECTED_WORDS)) {
      return undefined;
    }
    const sum = { words: 0, singleTokenWords: 0 };
    for (const range of selected) {
      const text = document.getText(range);
      const { words, singleTokenWords } = wordsOf(text, tokenizer.encodeWithOffsets(text));
      sum.words += words;
      sum.singleTokenWords += singleTokenWords;
    }
    return sum;
  }
}

type Offsets = readonly [start: number, end: number];

function withoutCursors(selections: readonly vscode.Selection[]): readonly vscode.Selection[] {
  return selections.filter(({ isEmpty }) => !isEmpty);
}

function offsetsOf(
  document: vscode.TextDocument,
  selections: readonly vscode.Selection[],
): readonly Offsets[] {
  return selections.map(({ start, end }) => [document.offsetAt(start), document.offsetAt(end)]);
}

const unitsIn = (ranges: readonly Offsets[]): number =>
  ranges.reduce((sum, [start, end]) => sum + end - start, 0);

function countAlone(tokens: TokenizedDocument, ranges: readonly Offsets[]): number | undefined {
  let sum = 0;
  for (const [start, end] of ranges) {
    const count = tokens.countAlone(start, end);
    if (count === undefined) {
      return undefined;
    }
    sum += count;
  }
  return sum;
}

/** Tokens that hold a part of any of the ranges, each counted once. */
function inPlace(tokens: TokenizedDocument, ranges: readonly Offsets[]): number | undefined {
  const indexes = new Set<number>();
  for (const [start, end] of ranges) {
    const found = tokens.tokensIn(start, end);
    if (!found) {
      return undefined;
    }
    for (const { index } of found) {
      indexes.add(index);
    }
  }
  return indexes.size;
}

const codePointsIn = (document: vscode.TextDocument, ranges: readonly vscode.Range[]): number =>
  codePointCount(ranges.map((range) => document.getText(range)).join(''));

/** @param codePoints undefined where they are not counted. */
function textLength(codePoints: number | undefined, units: number): TextLength {
  return codePoints === undefined
    ? { value: units, unit: 'UTF-16 units' }
    : { value: codePoints, unit: 'characters' };
}
