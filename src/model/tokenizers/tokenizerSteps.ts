import { isObject, listOf, malformed, objectOf, unsupported } from './documentFields';
import { type Normalize, readNormalization, readPrependScheme, refuseInsertions } from './normalization';
import { type PreTokenize, readPreTokenization } from './preTokenization';

/**
 * Largest size of all patterns of a tokenizer together ({@link Pattern.size}). Those of published ones have up to 200. What is tokenized
 * at a stretch, such as a word in its line, takes time in proportion to it at most.
 */
const MAX_PATTERN_SIZE = 400;

/** What is done to a text before its pieces are merged, and to tokens when they become text again. */
export interface TokenizerSteps {
  readonly normalize: readonly Normalize[];
  readonly preTokenize: readonly PreTokenize[];
  /** Whether tokens are spelled in GPT-2's byte alphabet. Else they are text with single bytes as `<0xE4>`. */
  readonly isByteLevel: boolean;
  /** The character that stands for a space in tokens, such as `▁`. */
  readonly spaceStandIn: string | undefined;
  /** Whether decoding drops a space at the beginning, which encoding has put there. */
  readonly dropsFirstSpace: boolean;
}

/**
 * @param json An object with `normalizer`, `pre_tokenizer` and `decoder` of a tokenizer.json.
 * @throws {TokenizerDocumentError}
 */
export function readTokenizerSteps(json: unknown): TokenizerSteps {
  if (!isObject(json)) {
    throw malformed('it is not a JSON object.');
  }
  const normalization = readNormalization(json.normalizer);
  const preTokenization = readPreTokenization(json.pre_tokenizer);
  if (normalization.patternSize + preTokenization.patternSize > MAX_PATTERN_SIZE) {
    throw unsupported('its patterns are too large together.');
  }
  const { isByteLevel } = preTokenization;
  if (normalization.replacesSeveral && preTokenization.prefixesFirst) {
    // Where a text begins with them, the library takes its first piece for a later one.
    throw unsupported(
      'it replaces several characters at once and puts a prefix before the first piece alone.',
    );
  }
  refuseInsertions(isByteLevel && normalization.insertsAtStart);
  return {
    normalize: normalization.steps,
    preTokenize: preTokenization.steps,
    isByteLevel,
    spaceStandIn: preTokenization.spaceStandIn ?? normalization.spaceStandIn,
    dropsFirstSpace: !isByteLevel && dropsFirstSpace(json.decoder),
  };
}

/** True for a `Strip` at the start within a sequence, and for `Metaspace` where that prepends. */
function dropsFirstSpace(decoder: unknown): boolean {
  if (decoder === undefined || decoder === null) {
    return false;
  }
  const step = objectOf(decoder, 'the decoder');
  switch (step.type) {
    case 'Sequence':
      // One level: published files have no sequence within a sequence.
      return listOf(step.decoders, 'the list of decoders').some(
        (each) => isObject(each) && each.type !== 'Sequence' && dropsFirstSpace(each),
      );
    case 'Strip':
      return step.content === ' ' && typeof step.start === 'number' && step.start > 0;
    case 'Metaspace':
      return readPrependScheme(step) !== 'never';
    default:
      return false;
  }
}
