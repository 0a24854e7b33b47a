import type { CompareView, PairView } from '../../../src/protocol/compareView';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { SAMPLE_NOTICE } from '../../../src/protocol/sampleNotice';
import { METRIC_WORDS } from '../metrics';
import { formatSimilarity } from '../numbers';
import { pairItems, spokenItem } from './compareItem';

/** What the compare view reads of the state of the panel. */
export interface CompareHolder {
  readonly snapshot: PanelSnapshot | undefined;
  readonly compareView: CompareState;
}

/** A dimension that is looked at, and where. */
interface PointedDimension {
  readonly dimension: number;
  readonly on: 'line' | 'scatter' | 'table';
}

/** A range of dimensions, both ends included. */
export interface DimensionRange {
  readonly from: number;
  readonly to: number;
}

/** What only the page knows of the compare view: what is typed, pointed at, brushed and selected. No DOM in here. */
export class CompareState {
  /** What is typed into the fields A and B while it differs from what is compared. */
  drafts: [string | undefined, string | undefined] = [undefined, undefined];
  /** What is typed at the end of the list of texts. */
  newText = '';
  /** How many texts of the list that was added last found no room. */
  leftOut = 0;
  pointed: PointedDimension | undefined;
  /** The dimension that the arrow keys go on from. */
  dimension = 0;
  brush: { readonly anchor: number; readonly head: number } | undefined;
  isBrushing = false;
  showsTable = false;
  tableStart = 0;
  /** Numbers of the items of the selected cell. */
  cell: { readonly row: number; readonly column: number } = { row: 0, column: 1 };
  order: 'typed' | 'similarity' = 'typed';
  /** Widths that the page has for the drawings of a pair, in CSS pixels. */
  readonly plotWidths = { line: 0, scatter: 0 };
  /** Lists of texts that were sent and are not shown yet, the newest last. */
  private sent: (readonly string[])[] = [];
  private shownTexts = '';
  private shownCount = 0;
  private shownPair: PairView | undefined;
  private announced = '';

  /**
   * Gives up what belongs to texts or to a pair that are no longer compared.
   *
   * @returns what a screen reader should hear: the result, where it is a new one
   */
  follow(compare: CompareView | undefined): string | undefined {
    const texts = JSON.stringify([compare?.items.map(({ text }) => text), compare?.pairOf]);
    if (texts !== this.shownTexts) {
      this.shownTexts = texts;
      this.drafts = [undefined, undefined];
      this.receive(textsOf(compare));
    }
    const count = compare?.items.length ?? 0;
    const isFirstPair = this.shownCount < 2 && count >= 2;
    if (isFirstPair || this.cell.row >= count || this.cell.column >= count) {
      this.cell = { row: 0, column: Math.min(1, Math.max(0, count - 1)) };
    }
    this.shownCount = count;
    const { pair } = compare ?? {};
    // Every snapshot brings the pair anew; only other values are another pair.
    if (pair && !isSamePair(pair, this.shownPair)) {
      this.shownPair = pair;
      this.pointed = undefined;
      this.brush = undefined;
      this.isBrushing = false;
      this.tableStart = 0;
      this.dimension = pair.dimensions[0]?.dimension ?? 0;
    }
    const news = compare ? resultOf(compare) : '';
    const isNew = news !== '' && news !== this.announced;
    this.announced = news || this.announced;
    return isNew ? news : undefined;
  }

  /** The texts as they will be once the host has followed: what is added next is added to them. */
  latestTexts(compare: CompareView | undefined): readonly string[] {
    return this.sent.at(-1) ?? textsOf(compare);
  }

  /** Keeps in mind what is asked for, until it is shown. */
  sendTexts(texts: readonly string[]): void {
    this.sent.push(texts);
  }

  /** What comes from elsewhere, as from a command, ends what was asked for here. */
  private receive(texts: readonly string[]): void {
    const place = this.sent.findIndex((sent) => isAnswer(texts, sent));
    this.sent = place < 0 ? [] : this.sent.slice(place + 1);
  }

  get range(): DimensionRange | undefined {
    return (
      this.brush && {
        from: Math.min(this.brush.anchor, this.brush.head),
        to: Math.max(this.brush.anchor, this.brush.head),
      }
    );
  }

  /** Texts of the fields A and B. */
  fieldTexts(compare: CompareView | undefined): [string, string] {
    const [a, b] = compare?.pairOf ?? [0, 1];
    return [this.drafts[0] ?? compare?.items[a]?.text ?? '', this.drafts[1] ?? compare?.items[b]?.text ?? ''];
  }
}

/** Whether these texts are what was sent: the host puts words in place of ids. */
function isAnswer(texts: readonly string[], sent: readonly string[]): boolean {
  return (
    texts.length === sent.length &&
    sent.every((text, index) => text === texts[index] || text.trim().startsWith('#'))
  );
}

function textsOf(compare: CompareView | undefined): string[] {
  return compare?.items.map(({ text }) => text) ?? [];
}

function resultOf(compare: CompareView): string {
  const { mode, pair, matrix, items, model } = compare;
  const sample = model?.isSample ? ` ${SAMPLE_NOTICE}.` : '';
  if (mode === 'pair' && pair) {
    const [a, b] = pairItems(compare).map((item) => (item ? spokenItem(item) : ''));
    return `Cosine similarity of ${a} and ${b}: ${formatSimilarity(pair.cosine)}.${sample}`;
  }
  return mode === 'matrix' && matrix
    ? `${items.length} texts compared by ${METRIC_WORDS[matrix.metric].inText}.${sample}`
    : '';
}

function isSamePair(one: PairView, other: PairView | undefined): boolean {
  return (
    other !== undefined &&
    (one === other ||
      (one.cosine === other.cosine &&
        one.a.length === other.a.length &&
        one.a.every((value, index) => Object.is(value, other.a[index])) &&
        one.b.every((value, index) => Object.is(value, other.b[index]))))
  );
}

/** What the dimensions of a range add to the cosine together. */
export function shareOfRange({ a, b, norms }: PairView, { from, to }: DimensionRange): number {
  const product = norms[0] * norms[1];
  let sum = 0;
  for (let dimension = from; dimension <= to; dimension++) {
    sum += (a[dimension] ?? 0) * (b[dimension] ?? 0);
  }
  return product > 0 ? sum / product : 0;
}
