import { malformedPattern, unsupportedPattern } from '../patternError';
import { type CharacterSet, complement } from '../sets/characterSet';
import { posixBracket, propertySet, WORD } from '../sets/unicodeProperty';
import type { PatternReader } from './patternReader';

/**
 * The set of `\w`, `\s`, `\d`, `\h` and their capitals, or undefined for another letter.
 *
 * @param inClass Whether it stands in brackets, where the reference means a somewhat smaller `\w`.
 */
export function shorthandSet(letter: string, inClass: boolean): CharacterSet | undefined {
  const set = plainSet(letter.toLowerCase(), inClass);
  return set === undefined || letter.toLowerCase() === letter ? set : complement(set);
}

function plainSet(letter: string, inClass: boolean): CharacterSet | undefined {
  switch (letter) {
    case 'w':
      return inClass ? posixBracket('word') : WORD;
    case 's':
      return posixBracket('space');
    case 'd':
      return posixBracket('digit');
    case 'h':
      return posixBracket('xdigit');
    default:
      return undefined;
  }
}

export interface Property {
  readonly set: CharacterSet;
  readonly isNegated: boolean;
  /** Without spaces, hyphens, underscores and capitals. */
  readonly name: string;
}

/**
 * Reads `p{…}` or `P{…}` after a backslash, or nothing where something else comes.
 *
 * @throws {PatternError} for a name that is not known.
 */
export function readProperty(reader: PatternReader): Property | undefined {
  const isCapital = reader.peek() === 'P';
  if (!(isCapital || reader.peek() === 'p') || reader.peek(1) !== '{') {
    return undefined;
  }
  reader.take(isCapital ? 'P{' : 'p{');
  const hasCaret = reader.take('^');
  const name = reader.takeWhile(/[^{}()|]/, 100);
  if (!reader.take('}')) {
    throw malformedPattern('the name of a property has no end');
  }
  const set = propertySet(name);
  if (set === undefined) {
    throw unsupportedPattern(`the property ${String.raw`\p`}{${name}}`);
  }
  return { set, isNegated: isCapital !== hasCaret, name: name.replace(/[ _-]/g, '').toLowerCase() };
}
