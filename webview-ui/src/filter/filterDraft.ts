import { NO_FILTER, type FilterView } from '../../../src/protocol/panelSnapshot';

/** What stands in the fields of the filter while it is typed. */
export class FilterDraft {
  text: string | undefined;
  minimumScore: string | undefined;

  /** The fields show the filter again once it is what was typed. */
  update(filter: FilterView): void {
    if (this.text === filter.text) {
      this.text = undefined;
    }
    if (this.minimumScore !== undefined && parseScore(this.minimumScore) === filter.minimumScore) {
      this.minimumScore = undefined;
    }
  }

  clear(): void {
    this.text = undefined;
    this.minimumScore = undefined;
  }
}

/** @returns undefined for an empty field, NaN for what is no number */
export function parseScore(text: string): number | undefined {
  const trimmed = text.trim().replace('\u2212', '-');
  return trimmed === '' ? undefined : /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(trimmed) ? Number(trimmed) : NaN;
}

/** How many parts of a filter are in force. */
export function countFilters(filter: FilterView): number {
  return [
    filter.space !== NO_FILTER.space,
    filter.wordLike,
    filter.hideByteFragments,
    filter.text !== '',
    filter.minimumScore !== undefined,
  ].filter(Boolean).length;
}
