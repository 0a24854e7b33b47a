import type { TextBefore } from '../../core/tokenizer/document/placesInText';
import type { Steps } from '../../core/work/steps';
import type { Outline, Section } from './section';

/** What a part of a text takes. */
export interface SectionFigures {
  /** Tokens that begin in it. */
  readonly tokens: number;
  /** Code points. */
  readonly characters: number;
}

export interface MeasuredSection extends SectionFigures {
  /** Not ours, and of any length. */
  readonly name: string;
  readonly kind: number | undefined;
  /** Which of those with this name in the same section it is, from 0. */
  readonly ordinal: number;
  /** UTF-16 range [start, end) of the document. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly MeasuredSection[];
}

export interface MeasuredOutline {
  readonly sections: readonly MeasuredSection[];
  readonly isCut: boolean;
  /** Of the whole text. */
  readonly whole: SectionFigures;
  /** Of what is in none of the sections. */
  readonly outside: SectionFigures;
}

/** Whether there is no symbol among the sections. */
export function isOfBlocks({ sections }: MeasuredOutline): boolean {
  return sections.every(({ kind }) => kind === undefined);
}

/** The tokens of a text are not known, or not any more. */
class UnknownTokens extends Error {}

/**
 * Measures the sections of a text.
 *
 * @param length UTF-16 units of the text.
 * @param before What lies before a UTF-16 offset; undefined where that is not known.
 * @returns undefined where something is not known.
 */
export function* measureOutline(
  { sections, isCut }: Outline,
  length: number,
  before: (offset: number) => TextBefore | undefined,
): Steps<MeasuredOutline | undefined> {
  const at = (offset: number): TextBefore => {
    const found = before(offset);
    if (!found) {
      throw new UnknownTokens();
    }
    return found;
  };
  try {
    const measured = yield* measure(sections, at);
    const whole = between(at(0), at(length));
    const inside = sumOf(measured);
    const outside = {
      tokens: whole.tokens - inside.tokens,
      characters: whole.characters - inside.characters,
    };
    return { sections: measured, isCut, whole, outside };
  } catch (error) {
    if (error instanceof UnknownTokens) {
      return undefined;
    }
    throw error;
  }
}

function* measure(
  sections: readonly Section[],
  at: (offset: number) => TextBefore,
): Steps<readonly MeasuredSection[]> {
  const measured: MeasuredSection[] = [];
  const named = new Map<string, number>();
  for (const { name, kind, start, end, children } of sections) {
    const ordinal = named.get(name) ?? 0;
    named.set(name, ordinal + 1);
    // From left to right, so that the tokens of a place are at hand for the next.
    const first = at(start);
    yield;
    const inside = children.length > 0 ? yield* measure(children, at) : [];
    measured.push({ name, kind, ordinal, start, end, children: inside, ...between(first, at(end)) });
  }
  return measured;
}

function between(start: TextBefore, end: TextBefore): SectionFigures {
  return { tokens: end.tokens - start.tokens, characters: end.codePoints - start.codePoints };
}

function sumOf(sections: readonly SectionFigures[]): SectionFigures {
  let [tokens, characters] = [0, 0];
  for (const section of sections) {
    tokens += section.tokens;
    characters += section.characters;
  }
  return { tokens, characters };
}
