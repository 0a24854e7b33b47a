import { setImmediate as nextTurn } from 'node:timers/promises';
import { CHARACTER_OF_BYTE } from './alignedText';
import { flagOf, isObject, type JsonObject, malformed, named, objectOf, unsupported } from './documentFields';

/** Ids are below this. The largest published vocabularies have about a million tokens; holes cost memory. */
export const MAX_VOCABULARY_SIZE = 1 << 21;

/** Entries that are checked before others get their turn: about ten milliseconds. */
const ENTRIES_A_TURN = 16_384;

/** All bytes but those that no UTF-8 text holds (Unicode Standard, table 3-7). */
const isByteOfUtf8 = (byte: number): boolean => byte < 0xc0 || (byte > 0xc1 && byte < 0xf5);

/** The `model` of a tokenizer.json, checked: byte-pair encoding that can express every text. */
export interface BpeModel {
  readonly type: 'BPE';
  /** Token id by token, as the file has it. */
  readonly vocab: Readonly<Record<string, number>>;
  /** Pairs of tokens, the first to merge first. */
  readonly merges: [string, string][];
  readonly byte_fallback: boolean;
  readonly ignore_merges: boolean;
}

export interface CheckedModel {
  readonly model: BpeModel;
  readonly idsByToken: ReadonlyMap<string, number>;
}

/**
 * Checks the model, letting others have a turn now and then: large vocabularies have a quarter million entries and twice
 * as many merges.
 *
 * @param isByteLevel Whether the pre-tokenizer hands out bytes; else the model must fall back to bytes itself.
 * @throws {TokenizerDocumentError}
 */
export async function readBpeModel(value: unknown, isByteLevel: boolean): Promise<CheckedModel> {
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
  const vocab = objectOf(value.vocab, 'the vocabulary');
  const idsByToken = await readVocabulary(vocab);
  const merges = await readMerges(value.merges, idsByToken, byteFallback);
  requireBytes(idsByToken, byteFallback);
  const model: BpeModel = {
    type: 'BPE',
    vocab: vocab as Readonly<Record<string, number>>,
    merges,
    byte_fallback: byteFallback,
    ignore_merges: flagOf(value.ignore_merges, '"ignore_merges"', false),
  };
  return { model, idsByToken };
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

async function readVocabulary(vocab: JsonObject): Promise<Map<string, number>> {
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
    if (idsByToken.size % ENTRIES_A_TURN === 0) {
      await nextTurn();
    }
  }
  if (idsByToken.size === 0) {
    throw malformed('the vocabulary is empty.');
  }
  return idsByToken;
}

async function readMerges(
  value: unknown,
  idsByToken: ReadonlyMap<string, number>,
  byteFallback: boolean,
): Promise<[string, string][]> {
  if (!Array.isArray(value)) {
    throw malformed('the merges are not a list.');
  }
  const merges: [string, string][] = [];
  for (const entry of value as readonly unknown[]) {
    const [left, right, ...more] = typeof entry === 'string' ? entry.split(' ') : listPair(entry);
    if (typeof left !== 'string' || typeof right !== 'string' || more.length > 0 || !left || !right) {
      throw malformed(`merge ${String(merges.length)} is not a pair of tokens.`);
    }
    if (!idsByToken.has(left) || !idsByToken.has(right) || !idsByToken.has(left + right)) {
      const unknown = [left, right, left + right].find((token) => !idsByToken.has(token)) ?? '';
      throw malformed(
        `merge ${String(merges.length)} needs the token ${named(unknown)}, which is not in the vocabulary.`,
      );
    }
    if (byteFallback && (byteOfToken(left) ?? byteOfToken(right)) !== undefined) {
      throw unsupported(`merge ${String(merges.length)} merges single bytes.`);
    }
    merges.push([left, right]);
    if (merges.length % ENTRIES_A_TURN === 0) {
      await nextTurn();
    }
  }
  return merges;
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
