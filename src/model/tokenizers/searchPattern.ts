import { malformed, named, objectOf, textOf, unsupported } from './documentFields';

/** Makes a JavaScript regular expression with the flags `g` and `u` of one in Oniguruma's syntax. */
export type TranslatePattern = (pattern: { readonly Regex: string }) => RegExp | null;

/** Longest pattern. The longest published one, of DeepSeek's models, has under 600 characters. */
const MAX_PATTERN_LENGTH = 4096;

/** Most repetitions that a group may be given: published patterns give at most one or three. */
const MAX_GROUP_REPETITIONS = 16;

/**
 * The group that most published patterns begin with. Ignoring case, Oniguruma also takes U+017F (long s) for an s, which
 * the translation does not know.
 */
const CONTRACTION_GROUP = "(?i:'s|";
const CONTRACTION_GROUP_WITH_LONG_S = "(?i:'s|'\u017f|";

/**
 * What a Split or Replace looks for: `{ "String": … }` or `{ "Regex": … }`.
 *
 * @throws {TokenizerDocumentError} `malformed`, or `unsupported` for patterns that cannot be translated or could take
 *   exponential time.
 */
export function compileSearchPattern(value: unknown, what: string, translate: TranslatePattern): RegExp {
  const pattern = typeof value === 'string' ? { String: value } : objectOf(value, `the pattern of ${what}`);
  if (pattern.String !== undefined) {
    const text = textOf(pattern.String, `the pattern of ${what}`);
    if (text === '') {
      throw malformed(`the pattern of ${what} is empty.`);
    }
    return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), 'gu');
  }
  const source = textOf(pattern.Regex, `the pattern of ${what}`);
  if (source === '' || source.length > MAX_PATTERN_LENGTH) {
    throw malformed(
      `the pattern of ${what} is empty or longer than ${String(MAX_PATTERN_LENGTH)} characters.`,
    );
  }
  refuseRepeatedGroups(source, what);
  try {
    const translated = translate({
      Regex: source.replaceAll(CONTRACTION_GROUP, CONTRACTION_GROUP_WITH_LONG_S),
    });
    if (translated !== null) {
      return translated;
    }
  } catch {
    // Said below, with the pattern itself.
  }
  throw unsupported(`the pattern ${named(source)} of ${what} cannot be translated to JavaScript.`);
}

/**
 * A repeated group, such as `(a+)+`, can make matching take exponential time, and nothing could interrupt it. Without one the
 * time is polynomial; no published pre-tokenizer repeats a group without a small limit.
 */
function refuseRepeatedGroups(source: string, what: string): void {
  let inClass = 0;
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '\\') {
      at++;
    } else if (character === '[') {
      inClass++;
    } else if (character === ']' && inClass > 0) {
      inClass--;
    } else if (character === ')' && inClass === 0) {
      const repetition = /^(?:[*+]|\{\d*(,?)(\d*)\})/.exec(source.slice(at + 1, at + 32));
      if (repetition !== null && mostRepetitions(repetition[0]) > MAX_GROUP_REPETITIONS) {
        throw unsupported(
          `the pattern ${named(source)} of ${what} repeats a group without limit, which can take forever.`,
        );
      }
    }
  }
}

function mostRepetitions(quantifier: string): number {
  const bounded = /^\{\d*,(\d+)\}$|^\{(\d+)\}$/.exec(quantifier);
  return bounded === null ? Infinity : Number(bounded[1] ?? bounded[2]);
}
