import { malformedPattern, unsupportedPattern } from '../patternError';
import type { PatternReader } from './patternReader';

export interface Options {
  readonly ignoresCase: boolean;
  /** Whether a dot takes line feeds too. */
  readonly dotTakesAll: boolean;
  /** Whether white space and comments after `#` do not count. */
  readonly isExtended: boolean;
}

export const NO_OPTIONS: Options = { ignoresCase: false, dotTakesAll: false, isExtended: false };

/**
 * Reads letters of options, such as `i-m`, up to a colon or parenthesis, which is left.
 *
 * @param outer What holds before.
 * @throws {PatternError}
 */
export function readOptions(reader: PatternReader, outer: Options): Options {
  let { ignoresCase, dotTakesAll, isExtended } = outer;
  let isOn = true;
  while (reader.peek() !== ':' && reader.peek() !== ')') {
    const letter = reader.next();
    switch (letter) {
      case '-':
        isOn = false;
        break;
      case 'i':
        ignoresCase = isOn;
        break;
      case 'm':
        dotTakesAll = isOn;
        break;
      case 'x':
        isExtended = isOn;
        break;
      default:
        if (/[CDILPSWy]/.test(letter)) {
          throw unsupportedPattern(`the option ${letter}`);
        }
        throw malformedPattern('a group begins with something unknown');
    }
  }
  return { ignoresCase, dotTakesAll, isExtended };
}
