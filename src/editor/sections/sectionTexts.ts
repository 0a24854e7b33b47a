import { shownText } from '../../core/foreignText/shownText';
import { charactersPerToken, plural, shareOfContext, shareOfTokens } from '../documents/tokenCounts';
import type { SectionFigures } from './measuredSections';

/** What the figures of a section are compared with. */
export interface SectionScale {
  /** Tokens of the whole document. */
  readonly tokens: number;
  /** Tokens that the model reads at once. */
  readonly contextWindow: number;
  /** Name of the tokenizer. */
  readonly tokenizer: string;
}

/** UTF-16 units of a name beside its figures. */
const LONGEST_NAME = 80;

/** The name of a section as it is shown: one line, every character visible. */
export function sectionName(name: string): string {
  const trimmed = name.slice(0, 2 * LONGEST_NAME).trim();
  return trimmed === '' ? '(no name)' : shownText(trimmed, LONGEST_NAME);
}

/** Beside the name: `312 tokens · 24 %`. */
export function briefFigures({ tokens }: SectionFigures, scale: SectionScale): string {
  return `${plural(tokens, 'token')} · ${shareOfTokens(tokens, scale.tokens)}`;
}

/** All figures, each a line of a tooltip. */
export function figureLines({ tokens, characters }: SectionFigures, scale: SectionScale): readonly string[] {
  const each = charactersPerToken(characters, tokens);
  return [
    `${plural(tokens, 'token')}, ${shareOfTokens(tokens, scale.tokens)} of this text`,
    `Context window: ${shareOfContext(tokens, scale.contextWindow, scale.tokenizer)}`,
    `${plural(characters, 'character')}${each === undefined ? '' : `, ${each} per token`}`,
  ];
}

/** The same for screen readers. */
export function spokenSection(name: string, figures: SectionFigures, scale: SectionScale): string {
  return [name, ...figureLines(figures, scale)].join('. ');
}
