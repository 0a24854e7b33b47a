import { CHARACTER_OF_BYTE } from './alignedText';
import { flagOf, isObject, type JsonObject, malformed, named, objectOf, unsupported } from './documentFields';

/** Ids are below this. The largest published vocabularies have about a million tokens; holes cost memory. */
export const MAX_VOCABULARY_SIZE = 1 << 21;

/** All bytes but those that no UTF-8 text holds (Unicode Standard, table 3-7). */
const isByteOfUtf8 = (byte: number): boolean => byte < 0xc0 || (byte > 0xc1 && byte < 0xf5);

/** The `model` of a tokenizer.json, checked: byte-pair encoding that can express every text. */
export interface BpeModel {
  readonly idsByToken: ReadonlyMap<string, number>;
  /** Ids that each merge joins, shape [merges, 2], flat; the first to merge first. */
  readonly pairs: Uint32Array<ArrayBuffer>;
  /** The id that each merge makes. */
  readonly merged: Uint32Array<ArrayBuffer>;
  readonly byteFallback: boolean;
  readonly ignoresMerges: boolean;
}

/**
 * Checks the model. Large vocabularies have a quarter million entries and twice as many merges: not for the thread that an editor waits
 * for.
 *
 * @param isByteLevel Whether the pre-tokenizer hands out bytes; else the model must fall back to bytes itself.
 * @throws {TokenizerDocumentError}
 */
export function readBpeModel(value: unknown, isByteLevel: boolean): BpeModel {
  if (!isObject(value)) {
    throw malformed('it has no object "model".');
  }
  refuseOtherModels(value);
  const byteFallback = flagOf(value.byte_fallback, '"byte_fallback"', false);
  if (isByteLevel && byteFallback) {
    throw unsupported('it is byte-level and falls back to bytes as well.');
  }
  if (!isByteLevel && !byteFallback) {
    throw unsupported(
      'its tokens cannot express every text: it is neither byte-level nor falls back to bytes.',
    );
  }
  const idsByToken = readVocabulary(objectOf(value.vocab, 'the vocabulary'));
  const merges = readMerges(value.merges, idsByToken, byteFallback);
  requireBytes(idsByToken, byteFallback);
  return {
    idsByToken,
    ...merges,
    byteFallback,
    ignoresMerges: flagOf(value.ignore_merges, '"ignore_merges"', false),
  };
}

/**
 * @param token Whose id it is; named in errors.
 * @throws {TokenizerDocumentError} unless it is an id that a vocabulary can have.
 */
export function checkTokenId(id: unknown, token: string): number {
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 0) {
    throw malformed(`the id of the token ${named(token)} is not a non-negative integer.`);
  }
  if (id >= MAX_VOCABULARY_SIZE) {
    throw malformed(
      `the id of the token ${named(token)}, ${String(id)}, is beyond the limit of ${String(MAX_VOCABULARY_SIZE)} tokens.`,
    );
  }
  return id;
}

/** How byte fallback spells a byte, such as `<0xE4>`. */
export function byteTokenOf(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}

/** UTF-16 units of the token of a byte. */
export const BYTE_TOKEN_LENGTH = byteTokenOf(0).length;

/** The byte that a token of byte fallback stands for, or undefined for other tokens. */
export function byteOfToken(token: string): number | undefined {
  return /^<0x[0-9A-F]{2}>$/.test(token) ? Number.parseInt(token.slice(3, 5), 16) : undefined;
}

function refuseOtherModels(model: JsonObject): void {
  const type = model.type ?? undefined;
  // Files of the first versions do not say which model they hold; theirs have merges where it is BPE.
  if (type !== 'BPE' && !(type === undefined && Array.isArray(model.merges))) {
    const name = typeof type === 'string' ? named(type) : 'without a name';
    throw unsupported(`its model ${name} is not supported: Tokenscope reads byte-pair encoding (BPE).`);
  }
  for (const key of ['continuing_subword_prefix', 'end_of_word_suffix']) {
    if ((model[key] ?? '') !== '') {
      throw unsupported(`its model marks parts of words ("${key}"), which is not supported.`);
    }
  }
  if ((model.dropout ?? 0) !== 0) {
    throw unsupported('its model drops merges at random ("dropout").');
  }
}

function readVocabulary(vocab: JsonObject): Map<string, number> {
  const idsByToken = new Map<string, number>();
  const taken = new Uint8Array(MAX_VOCABULARY_SIZE);
  const entries = Object.entries(vocab);
  for (const [token, value] of entries) {
    const id = checkTokenId(value, token);
    if (taken[id] === 1) {
      throw malformed(`two tokens have the id ${String(id)}.`);
    }
    taken[id] = 1;
    idsByToken.set(token, id);
  }
  if (idsByToken.size === 0) {
    throw malformed('the vocabulary is empty.');
  }
  return idsByToken;
}

function readMerges(
  value: unknown,
  idsByToken: ReadonlyMap<string, number>,
  byteFallback: boolean,
): Pick<BpeModel, 'pairs' | 'merged'> {
  if (!Array.isArray(value)) {
    throw malformed('the merges are not a list.');
  }
  // Lines of a merges.txt may have come with their first; the library leaves it out as well.
  const entries = (value as readonly unknown[]).filter(
    (entry) => typeof entry !== 'string' || !entry.startsWith('#version'),
  );
  const pairs = new Uint32Array(entries.length * 2);
  const merged = new Uint32Array(entries.length);
  entries.forEach((entry, rank) => {
    const [left, right, ...more] = typeof entry === 'string' ? entry.split(' ') : listPair(entry);
    if (typeof left !== 'string' || typeof right !== 'string' || more.length > 0 || !left || !right) {
      throw malformed(`merge ${String(rank)} is not a pair of tokens.`);
    }
    const idOf = (token: string): number => {
      const id = idsByToken.get(token);
      if (id === undefined) {
        throw malformed(
          `merge ${String(rank)} needs the token ${named(token)}, which is not in the vocabulary.`,
        );
      }
      return id;
    };
    pairs[2 * rank] = idOf(left);
    pairs[2 * rank + 1] = idOf(right);
    merged[rank] = idOf(left + right);
    if (
      byteFallback &&
      (byteOfToken(left) ?? byteOfToken(right) ?? byteOfToken(left + right)) !== undefined
    ) {
      throw unsupported(`merge ${String(rank)} merges single bytes, or makes the token of one.`);
    }
  });
  return { pairs, merged };
}

function listPair(entry: unknown): readonly unknown[] {
  return Array.isArray(entry) ? (entry as readonly unknown[]) : [];
}

/** Otherwise some characters would vanish from the text, and nothing could say which. */
function requireBytes(idsByToken: ReadonlyMap<string, number>, byteFallback: boolean): void {
  for (let byte = 0; byte < 0x100; byte++) {
    const token = byteFallback ? byteTokenOf(byte) : (CHARACTER_OF_BYTE[byte] ?? '');
    if (isByteOfUtf8(byte) && !idsByToken.has(token)) {
      throw unsupported(`its vocabulary lacks ${named(token)}, the token of a byte that texts need.`);
    }
  }
}
