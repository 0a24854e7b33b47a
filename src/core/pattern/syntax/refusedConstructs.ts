import { unsupportedPattern } from '../patternError';

/**
 * Refuses escapes that are understood and not supported.
 *
 * @param following The character behind the letter.
 * @throws {PatternError}
 */
export function refuseEscape(letter: string, following: string): void {
  if (/[1-9]/.test(letter)) {
    throw unsupportedPattern(`a backreference (\\${letter})`);
  }
  const isNamed = following === '<' || following === "'";
  const construct =
    isNamed && letter === 'k' ? 'backreference' : isNamed && letter === 'g' ? 'call' : REFUSED.get(letter);
  if (construct !== undefined) {
    throw unsupportedPattern(`a ${construct} (\\${letter})`);
  }
}

const REFUSED: ReadonlyMap<string, string> = new Map([
  ['G', 'place where the search began'],
  ['K', 'reset of where a match begins'],
  ['X', 'text segment'],
  ['y', 'border of text segments'],
  ['Y', 'place within a text segment'],
]);

/**
 * Refuses groups that are understood and not supported, by the character behind `(?`.
 *
 * @throws {PatternError}
 */
export function refuseGroup(character: string): void {
  switch (character) {
    case '~':
      throw unsupportedPattern('an absent operator (?~…)');
    case '(':
      throw unsupportedPattern('a condition (?(…)…)');
    case '{':
      throw unsupportedPattern('a callout (?{…})');
    default:
  }
}
