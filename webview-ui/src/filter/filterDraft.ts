import { NO_FILTER, type FilterView } from '../../../src/protocol/panelSnapshot';

/** The parts of a filter that are chosen, not typed. */
export type FilterChoices = Pick<FilterView, 'space' | 'wordLike' | 'hideByteFragments' | 'excludedIds'>;

/**
 * What was typed and chosen in the fields of the filter and is not yet in force. The host answers with a snapshot later than the
 * next choice may come: whatever is sent meanwhile must hold the choices before it, too.
 */
export class FilterDraft {
  text: string | undefined;
  minimumScore: string | undefined;
  choices: Partial<FilterChoices> = {};

  /** The fields show the filter again once it is what was typed and chosen. */
  update(filter: FilterView): void {
    this.choices = Object.fromEntries(
      Object.entries(this.choices).filter(
        ([name, choice]) => JSON.stringify(filter[name as keyof FilterChoices]) !== JSON.stringify(choice),
      ),
    );
    if (this.text === filter.text) {
      this.text = undefined;
    }
    if (this.minimumScore !== undefined && parseScore(this.minimumScore) === filter.minimumScore) {
      this.minimumScore = undefined;
    }
  }

  /** A filter with what is typed and chosen just now. */
  over({ minimumScore: kept, ...filter }: FilterView): FilterView {
    const typed = this.minimumScore === undefined ? kept : parseScore(this.minimumScore);
    const minimumScore = Number.isNaN(typed) ? kept : typed;
    return {
      ...filter,
      ...this.choices,
      text: this.text ?? filter.text,
      ...(minimumScore !== undefined && { minimumScore }),
    };
  }

  clear(): void {
    this.text = undefined;
    this.minimumScore = undefined;
    this.choices = {};
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
    (filter.excludedIds ?? []).length > 0,
  ].filter(Boolean).length;
}
