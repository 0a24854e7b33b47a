import { flagOf, listOf, malformed, named, objectOf, textOf, TokenizerDocumentError } from './documentFields';

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
/** All of them together: each unit may cost some hundred bytes. Gemma 3, which has 6,414 added tokens, needs about 60,000. */
const MAX_TOTAL_LENGTH = 1 << 19;

/** What `\w` means to Hugging Face's library (Unicode Technical Standard 18, annex C). */
const WORD_BEFORE = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u;
const WORD_AFTER = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;
const WHITE_SPACE = /\p{White_Space}/u;

/** @throws {TokenizerDocumentError} `malformed`. */
export function readAddedTokens(
  value: unknown,
  checkId: (id: unknown, token: string) => number,
): AddedToken[] {
  const tokens: AddedToken[] = [];
  for (const entry of listOf(value, '"added_tokens"')) {
    const token = objectOf(entry, 'an added token');
    const content = textOf(token.content, 'the content of an added token');
    if (content.length > MAX_CONTENT_LENGTH) {
      throw malformed(
        `the added token ${named(content)} is longer than ${String(MAX_CONTENT_LENGTH)} characters.`,
      );
    }
    const flag = (key: string, missing: boolean): boolean =>
      flagOf(token[key], `"${key}" of the added token ${named(content)}`, missing);
    const isSpecial = flag('special', false);
    tokens.push({
      id: checkId(token.id, content),
      content,
      isSpecial,
      isNormalized: flag('normalized', !isSpecial),
      isSingleWord: flag('single_word', false),
      takesLeft: flag('lstrip', false),
      takesRight: flag('rstrip', false),
    });
  }
  return tokens;
}

/** A part of a text: an added token, or what is between them. UTF-16 range [from, to). */
export interface AddedTokenPart {
  readonly from: number;
  readonly to: number;
  readonly token: AddedToken | undefined;
}

interface TrieNode {
  readonly next: Map<number, TrieNode>;
  token: AddedToken | undefined;
}

/**
 * Finds added tokens: leftmost first, of those the longest. The rules are those of `AddedVocabulary::find_matches` in
 * tokenizers, with its `encode_special_tokens` where special tokens are not asked for.
 */
export class AddedTokenFinder {
  private readonly root: TrieNode = { next: new Map(), token: undefined };

  /**
   * @param tokens Each with the text to look for, which for normalized tokens is their normalized content.
   * @throws {TokenizerDocumentError} `too-large`
   */
  constructor(tokens: Iterable<readonly [text: string, token: AddedToken]>) {
    let totalLength = 0;
    for (const [text, token] of tokens) {
      totalLength += text.length;
      if (totalLength > MAX_TOTAL_LENGTH) {
        throw new TokenizerDocumentError(
          'too-large',
          `its added tokens have more than ${String(MAX_TOTAL_LENGTH)} characters.`,
        );
      }
      if (text === '') {
        continue;
      }
      let node = this.root;
      for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at);
        let next = node.next.get(unit);
        if (next === undefined) {
          next = { next: new Map(), token: undefined };
          node.next.set(unit, next);
        }
        node = next;
      }
      node.token = token;
    }
  }

  split(text: string, special: boolean): readonly AddedTokenPart[] {
    const parts: AddedTokenPart[] = [];
    let done = 0;
    for (let at = 0; at < text.length;) {
      const found = this.longestAt(text, at);
      if (found === undefined) {
        at++;
        continue;
      }
      const { token, end } = found;
      const start = at;
      at = end;
      if (start < done || (token.isSpecial && !special) || !fits(text, start, end, token)) {
        continue;
      }
      const from = token.takesLeft ? Math.max(done, whiteSpaceStart(text, start)) : start;
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

  private longestAt(text: string, at: number): { token: AddedToken; end: number } | undefined {
    let found: { token: AddedToken; end: number } | undefined;
    let node: TrieNode | undefined = this.root;
    for (let end = at; end < text.length;) {
      node = node.next.get(text.charCodeAt(end));
      if (node === undefined) {
        break;
      }
      end++;
      if (node.token !== undefined) {
        found = { token: node.token, end };
      }
    }
    return found;
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

function whiteSpaceStart(text: string, limit: number): number {
  let at = limit;
  while (at > 0 && WHITE_SPACE.test(text.charAt(at - 1))) {
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
