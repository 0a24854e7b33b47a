/** UTF-16 units before and after a character that are looked at: an emoji's part, and the words around a direction mark. */
const CONTEXT = 200;

const PART_OF_EMOJI = /\p{Extended_Pictographic}[\ufe0e\ufe0f]?\p{Emoji_Modifier}?$/u;
const PICTURE = /^\p{Extended_Pictographic}/u;

/** Scripts whose letters are joined, or kept apart, by zero width joiners and non-joiners. */
const JOINING =
  /(?!\p{Default_Ignorable_Code_Point})[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mandaic}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Newa}\p{Script=Grantha}\p{Script=Tirhuta}\p{Script=Chakma}\p{Script=Meetei_Mayek}]$/u;

/** Scripts that mark with zero width spaces where a line may break between words. */
const BREAKING_BEFORE =
  /(?!\p{Default_Ignorable_Code_Point})[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tai_Tham}]$/u;
const BREAKING_AFTER =
  /^(?!\p{Default_Ignorable_Code_Point})[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tai_Tham}]/u;

const RIGHT_TO_LEFT =
  /(?!\p{Default_Ignorable_Code_Point})[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}]/u;

/** All that ends a line or could be replaced by what does. */
const LINE_BREAK = /[\n\r\v\f\u0085\u2028\u2029]/;

/** Text around a character, or around a run of one: cut to what can matter. */
interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** By the first code point of a range and its last: whether a character belongs where it stands. */
const NEEDED: readonly (readonly [
  first: number,
  last: number,
  isNeeded: (surroundings: Surroundings) => boolean,
])[] = [
  [0x34f, 0x34f, ({ before }) => /(?!\p{Default_Ignorable_Code_Point})\p{M}$/u.test(before)],
  [0x61c, 0x61c, isBesideRightToLeft],
  [0x115f, 0x115f, ({ after }) => /^[\u1161-\u11a7\ud7b0-\ud7c6]/.test(after)],
  [0x1160, 0x1160, ({ before }) => /[\u1100-\u115e\ua960-\ua97c]$/.test(before)],
  [
    0x1680,
    0x1680,
    (around) => /\p{Script=Ogham}$/u.test(around.before) || /^\p{Script=Ogham}/u.test(around.after),
  ],
  [0x180b, 0x180f, isAfterMongolian],
  [0x200b, 0x200b, ({ before, after }) => BREAKING_BEFORE.test(before) && BREAKING_AFTER.test(after)],
  [0x200c, 0x200c, ({ before }) => JOINING.test(before)],
  [
    0x200d,
    0x200d,
    ({ before, after }) => JOINING.test(before) || (PART_OF_EMOJI.test(before) && PICTURE.test(after)),
  ],
  [0x200e, 0x200f, isBesideRightToLeft],
  [0x202f, 0x202f, isAfterMongolian],
  [0x2800, 0x2800, ({ before, after }) => /[\u2801-\u28ff]$/.test(before) || /^[\u2801-\u28ff]/.test(after)],
  [0x3000, 0x3000, isBesideEastAsian],
  [
    0xfe00,
    0xfe0d,
    ({ before }) => /[\p{Script=Han}\p{Script=Myanmar}\p{Script=Phags_Pa}\p{Sm}\uff01-\uff1f]$/u.test(before),
  ],
  [0xfe0e, 0xfe0f, isAfterEmoji],
  [0xe0100, 0xe01ef, ({ before }) => /\p{Script=Han}$/u.test(before)],
];

/**
 * Whether a character that cannot be seen, or looks like a space, belongs where it stands: as a part of an emoji, or as the
 * orthography of a script has it (joiners of Persian and of Indic scripts, ideographic spaces, marks of direction in Hebrew …).
 *
 * @param end UTF-16 offset after it, or after a run of it.
 */
export function isNeeded(text: string, codePoint: number, start: number, end: number): boolean {
  const rule = NEEDED.find(([first, last]) => first <= codePoint && codePoint <= last)?.[2];
  return (
    rule?.({
      before: text.slice(Math.max(0, start - CONTEXT), start),
      after: text.slice(end, end + CONTEXT),
    }) ?? false
  );
}

/** The sequence of tags that makes a flag of a region, such as Scotland's, out of a black flag. */
const REGION = /^[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}$/u;

/** Whether a run of tag characters is a part of the flag before it. */
export function isFlagOfRegion(text: string, start: number, end: number): boolean {
  return text.slice(Math.max(0, start - 2), start) === '🏴' && REGION.test(text.slice(start, end));
}

function isAfterMongolian({ before }: Surroundings): boolean {
  return /(?!\p{Default_Ignorable_Code_Point})\p{Script=Mongolian}$/u.test(before);
}

function isBesideEastAsian({ before, after }: Surroundings): boolean {
  const eastAsian =
    /(?![\u3000\p{Default_Ignorable_Code_Point}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3001-\u303f\uff01-\uff60]/u;
  const last = Array.from(before.slice(-2)).at(-1) ?? '';
  const first = Array.from(after.slice(0, 2))[0] ?? '';
  return eastAsian.test(last) || eastAsian.test(first);
}

/** In the same line, where the order of the characters is what it changes. */
function isBesideRightToLeft({ before, after }: Surroundings): boolean {
  const sameLine = (before.split(LINE_BREAK).at(-1) ?? '') + (after.split(LINE_BREAK)[0] ?? '');
  return RIGHT_TO_LEFT.test(sameLine);
}

/** A digit is one only as a keycap. */
function isAfterEmoji({ before, after }: Surroundings): boolean {
  return /[0-9#*]$/.test(before)
    ? after.startsWith('\u20e3')
    : /[\p{Emoji}\p{Extended_Pictographic}]$/u.test(before);
}
