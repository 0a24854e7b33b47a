import { isNeeded } from '../surprises/neededCharacters';

/** Controls with line breaks, format and bidirectional controls, separators of lines, half surrogates, and what is not drawn by default. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Joiners, and selectors of variations: in an emoji, and in scripts that join their letters, they are how the word is spelled. Marks of
 * direction are never left: a name that needs one still reads well without it.
 */
const SPELLING = /[\u180b-\u180f\u200c\u200d\ufe00-\ufe0f]/;

/**
 * A text that is not ours, such as the name of a file, as it may stand among ours: every character that cannot be seen, or that changes how
 * others are drawn, is shown as what it is: `‹U+202E›`. Nothing in it breaks the line or turns the direction of what follows.
 */
export function visibleText(text: string): string {
  return replaceUnseen(text, (character) => {
    const codePoint = character.codePointAt(0) ?? 0xfffd;
    return `‹U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}›`;
  });
}

/**
 * A value as JSON in one line that can be printed: the characters that {@link visibleText} would replace are escaped, so that they do nothing
 * to a terminal, and whoever parses the line gets the same value.
 */
export function visibleJson(value: unknown): string {
  return replaceUnseen(JSON.stringify(value), (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

function replaceUnseen(text: string, replacement: (character: string) => string): string {
  return text.replace(UNSEEN, (character, start: number) =>
    SPELLING.test(character) &&
    isNeeded(text, character.codePointAt(0) ?? 0xfffd, start, start + character.length)
      ? character
      : replacement(character),
  );
}
