import { PreTokenizer } from '../../core/tokenizer/preTokenizer';
import { AlignedText, widthAt } from './alignedText';
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
import {
  compileSearchPattern,
  type Found,
  literalPattern,
  ownPattern,
  type SearchPattern,
} from './searchPattern';

/** Cuts a piece of text into smaller ones, in its order; undefined where it can be interrupted. */
export type PreTokenize = (piece: AlignedText) => Generator<AlignedText | undefined, void, undefined>;

export interface PreTokenization {
  readonly steps: readonly PreTokenize[];
  /** Whether the pieces come out as bytes, written in GPT-2's byte alphabet. */
  readonly isByteLevel: boolean;
  /** The character that stands for a space from here on, such as `▁`. */
  readonly spaceStandIn: string | undefined;
  /** Whether something is put before a text's first piece alone. */
  readonly prefixesFirst: boolean;
  /** Of all patterns together, see {@link SearchPattern.size}. */
  readonly patternSize: number;
}

/** Sequences within sequences. Published files have one level. */
const MAX_DEPTH = 4;
/** Steps of all sequences together. Published files have up to six. */
const MAX_STEPS = 16;

/** UTF-16 units that are written as bytes at a stretch. */
const LONG_PART = 1 << 13;

/** Pieces that are made between two steps. */
const PIECES_AT_ONCE = 1 << 10;

const DIGITS_TOGETHER = ownPattern(/\p{N}+/gu);
const DIGITS_APART = ownPattern(/\p{N}/gu);
/** What Hugging Face's library calls punctuation: Unicode's, and all of ASCII that is neither letter, digit nor space. */
const PUNCTUATION = ownPattern(/[\p{P}!-/:-@[-`{-~]/gu);
const SPACE = literalPattern(' ');

/** What becomes of the parts that a pattern matches (`SplitDelimiterBehavior` in tokenizers). */
type Behavior = 'removed' | 'isolated' | 'contiguous' | 'mergedwithprevious' | 'mergedwithnext';

/**
 * Reads the pre-tokenizer of a tokenizer.json.
 *
 * @throws {TokenizerDocumentError} for types other than ByteLevel, Split, Digits, Punctuation, Metaspace and Sequence.
 */
export function readPreTokenization(value: unknown): PreTokenization {
  const steps: PreTokenize[] = [];
  let isByteLevel = false;
  let spaceStandIn: string | undefined;
  let prefixesFirst = false;
  let patternSize = 0;

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
        steps.push(
          split(step, (pattern) => {
            patternSize += pattern.size;
          }),
        );
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
        if (isByteLevel) {
          throw unsupported('its Metaspace pre-tokenizer adds characters to text that is bytes already.');
        }
        spaceStandIn = textOf(step.replacement ?? '▁', 'the replacement of Metaspace');
        prefixesFirst ||= readPrependScheme(step) === 'first';
        steps.push(metaspace(step, spaceStandIn));
        return;
      default:
        throw unsupported(`its pre-tokenizer ${named(type)} is not supported.`);
    }
  };

  if (value !== undefined && value !== null) {
    read(value, 0);
  }
  return { steps, isByteLevel, spaceStandIn, prefixesFirst, patternSize };
}

function byteLevel(step: JsonObject): PreTokenize {
  const addsSpace = flagOf(step.add_prefix_space, '"add_prefix_space"', false);
  const preTokenizer = flagOf(step.use_regex, '"use_regex"', true) ? new PreTokenizer() : undefined;
  return function* (piece) {
    const text = addsSpace && !piece.text.startsWith(' ') ? piece.prepend(' ') : piece;
    for (let from = 0; from < text.length;) {
      const to = preTokenizer?.end(text.text, from, text.length) ?? text.length;
      const part = text.slice(from, to);
      yield part.length > LONG_PART ? yield* inByteAlphabet(part) : part.toByteAlphabet();
      from = to;
    }
  };
}

/** The same as {@link AlignedText.toByteAlphabet}, some thousand characters at a time. */
function* inByteAlphabet(text: AlignedText): Generator<undefined, AlignedText, undefined> {
  const parts: AlignedText[] = [];
  for (let from = 0; from < text.length;) {
    const end = Math.min(from + LONG_PART, text.length);
    // Both units of a surrogate pair are one character.
    const to = end < text.length ? end - 1 + widthAt(text.text, end - 1) : end;
    parts.push(text.slice(from, to).toByteAlphabet());
    yield;
    from = to;
  }
  return AlignedText.joined(parts);
}

function split(step: JsonObject, onPattern: (pattern: SearchPattern) => void): PreTokenize {
  const pattern = compileSearchPattern(step.pattern, 'a Split pre-tokenizer');
  onPattern(pattern);
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
  const standIns = literalPattern(replacement);
  return function* (piece) {
    const text = yield* replaceMatches(piece, SPACE, replacement);
    const wantsPrefix = scheme === 'always' || (scheme === 'first' && text.startAt(0) === 0);
    const prefixed = wantsPrefix && !text.text.startsWith(replacement) ? text.prepend(replacement) : text;
    if (splits) {
      yield* splitAt(prefixed, standIns, 'mergedwithnext', false);
    } else {
      yield prefixed;
    }
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
function* splitAt(
  piece: AlignedText,
  pattern: SearchPattern,
  behavior: Behavior,
  invert: boolean,
): ReturnType<PreTokenize> {
  let last: Part | undefined;
  let previousIsMatch = false;
  let looked = 0;
  for (const part of partsOf(piece.text, yield* pattern.findAll(piece.text), invert)) {
    if (++looked % PIECES_AT_ONCE === 0) {
      yield;
    }
    const joins: boolean =
      last !== undefined &&
      ((behavior === 'contiguous' && part.isMatch === previousIsMatch) ||
        (behavior === 'mergedwithprevious' && part.isMatch && !previousIsMatch) ||
        (behavior === 'mergedwithnext' && !part.isMatch && previousIsMatch));
    if (last && joins) {
      last.to = part.to;
    } else if (behavior !== 'removed' || !part.isMatch) {
      if (last && last.from < last.to) {
        yield piece.slice(last.from, last.to);
      }
      last = part;
    }
    previousIsMatch = part.isMatch;
  }
  if (last && last.from < last.to) {
    yield piece.slice(last.from, last.to);
  }
}

/** Matches, and what is between them. */
function* partsOf(text: string, found: Found, invert: boolean): Generator<Part> {
  let done = 0;
  for (let i = 0; i < found.length; i += 2) {
    const from = found.at(i);
    const to = found.at(i + 1);
    if (from > done) {
      yield { from: done, to: from, isMatch: invert };
    }
    yield { from, to, isMatch: !invert };
    done = to;
  }
  if (done < text.length) {
    yield { from: done, to: text.length, isMatch: invert };
  }
}
