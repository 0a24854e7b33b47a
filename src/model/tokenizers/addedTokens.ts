import type { Steps } from '../../core/work/steps';
import { flagOf, listOf, malformed, named, objectOf, textOf, tooLarge, unsupported } from './documentFields';
import { LongestTokens } from './longestTokens';

/** A token that is found in the text as it is written, before any merging. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  /** Whether it is a control token such as `<|endoftext|>`, which is text unless special tokens are asked for. */
  readonly isSpecial: boolean;
  /** Whether it is looked for in the normalized text, else in the text as it was typed. */
  readonly isNormalized: boolean;
  /** Whether it counts only where no letter or digit adjoins. */
  readonly isSingleWord: boolean;
  /** Whether it takes the white space before it, or after it. */
  readonly takesLeft: boolean;
  readonly takesRight: boolean;
}

/** Longest added token, in UTF-16 units. Published ones, runs of spaces, have up to 128. */
const MAX_CONTENT_LENGTH = 1024;
/** All of them together. Gemma 3, which has 6,414 added tokens, needs about 60,000. */
const MAX_TOTAL_LENGTH = 1 << 17;
const MAX_ADDED_TOKENS = 1 << 14;

/** Places that are looked at between two steps. */
const PLACES_AT_ONCE = 1 << 12;

/** What `\w` means to Hugging Face's library (Unicode Technical Standard 18, annex C). */
const WORD_BEFORE = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u;
const WORD_AFTER = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;
const WHITE_SPACE = /\p{White_Space}/u;

/** @throws {TokenizerDocumentError} `malformed`, `too-large`. */
export function readAddedTokens(
  value: unknown,
  checkId: (id: unknown, token: string) => number,
): AddedToken[] {
  const tokens = new Map<string, AddedToken>();
  const entries = listOf(value, '"added_tokens"');
  if (entries.length > MAX_ADDED_TOKENS) {
    throw tooLarge(`it has more than ${String(MAX_ADDED_TOKENS)} added tokens.`);
  }
  let totalLength = 0;
  for (const entry of entries) {
    const token = objectOf(entry, 'an added token');
    const content = textOf(token.content, 'the content of an added token');
    totalLength += content.length;
    if (totalLength > MAX_TOTAL_LENGTH) {
      throw tooLarge(`its added tokens have more than ${String(MAX_TOTAL_LENGTH)} characters.`);
    }
    if (content.length > MAX_CONTENT_LENGTH) {
      throw malformed(
        `the added token ${named(content)} is longer than ${String(MAX_CONTENT_LENGTH)} characters.`,
      );
    }
    const flag = (key: string, missing: boolean): boolean =>
      flagOf(token[key], `"${key}" of the added token ${named(content)}`, missing);
    const id = checkId(token.id, content);
    const earlier = tokens.get(content);
    if (earlier !== undefined && earlier.id !== id) {
      throw malformed(
        `the added token ${named(content)} has two ids, ${String(earlier.id)} and ${String(id)}.`,
      );
    }
    const isSpecial = flag('special', false);
    // Of one that is listed twice the later flags count, but special it stays.
    tokens.set(content, {
      id,
      content,
      isSpecial: isSpecial || earlier?.isSpecial === true,
      isNormalized: flag('normalized', !isSpecial),
      isSingleWord: flag('single_word', false),
      takesLeft: flag('lstrip', false),
      takesRight: flag('rstrip', false),
    });
  }
  return [...tokens.values()];
}

/** A part of a text: an added token, or what is between them. UTF-16 range [from, to). */
export interface AddedTokenPart {
  readonly from: number;
  readonly to: number;
  readonly token: AddedToken | undefined;
}

/**
 * Finds added tokens: leftmost first, of those the longest. The rules are those of `AddedVocabulary::find_matches` in
 * tokenizers, with its `encode_special_tokens` where special tokens are not asked for.
 */
export class AddedTokenFinder {
  private constructor(
    private readonly tokens: readonly AddedToken[],
    /** What is looked for, by token, in UTF-16 units. */
    private readonly lengths: readonly number[],
    private readonly longest: LongestTokens,
  ) {}

  /**
   * @param tokens Each with the text to look for, which for normalized tokens is their normalized content.
   * @throws {TokenizerDocumentError} `too-large`, or `unsupported` where one takes white space that others begin with: the library would
   * find those in it all the same, and tokens would lie one over another.
   */
  static *of(tokens: Iterable<readonly [text: string, token: AddedToken]>): Steps<AddedTokenFinder> {
    const found = [...tokens].filter(([text]) => text !== '');
    if (found.reduce((sum, [text]) => sum + text.length, 0) > MAX_TOTAL_LENGTH) {
      throw tooLarge(`its added tokens have more than ${String(MAX_TOTAL_LENGTH)} characters.`);
    }
    const texts = found.map(([text]) => text);
    const greedy = found.find(([, { takesRight }]) => takesRight)?.[1];
    const inWhiteSpace = texts.find((text) => WHITE_SPACE.test(text.charAt(0)));
    if (greedy !== undefined && inWhiteSpace !== undefined) {
      throw unsupported(
        `its added token ${named(greedy.content)} takes the white space behind it, in which ${named(inWhiteSpace)} is another.`,
      );
    }
    return new AddedTokenFinder(
      found.map(([, token]) => token),
      texts.map(({ length }) => length),
      yield* LongestTokens.of(texts),
    );
  }

  *split(text: string, special: boolean): Steps<readonly AddedTokenPart[]> {
    const parts: AddedTokenPart[] = [];
    let done = 0;
    const starts = this.tokens.length === 0 ? [] : yield* this.longest.startsIn(text);
    let looked = 0;
    for (let at = 0; at < starts.length;) {
      if (++looked % PLACES_AT_ONCE === 0) {
        yield;
      }
      const index = starts[at] ?? -1;
      const token = this.tokens[index];
      if (token === undefined) {
        at++;
        continue;
      }
      const start = at;
      const end = start + (this.lengths[index] ?? 0);
      at = end;
      if ((token.isSpecial && !special) || !fits(text, start, end, token)) {
        continue;
      }
      const from = token.takesLeft ? whiteSpaceStart(text, start, done) : start;
      const to = token.takesRight ? whiteSpaceEnd(text, end) : end;
      if (done < from) {
        parts.push({ from: done, to: from, token: undefined });
      }
      parts.push({ from, to, token });
      done = to;
    }
    if (done < text.length) {
      parts.push({ from: done, to: text.length, token: undefined });
    }
    return parts;
  }
}

function fits(text: string, start: number, end: number, token: AddedToken): boolean {
  return (
    !token.isSingleWord ||
    !(
      WORD_BEFORE.test(text.slice(Math.max(0, start - 2), start)) || WORD_AFTER.test(text.slice(end, end + 2))
    )
  );
}

/** Where the white space before `end` begins, `done` at the earliest: what is done is not looked at again. */
function whiteSpaceStart(text: string, end: number, done: number): number {
  let at = end;
  while (at > done && WHITE_SPACE.test(text.charAt(at - 1))) {
    at--;
  }
  return at;
}

function whiteSpaceEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && WHITE_SPACE.test(text.charAt(at))) {
    at++;
  }
  return at;
}
