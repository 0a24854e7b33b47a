import assert from 'node:assert/strict';
import { byteTokenIds } from '../../../src/core/tokenizer/byteAlphabet';
import {
  MAX_SCANNED_TOKENS,
  mergeByQueue,
  mergeByScanning,
  mergeOneCharacter,
} from '../../../src/core/tokenizer/bytePairMerging';
import { GPT2_MERGES_BASE64 } from '../../../src/core/tokenizer/generated/gpt2Merges';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { MergeQueue } from '../../../src/core/tokenizer/mergeQueue';
import { MergeTable } from '../../../src/core/tokenizer/mergeTable';
import { rebuildPublishedFiles } from './publishedFiles';
import { RustOracle } from './rustOracle';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

const table = MergeTable.fromBase64(GPT2_MERGES_BASE64);
const byteIds = byteTokenIds();

/**
 * Byte-pair encoding as openai/gpt-2 writes it down, on strings and merges.txt: find the pair learned earliest, join
 * all its occurrences from left to right, start over.
 */
class SlowEncoder {
  private readonly ranks: Map<string, number>;
  private readonly ids: Map<string, number>;
  private readonly characters: readonly string[];

  constructor() {
    const { mergesTxt, vocabJson } = rebuildPublishedFiles();
    this.ranks = new Map(mergesTxt.split('\n').map((line, rank) => [line, rank]));
    this.ids = new Map(Object.entries(JSON.parse(vocabJson) as Record<string, number>));
    // Not in the order of the object: keys that look like numbers come first there.
    this.characters = [...this.ids].sort(([, a], [, b]) => a - b).map(([token]) => token);
  }

  encode(bytes: Uint8Array): number[] {
    let word = Array.from(bytes, (byte) => this.characters[byteIds[byte] ?? -1] ?? '');
    for (;;) {
      const pairs = word.slice(1).map((right, i) => `${word[i] ?? ''} ${right}`);
      const [best] = pairs
        .filter((pair) => this.ranks.has(pair))
        .sort((a, b) => (this.ranks.get(a) ?? 0) - (this.ranks.get(b) ?? 0));
      if (best === undefined) {
        return word.map((token) => this.ids.get(token) ?? Number.NaN);
      }
      const joined: string[] = [];
      for (let i = 0; i < word.length; i++) {
        const isPair = `${word[i] ?? ''} ${word[i + 1] ?? ''}` === best;
        joined.push(isPair ? best.replace(' ', '') : (word[i] ?? ''));
        i += isPair ? 1 : 0;
      }
      word = joined;
    }
  }
}

class CountingQueue extends MergeQueue {
  pushes = 0;
  pops = 0;

  override push(id: number, position: number): void {
    this.pushes++;
    super.push(id, position);
  }

  override pop(): number {
    this.pops++;
    return super.pop();
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const byteTokens = (bytes: Uint8Array): Uint16Array => Uint16Array.from(bytes, (byte) => byteIds[byte] ?? 0);

function byQueue(bytes: Uint8Array, queue = new MergeQueue()): number[] {
  const tokens = byteTokens(bytes);
  return Array.from(tokens.subarray(0, mergeByQueue(tokens, tokens.length, table, queue)));
}

function byScanning(bytes: Uint8Array): number[] {
  const tokens = byteTokens(bytes);
  const scratch = new Uint16Array(MAX_SCANNED_TOKENS);
  return Array.from(tokens.subarray(0, mergeByScanning(tokens, 0, tokens.length, table, scratch)));
}

function ofOneCharacter(bytes: Uint8Array): number[] {
  const tokens = byteTokens(bytes);
  return Array.from(tokens.subarray(0, mergeOneCharacter(tokens, 0, tokens.length, table)));
}

describe('Byte-pair merging', () => {
  const UNITS = ['a', ' ', 'ab', '🍌', 'é', 'aab', '=-', '\n', 'ÃÂ', 'the', '漢', '\0'];

  it('by scanning and by queue equals the slow encoder on runs of every length', () => {
    const slow = new SlowEncoder();
    for (const unit of UNITS) {
      const bytes = utf8(unit.repeat(MAX_SCANNED_TOKENS));
      for (const length of [0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 127, 190]) {
        const part = bytes.subarray(0, length);
        const expected = slow.encode(part);
        assert.deepEqual(byQueue(part), expected, `${unit} × ${length} bytes, by queue`);
        if (part.length <= MAX_SCANNED_TOKENS) {
          assert.deepEqual(byScanning(part), expected, `${unit} × ${length} bytes, by scanning`);
        }
      }
    }
  });

  it('by scanning and by queue equals the slow encoder on seeded bytes and letters', () => {
    const slow = new SlowEncoder();
    const random = seededRandom(30);
    for (let i = 0; i < 600; i++) {
      const alphabet = i % 3 === 0 ? 256 : i % 3 === 1 ? 26 : 3;
      const length = Math.floor(random() * MAX_SCANNED_TOKENS);
      const start = alphabet === 256 ? 0 : 97;
      const bytes = Uint8Array.from({ length }, () => start + Math.floor(random() * alphabet));
      const expected = slow.encode(bytes);
      assert.deepEqual(byScanning(bytes), expected);
      assert.deepEqual(byQueue(bytes), expected);
    }
  });

  it('of at most three tokens equals the scan: all characters of two and three bytes, and letters', () => {
    const letters = Array.from('abcdefghijklmnopqrstuvwxyz =0\n');
    const texts = letters.flatMap((a) =>
      letters.flatMap((b) => [a, a + b, ...letters.map((c) => a + b + c)]),
    );
    for (let codePoint = 0x80; codePoint < 0xd800; codePoint++) {
      texts.push(String.fromCharCode(codePoint));
    }
    for (const text of ['', ...texts]) {
      const bytes = utf8(text);
      assert.deepEqual(ofOneCharacter(bytes), byScanning(bytes), JSON.stringify(text));
    }
  });

  it('leaves what is before and behind the run alone', () => {
    const run = byteTokens(utf8('the'));
    for (const merge of [
      (tokens: Uint16Array): number => mergeOneCharacter(tokens, 2, 3, table),
      (tokens: Uint16Array): number => mergeByScanning(tokens, 2, 3, table, new Uint16Array(3)),
    ]) {
      const tokens = Uint16Array.of(1, 2, ...run, 3, 4);
      assert.equal(merge(tokens), 1);
      assert.deepEqual([...tokens.subarray(0, 3), ...tokens.subarray(5)], [1, 2, 1169, 3, 4]);
    }
  });

  it('takes a number of steps linear in the length of the run', () => {
    for (const unit of UNITS) {
      const bytes = utf8(unit.repeat(20_000));
      const queue = new CountingQueue();
      byQueue(bytes, queue);
      // One candidate for each pair at first, two more for each merge, and fewer merges than bytes.
      assert.ok(
        queue.pushes < 3 * bytes.length,
        `${unit}: ${queue.pushes} candidates of ${bytes.length} bytes`,
      );
      assert.equal(queue.pops, queue.pushes);
      assert.ok(queue.isEmpty);
    }
  });

  it('leaves nothing behind in a queue that is used again', () => {
    const queue = new MergeQueue();
    for (const unit of UNITS) {
      const bytes = utf8(unit.repeat(10_000));
      assert.deepEqual(byQueue(bytes, queue), byQueue(bytes));
    }
  });
});

describe('Runs of 100,000', () => {
  const tokenizer = Gpt2Tokenizer.shared();
  const COUNT = 100_000;
  let oracle: RustOracle;

  before(() => {
    oracle = new RustOracle();
  });

  for (const unit of ['a', ' ', 'ab', '🍌', 'é', '\n', 'ÃÂ']) {
    it(`of ${JSON.stringify(unit)} are encoded as by the Rust library, and come back whole`, async () => {
      const text = unit.repeat(COUNT);
      const actual = tokenizer.encodeWithOffsets(text);
      assert.equal(tokenizer.decode(actual.ids), text);
      const expected = await oracle.encode(text);
      // Not deepEqual: describing a difference of so many numbers would take minutes.
      assert.ok(JSON.stringify(actual.ids) === JSON.stringify(expected.ids), 'ids');
      assert.ok(JSON.stringify(actual.offsets) === JSON.stringify(expected.offsets), 'offsets');
      assert.deepEqual(tokenizer.encode(text).length, actual.ids.length);
    });
  }
});
