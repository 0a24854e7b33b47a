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
  return text.replace(UNSEEN, (character, start: number) => {
    const codePoint = character.codePointAt(0) ?? 0xfffd;
    return SPELLING.test(character) && isNeeded(text, codePoint, start, start + character.length)
      ? character
      : `‹U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}›`;
  });
}
