import { namedInvisible } from './invisibleNames';
import { isFlagOfRegion, isNeeded } from './neededCharacters';
import { counted, idsText, MAX_PIECES } from './phrases';
import type { Surprise, SurpriseSteps } from './surprise';
import { countTokens, STRETCH, type TokenizedText } from './tokenizedText';

/**
 * What cannot be seen, or is seen as a space: controls, default-ignorable characters, separators, and the blank of braille; but no tab,
 * no line break and no plain space.
 */
const UNSEEN = /(?:(?![\t\n\r ])[\p{Cc}\p{Z}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800])+/gu;

const SPACE = /[\p{Zs}\u2800]/u;
const LINE_BREAK = /[\u0085\u2028\u2029]/;
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const TAG = /^[\u{e0000}-\u{e007f}]$/u;

/** UTF-16 units of hidden text that a message spells out. */
const MAX_HIDDEN_TEXT = 80;

/** A run of the same character, or of tag characters. */
interface Run {
  readonly codePoint: number;
  readonly start: number;
  readonly end: number;
  readonly characters: number;
}

/**
 * Characters that cannot be seen but take tokens, and spaces that are no plain ones; those that belong to an emoji or to the orthography
 * of their script left out. Of equal ones in a row, each row is one surprise.
 */
export function* invisibleCharacters(source: TokenizedText): SurpriseSteps {
  const { text } = source;
  for (let from = 0; from < text.length;) {
    const to = endOfStretch(text, from + STRETCH);
    yield* inStretch(source, from, to);
    yield undefined;
    from = to;
  }
}

/** A place at or behind another that is in no character and in no run of unseen ones, unless that is very long. */
function endOfStretch(text: string, at: number): number {
  let end = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1)) ? at + 1 : at;
  while (end < Math.min(text.length, at + STRETCH)) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
    if (character.replace(UNSEEN, '') !== '') {
      break;
    }
    end += character.length;
  }
  return Math.min(end, text.length);
}

function* inStretch(source: TokenizedText, from: number, to: number): Generator<Surprise> {
  const { text } = source;
  for (const { 0: unseen, index } of text.slice(from, to).matchAll(UNSEEN)) {
    for (const run of runsOf(unseen, from + index)) {
      for (const part of unneededParts(text, run)) {
        yield surprise(source, part);
      }
    }
  }
}

function* runsOf(unseen: string, offset: number): Generator<Run> {
  let codePoint = unseen.codePointAt(0) ?? 0;
  let start = offset;
  let end = offset;
  let characters = 0;
  for (const character of unseen) {
    const next = character.codePointAt(0) ?? 0;
    if (next !== codePoint && !(isTag(next) && isTag(codePoint))) {
      yield { codePoint, start, end, characters };
      codePoint = next;
      start = end;
      characters = 0;
    }
    end += character.length;
    characters++;
  }
  yield { codePoint, start, end, characters };
}

/**
 * What of a run does not belong there. Spaces are repeated for their width and belong together; a second joiner or selector has nothing to
 * do.
 */
function* unneededParts(text: string, run: Run): Generator<Run> {
  const { codePoint, start, end, characters } = run;
  if (isTag(codePoint) || isSpace(codePoint) || isDirection(codePoint)) {
    if (!(isTag(codePoint) ? isFlagOfRegion(text, start, end) : isNeeded(text, codePoint, start, end))) {
      yield run;
    }
    return;
  }
  const length = (end - start) / characters;
  let from = start;
  for (let at = start; at <= end; at += length) {
    if (at === end || isNeeded(text, codePoint, at, at + length)) {
      if (at > from) {
        yield { codePoint, start: from, end: at, characters: (at - from) / length };
      }
      from = at + length;
    }
  }
}

function surprise(source: TokenizedText, run: Run): Surprise {
  const { codePoint, start, end, characters } = run;
  const what = characters === 1 ? namedInvisible(codePoint) : `${characters} × ${namedInvisible(codePoint)}`;
  const { text, title } = replacement(run);
  return {
    kind: 'invisibleCharacter',
    start,
    end,
    message: `${what} ${tokensText(source, run)}. ${explanation(source.text, run)}`,
    fix: { title, edit: { offset: start, length: end - start, text } },
  };
}

/** "is 2 tokens: 447 249", or that its tokens hold more than it. */
function tokensText(source: TokenizedText, { start, end, characters }: Run): string {
  const count = countTokens(source, start, end);
  const tokens = source.tokensIn(start, Math.min(end, start + MAX_PIECES));
  const ids = idsText(
    tokens.map(({ id }) => id),
    count,
  );
  const isShared =
    (tokens[0]?.start ?? start) < start || (source.tokensIn(end - 1, end).at(-1)?.end ?? end) > end;
  const verb = characters === 1 ? 'is' : 'are';
  return `${verb} ${isShared ? 'part of ' : ''}${counted(count, 'token')}: ${ids}`;
}

function explanation(text: string, { codePoint, start, end }: Run): string {
  const character = String.fromCodePoint(codePoint);
  if (isTag(codePoint)) {
    return `It cannot be seen, and a model can read it: "${hiddenText(text.slice(start, end))}".`;
  }
  if (SPACE.test(character)) {
    return 'It looks like a space, but has tokens of its own.';
  }
  return isDirection(codePoint)
    ? 'It cannot be seen, and changes the order in which text is shown.'
    : 'It cannot be seen.';
}

/** What a run of tag characters says in ASCII. */
function hiddenText(tags: string): string {
  const text = Array.from(tags, (tag) => String.fromCharCode((tag.codePointAt(0) ?? 0) & 0x7f))
    .join('')
    .replace(/[^ -~]/g, '');
  return text.length > MAX_HIDDEN_TEXT ? `${text.slice(0, MAX_HIDDEN_TEXT)}…` : text;
}

function replacement({ codePoint, characters }: Run): { readonly text: string; readonly title: string } {
  if (isSpace(codePoint)) {
    const title = characters === 1 ? 'Replace by a plain space' : 'Replace by plain spaces';
    return { text: ' '.repeat(characters), title };
  }
  if (LINE_BREAK.test(String.fromCodePoint(codePoint))) {
    return { text: '\n'.repeat(characters), title: 'Replace by a line break' };
  }
  return { text: '', title: characters === 1 ? 'Remove this character' : 'Remove these characters' };
}

function isSpace(codePoint: number): boolean {
  return SPACE.test(String.fromCodePoint(codePoint));
}

function isDirection(codePoint: number): boolean {
  return DIRECTION.test(String.fromCodePoint(codePoint));
}

function isTag(codePoint: number): boolean {
  return TAG.test(String.fromCodePoint(codePoint));
}
