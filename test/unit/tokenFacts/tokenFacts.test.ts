import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { mergesOf, mergeTree, type MergeNode } from '../../../src/core/tokenFacts/mergeTree';
import { spellingVariants } from '../../../src/core/tokenFacts/spellingVariants';
import { tokenFacts } from '../../../src/core/tokenFacts/tokenFacts';
import { END_OF_TEXT_ID, Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { MergeTable } from '../../../src/core/tokenizer/mergeTable';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { rebuildPublishedFiles } from '../tokenizer/publishedFiles';
import { RustOracle } from '../tokenizer/rustOracle';

const tokenizer = Gpt2Tokenizer.shared();
const merges = mergesOf(tokenizer);
assert.ok(merges !== undefined);

/** Byte-pair encoding as the paper tells it, on the strings of the published files: the best pair, leftmost, again and again. */
class NaiveBytePairEncoding {
  private readonly ranks = new Map<string, number>();
  readonly idOf: ReadonlyMap<string, number>;
  readonly spelled: readonly string[];

  constructor() {
    const { mergesTxt, vocabJson } = rebuildPublishedFiles();
    mergesTxt
      .split('\n')
      .slice(1, -1)
      .forEach((line, rank) => this.ranks.set(line, rank));
    const entries = Object.entries(JSON.parse(vocabJson) as Record<string, number>);
    this.idOf = new Map(entries);
    const spelled: string[] = [];
    for (const [text, id] of entries) {
      spelled[id] = text;
    }
    this.spelled = spelled;
  }

  /** Each step as [rank, left, right, result, first byte]. */
  steps(text: string): (readonly number[])[] {
    let parts = Array.from(text);
    const steps: (readonly number[])[] = [];
    for (;;) {
      let best = Infinity;
      let at = -1;
      for (let i = 0; i + 1 < parts.length; i++) {
        const rank = this.ranks.get(`${parts[i] ?? ''} ${parts[i + 1] ?? ''}`) ?? Infinity;
        if (rank < best) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) {
        return steps;
      }
      const [left = '', right = ''] = parts.slice(at, at + 2);
      const id = (part: string): number => this.idOf.get(part) ?? -1;
      steps.push([
        best,
        id(left),
        id(right),
        id(left + right),
        Array.from(parts.slice(0, at).join('')).length,
      ]);
      parts = [...parts.slice(0, at), left + right, ...parts.slice(at + 2)];
    }
  }
}

function leaves(node: MergeNode): MergeNode[] {
  return node.joined === undefined ? [node] : [...leaves(node.joined.left), ...leaves(node.joined.right)];
}

describe('merge tree', () => {
  it('holds, for every token, the steps of naive byte-pair encoding in their order', () => {
    const naive = new NaiveBytePairEncoding();
    for (let id = 0; id < END_OF_TEXT_ID; id++) {
      const { root, steps } = mergeTree(id, merges);
      const actual = steps.map(({ id: made, start, joined: { left, right, rank } }) => [
        rank,
        left.id,
        right.id,
        made,
        start,
      ]);
      const expected = naive.steps(naive.spelled[id] ?? '');
      if (JSON.stringify(actual) !== JSON.stringify(expected)) {
        assert.deepEqual(actual, expected, `token ${id}`);
      }
      assert.equal(root.id, id);
    }
  });

  it('covers the bytes of the token, in the tree and in each part', () => {
    for (let id = 0; id < END_OF_TEXT_ID; id += 7) {
      const bytes = tokenizer.tokenBytes(id);
      const { root, steps } = mergeTree(id, merges);
      assert.deepEqual([root.start, root.end], [0, bytes.length]);
      assert.equal(steps.length, bytes.length - 1);
      for (const { id: part, start, end } of [...steps, ...leaves(root)]) {
        assert.deepEqual(tokenizer.tokenBytes(part), bytes.slice(start, end));
      }
    }
  });

  it('refuses ids that no merge makes', () => {
    for (const id of [-1, 0.5, END_OF_TEXT_ID, NaN]) {
      assert.throws(() => mergeTree(id, merges), RangeError);
    }
    // Bytes of "ab" and "abab" in a table of its own: ids 64, 65 → 256, 256, 256 → 257.
    const own = mergeTree(257, new MergeTable(Uint16Array.of(64, 65, 256, 256)));
    assert.deepEqual(
      own.steps.map(({ id, start, end }) => [id, start, end]),
      [
        [256, 0, 2],
        [256, 2, 4],
        [257, 0, 4],
      ],
    );
  });
});

describe('token facts', () => {
  it('tell which tokens their text gives back, as the Rust library does', async () => {
    const oracle = new RustOracle();
    let untypable = 0;
    for (let id = 0; id < tokenizer.vocabularySize; id++) {
      const {
        text,
        bytes,
        roundTrip,
        isByteFragment,
        isSpecial,
        mergeTree: tree,
        variants,
      } = tokenFacts(id, tokenizer);
      const { ids } = await oracle.encode(text);
      assert.equal(roundTrip.ids.join(), ids.join(), `token ${id}`);
      assert.equal(roundTrip.isSame, ids.length === 1 && ids[0] === id);
      untypable += roundTrip.isSame ? 0 : 1;
      assert.equal(text, Buffer.from(bytes).toString('utf8'));
      assert.equal(isByteFragment, !isUtf8(bytes), `token ${id}`);
      assert.equal(isSpecial, id === END_OF_TEXT_ID);
      assert.equal(tree?.root.id, isSpecial ? undefined : id);
      assert.ok(!isByteFragment || (variants.length === 0 && !roundTrip.isSame));
    }
    // The byte fragments and <|endoftext|>: whatever else GPT-2 has, its text gives back.
    assert.equal(untypable, 345);
  });

  it('know the end of the text as a special token', () => {
    const { text, isSpecial, mergeTree: tree, variants, roundTrip } = tokenFacts(END_OF_TEXT_ID, tokenizer);
    assert.deepEqual(
      { text, isSpecial, tree, variants },
      { text: '<|endoftext|>', isSpecial: true, tree: undefined, variants: [] },
    );
    assert.equal(roundTrip.isSame, false);
  });

  it('do without a merge tree where the merges are not known', () => {
    const other: Tokenizer = {
      name: 'other',
      vocabularySize: 2,
      encode: () => [0],
      encodeWithOffsets: () => ({ ids: [0], offsets: [[0, 1]] }),
      decode: () => 'a',
      hasToken: (id) => id === 0,
      tokenBytes: (id) => (id === 0 ? Uint8Array.of(97) : new Uint8Array()),
    };
    assert.equal(tokenFacts(0, other).mergeTree, undefined);
    assert.equal(tokenFacts(0, other).roundTrip.isSame, true);
    const hole = tokenFacts(1, other);
    assert.deepEqual([hole.text, hole.variants, hole.isByteFragment], ['', [], false]);
  });

  it('refuse ids outside the vocabulary', () => {
    assert.throws(() => tokenFacts(tokenizer.vocabularySize, tokenizer), RangeError);
  });
});

describe('spelling variants', () => {
  it('list each way to write the word once, with its tokens', async () => {
    const oracle = new RustOracle();
    for (const [text, spellings] of [
      [' strawberries', ['strawberries', 'STRAWBERRIES', 'Strawberries']],
      ['iPhone', ['iPhone', 'iphone', 'IPHONE', 'Iphone']],
      ['MIKE', ['MIKE', 'mike', 'Mike']],
      ['42', ['42']],
      ['ß', ['ß', 'SS']],
      ['ǆ', ['ǆ', 'Ǆ']],
    ] as const) {
      const variants = spellingVariants(text, tokenizer);
      assert.deepEqual(
        variants.map((variant) => variant.text),
        spellings.flatMap((spelling) => [spelling, ` ${spelling}`]),
      );
      for (const { text: written, ids, id } of variants) {
        assert.deepEqual(ids, (await oracle.encode(written)).ids);
        assert.equal(id, ids.length === 1 ? ids[0] : undefined);
      }
    }
    // As published: Mike 16073, " Mike" 4995.
    const single = new Map(spellingVariants('mike', tokenizer).map(({ text, id }) => [text, id]));
    assert.deepEqual([single.get('Mike'), single.get(' Mike')], [16073, 4995]);
    assert.deepEqual(spellingVariants(' ', tokenizer), []);
    assert.deepEqual(spellingVariants('', tokenizer), []);
  });
});
