/** A longer text is cut. */
const MOST_CHARACTERS = 18;

const SPACE = /[\s␣]/;
const NOT_ASCII = /[^\0-\x7f]/;
/** What fonts of fixed pitch draw two columns wide: Chinese, Japanese, Korean and full-width characters, and pictures. */
const WIDE =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\u3000-\u303f\uff01-\uff60]/u;

/**
 * What the map writes beside a token: its text without the space around it, at most 18 characters long.
 *
 * @param text Of the token; a space may be one or stand as `␣`.
 * @returns '' for a token of white space.
 */
export function labelText(text: string): string {
  return shortText(withoutSpace(text));
}

/** The text itself, or where it is longer its first 17 characters and an ellipsis. */
export function shortText(text: string): string {
  if (text.length <= MOST_CHARACTERS) {
    return text;
  }
  const characters = Array.from(text);
  return characters.length <= MOST_CHARACTERS
    ? text
    : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}

/** The same for texts that differ by the space around them and by case alone. */
export function foldedText(text: string): string {
  return withoutSpace(text).toLowerCase();
}

/** Columns that a text takes in a font of fixed pitch. */
export function columnsOf(text: string): number {
  if (!NOT_ASCII.test(text)) {
    return text.length;
  }
  let columns = 0;
  for (const character of text) {
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

function withoutSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text[start])) {
    start++;
  }
  while (end > start && SPACE.test(text[end - 1])) {
    end--;
  }
  return text.slice(start, end);
}
