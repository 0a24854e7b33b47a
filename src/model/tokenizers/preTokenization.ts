import { PreTokenizer } from '../../core/tokenizer/preTokenizer';
import type { AlignedText } from './alignedText';
import {
  flagOf,
  type JsonObject,
  listOf,
  malformed,
  named,
  objectOf,
  textOf,
  typeOf,
  unsupported,
} from './documentFields';
import { readPrependScheme, replaceMatches } from './normalization';
import { compileSearchPattern, type TranslatePattern } from './searchPattern';

/** Cuts a piece of text into smaller ones. */
export type PreTokenize = (piece: AlignedText) => readonly AlignedText[];

export interface PreTokenization {
  readonly steps: readonly PreTokenize[];
  /** Whether the pieces come out as bytes, written in GPT-2's byte alphabet. */
  readonly isByteLevel: boolean;
  /** The character that stands for a space from here on, such as `▁`. */
  readonly spaceStandIn: string | undefined;
}

/** Sequences within sequences. Published files have one level. */
const MAX_DEPTH = 4;
/** Steps of all sequences together. Published files have up to six. */
const MAX_STEPS = 16;

const DIGITS_TOGETHER = /\p{N}+/gu;
const DIGITS_APART = /\p{N}/gu;
/** What Hugging Face's library calls punctuation: Unicode's, and all of ASCII that is neither letter, digit nor space. */
const PUNCTUATION = /[\p{P}!-/:-@[-`{-~]/gu;

/** What becomes of the parts that a pattern matches (`SplitDelimiterBehavior` in tokenizers). */
type Behavior = 'removed' | 'isolated' | 'contiguous' | 'mergedwithprevious' | 'mergedwithnext';

/**
 * Reads the pre-tokenizer of a tokenizer.json.
 *
 * @throws {TokenizerDocumentError} for types other than ByteLevel, Split, Digits, Punctuation, Metaspace and Sequence.
 */
export function readPreTokenization(value: unknown, translate: TranslatePattern): PreTokenization {
  const steps: PreTokenize[] = [];
  let isByteLevel = false;
  let spaceStandIn: string | undefined;

  const read = (part: unknown, depth: number): void => {
    const step = objectOf(part, 'a pre-tokenizer');
    const type = typeOf(step, 'a pre-tokenizer');
    if (depth > MAX_DEPTH || steps.length >= MAX_STEPS) {
      throw unsupported('it has too many pre-tokenizers.');
    }
    switch (type) {
      case 'Sequence':
        listOf(step.pretokenizers, 'the list of pre-tokenizers').forEach((each) => {
          read(each, depth + 1);
        });
        return;
      case 'ByteLevel':
        if (isByteLevel) {
          throw malformed('it turns text into bytes twice.');
        }
        isByteLevel = true;
        steps.push(byteLevel(step));
        return;
      case 'Split':
        steps.push(split(step, translate));
        return;
      case 'Digits': {
        const apart = flagOf(step.individual_digits, '"individual_digits"', false);
        steps.push((piece) => splitAt(piece, apart ? DIGITS_APART : DIGITS_TOGETHER, 'isolated', false));
        return;
      }
      case 'Punctuation': {
        const behavior = readBehavior(step.behavior ?? 'Isolated');
        steps.push((piece) => splitAt(piece, PUNCTUATION, behavior, false));
        return;
      }
      case 'Metaspace':
        spaceStandIn = textOf(step.replacement ?? '▁', 'the replacement of Metaspace');
        steps.push(metaspace(step, spaceStandIn));
        return;
      default:
        throw unsupported(`its pre-tokenizer ${named(type)} is not supported.`);
    }
  };

  if (value !== undefined && value !== null) {
    read(value, 0);
  }
  return { steps, isByteLevel, spaceStandIn };
}

function byteLevel(step: JsonObject): PreTokenize {
  const addsSpace = flagOf(step.add_prefix_space, '"add_prefix_space"', false);
  const preTokenizer = flagOf(step.use_regex, '"use_regex"', true) ? new PreTokenizer() : undefined;
  return (piece) => {
    const text = addsSpace && !piece.text.startsWith(' ') ? piece.prepend(' ') : piece;
    if (preTokenizer === undefined) {
      return [text.toByteAlphabet()];
    }
    const pieces: AlignedText[] = [];
    for (let from = 0; from < text.length;) {
      const to = preTokenizer.end(text.text, from, text.length);
      pieces.push(text.slice(from, to).toByteAlphabet());
      from = to;
    }
    return pieces;
  };
}

function split(step: JsonObject, translate: TranslatePattern): PreTokenize {
  const pattern = compileSearchPattern(step.pattern, 'a Split pre-tokenizer', translate);
  const behavior = readBehavior(step.behavior);
  const invert = flagOf(step.invert, '"invert"', false);
  return (piece) => splitAt(piece, pattern, behavior, invert);
}

function metaspace(step: JsonObject, replacement: string): PreTokenize {
  if (Array.from(replacement).length !== 1) {
    throw malformed('the replacement of Metaspace is not one character.');
  }
  const scheme = readPrependScheme(step);
  const splits = flagOf(step.split, '"split"', true);
  const standIns = new RegExp(replacement.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`), 'gu');
  return (piece) => {
    const text = replaceMatches(piece, / /gu, replacement);
    const wantsPrefix = scheme === 'always' || (scheme === 'first' && text.startAt(0) === 0);
    const prefixed = wantsPrefix && !text.text.startsWith(replacement) ? text.prepend(replacement) : text;
    return splits ? splitAt(prefixed, standIns, 'mergedwithnext', false) : [prefixed];
  };
}

function readBehavior(value: unknown): Behavior {
  const behavior = textOf(value, 'the behavior of a pre-tokenizer').toLowerCase();
  switch (behavior) {
    case 'removed':
    case 'isolated':
    case 'contiguous':
    case 'mergedwithprevious':
    case 'mergedwithnext':
      return behavior;
    default:
      throw malformed(`the behavior ${named(behavior)} of a pre-tokenizer does not exist.`);
  }
}

interface Part {
  readonly from: number;
  to: number;
  isMatch: boolean;
}

/** The rules of `NormalizedString::split` in tokenizers; parts without characters are dropped. */
function splitAt(
  piece: AlignedText,
  pattern: RegExp,
  behavior: Behavior,
  invert: boolean,
): readonly AlignedText[] {
  const parts = partsOf(piece.text, pattern, invert);
  const pieces: Part[] = [];
  let previousIsMatch = false;
  for (const part of parts) {
    const last = pieces.at(-1);
    const joins =
      last !== undefined &&
      ((behavior === 'contiguous' && part.isMatch === previousIsMatch) ||
        (behavior === 'mergedwithprevious' && part.isMatch && !previousIsMatch) ||
        (behavior === 'mergedwithnext' && !part.isMatch && previousIsMatch));
    if (joins) {
      last.to = part.to;
    } else if (behavior !== 'removed' || !part.isMatch) {
      pieces.push({ ...part });
    }
    previousIsMatch = part.isMatch;
  }
  return pieces.filter(({ from, to }) => from < to).map(({ from, to }) => piece.slice(from, to));
}

function partsOf(text: string, pattern: RegExp, invert: boolean): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) {
      parts.push({ from, to: match.index, isMatch: invert });
    }
    from = match.index + match[0].length;
    parts.push({ from: match.index, to: from, isMatch: !invert });
  }
  if (from < text.length) {
    parts.push({ from, to: text.length, isMatch: invert });
  }
  return parts;
}
