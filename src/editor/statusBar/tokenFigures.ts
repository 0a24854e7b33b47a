import type { WordStatistics } from '../../core/tokenizer/documentTokens';
import { plural, thousands } from '../documents/tokenCounts';

/** Figures of the tokens of a document, and of what is selected in it. */
export interface TokenFigures {
  readonly state: 'tokenizing' | 'complete' | 'large';
  /** Share that is tokenized, 0 … 1. */
  readonly progress: number;
  /** Tokens of the document; while it is tokenized anew those that it had before; undefined where none are known. */
  readonly count: number | undefined;
  /** Undefined where nothing is selected. */
  readonly selection: SelectionFigures | undefined;
}

export interface SelectionFigures {
  /** What the selected texts have as texts of their own, together; undefined where that is not known yet. */
  readonly tokens: number | undefined;
}

/** What the tooltip tells beyond that. */
export interface TokenDetails extends TokenFigures {
  /** Such as `nearest.py`. */
  readonly title: string;
  readonly length: TextLength;
  readonly selection: SelectionDetails | undefined;
  readonly words: WordStatistics | undefined;
  /** Tokens that the model reads at once. */
  readonly contextWindow: number;
  /** Name of the tokenizer. */
  readonly tokenizer: string;
}

export interface SelectionDetails extends SelectionFigures {
  readonly length: TextLength;
  /** Tokens of the document that hold a part of the selection; undefined where that is not known. */
  readonly inPlace: number | undefined;
  /** Of the selected texts by themselves; undefined where they are not looked at. */
  readonly words: WordStatistics | undefined;
}

/** Code points, which take a look at the text, or UTF-16 units of a text that is too long for that. */
export interface TextLength {
  readonly value: number;
  readonly unit: 'characters' | 'UTF-16 units';
}

/** In the status bar: `128 tokens`, `12 of 128 tokens`, `… tokens 42 %`. */
export function tokensText({ state, progress, count, selection }: TokenFigures): string {
  const selected = selection && (selection.tokens === undefined ? '…' : thousands(selection.tokens));
  if (state === 'large') {
    return selection?.tokens === undefined ? 'large file' : `${plural(selection.tokens, 'token')} selected`;
  }
  if (state === 'complete' && count !== undefined) {
    const all = plural(count, 'token');
    return selected === undefined ? all : `${selected} of ${all}`;
  }
  const known = selected === undefined ? '…' : `${selected} of …`;
  if (progress > 0 || count === undefined) {
    return progress > 0 ? `${known} tokens ${Math.floor(100 * progress)} %` : `${known} tokens`;
  }
  // Typing goes on: the number of a moment ago is nearer to the truth than none.
  return selected === undefined ? `~${plural(count, 'token')}` : `${selected} of ~${plural(count, 'token')}`;
}

/** Never 100 where something is missing. */
export function wordsText({ words, singleTokenWords }: WordStatistics): string {
  const percent = Math.floor((100 * singleTokenWords) / words);
  return `${percent} % of ${plural(words, 'word')}`;
}

export function lengthText({ value, unit }: TextLength): string {
  return value === 1 ? `1 ${unit.slice(0, -1)}` : `${thousands(value)} ${unit}`;
}
