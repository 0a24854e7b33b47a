import { Pattern } from '../../core/pattern/pattern';
import { PatternError } from '../../core/pattern/patternError';
import { PagedList } from '../../core/work/pagedList';
import type { Steps } from '../../core/work/steps';
import { named, objectOf, textOf, TokenizerDocumentError } from './documentFields';

/** UTF-16 offsets, from and to of each match in turn. */
export type Found = PagedList<number>;

/** What a Split or Replace looks for. */
export interface SearchPattern {
  /** What it looks for where that is one text, else undefined. */
  readonly literal: string | undefined;
  /** Steps over the whole pattern once, see {@link Pattern.size}; 0 for what is no pattern of others. */
  readonly size: number;
  /** See {@link Pattern.mayBeEmptyAtStart}. */
  readonly mayBeEmptyAtStart: boolean;
  /** See {@link Pattern.takesOneCharacter}. */
  readonly takesOneCharacter: boolean;
  /** All matches, none within a surrogate pair. */
  findAll(text: string): Steps<Found>;
}

/** Numbers that are found between two steps, a power of two. */
const FOUND_AT_ONCE = 1 << 13;

/**
 * `{ "String": … }` or `{ "Regex": … }`, the latter in the language of Oniguruma. Matches are those of Hugging Face's library, and
 * finding them takes time linear in the text, whatever the pattern.
 *
 * @param what Whose pattern it is, such as "a Split pre-tokenizer".
 * @throws {TokenizerDocumentError} `malformed`, or `unsupported` where the pattern has a construct that is not supported.
 */
export function compileSearchPattern(value: unknown, what: string): SearchPattern {
  const pattern = typeof value === 'string' ? { String: value } : objectOf(value, `the pattern of ${what}`);
  if (pattern.String !== undefined) {
    const text = textOf(pattern.String, `the pattern of ${what}`);
    // The library makes a regular expression of it, which then matches nothing everywhere.
    return text === '' ? compiledPattern('', what) : literalPattern(text);
  }
  const source = textOf(pattern.Regex, `the pattern of ${what}`);
  return source === ' ' ? literalPattern(source) : compiledPattern(source, what);
}

function compiledPattern(source: string, what: string): SearchPattern {
  try {
    const compiled = new Pattern(source);
    return {
      literal: undefined,
      size: compiled.size,
      mayBeEmptyAtStart: compiled.mayBeEmptyAtStart,
      takesOneCharacter: compiled.takesOneCharacter,
      findAll: (text) => compiled.findAllInSteps(text),
    };
  } catch (error) {
    if (error instanceof PatternError) {
      throw new TokenizerDocumentError(
        error.reason,
        `the pattern ${named(source)} of ${what} ${error.message}`,
      );
    }
    throw error;
  }
}

/** Looks for one text. */
export function literalPattern(literal: string): SearchPattern {
  return {
    literal,
    size: 0,
    mayBeEmptyAtStart: false,
    takesOneCharacter: Array.from(literal).length === 1,
    *findAll(text) {
      const found: Found = new PagedList();
      for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) {
        found.push(at);
        found.push(at + literal.length);
        if (found.length % FOUND_AT_ONCE === 0) {
          yield;
        }
      }
      return found;
    },
  };
}

/** Looks for what one of our own regular expressions matches, which has the flags `g` and `u` and is never empty. */
export function ownPattern(expression: RegExp): SearchPattern {
  return {
    literal: undefined,
    size: 0,
    mayBeEmptyAtStart: false,
    takesOneCharacter: false,
    *findAll(text) {
      const found: Found = new PagedList();
      for (const match of text.matchAll(expression)) {
        found.push(match.index);
        found.push(match.index + match[0].length);
        if (found.length % FOUND_AT_ONCE === 0) {
          yield;
        }
      }
      return found;
    },
  };
}
