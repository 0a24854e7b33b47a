import assert from 'node:assert/strict';
import { mergeByRank } from '../../../src/core/tokenizer/tables/mergeByRank';
import { NO_RANK, RankedMerges } from '../../../src/core/tokenizer/tables/rankedMerges';
import { VocabularyTable } from '../../../src/core/tokenizer/tables/vocabularyTable';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

describe('a vocabulary in flat memory', () => {
  const spellings = ['', undefined, 'a', 'ab', 'b', undefined, '😀', '\ud83d', 'toString', '__proto__', 'ba'];
  const table = new VocabularyTable(structuredClone(VocabularyTable.dataOf(spellings, 7)));

  it('knows each spelling by id, and that an id has none', () => {
    assert.equal(table.size, spellings.length);
    assert.deepEqual(
      Array.from({ length: spellings.length + 2 }, (_, id) => table.spellingOf(id)),
      [...spellings, undefined, undefined],
    );
    assert.equal(table.spellingOf(-1), undefined);
    assert.equal(table.spellingOf(0.5), undefined);
  });

  it('knows how long each spelling is, also one that is longer than a call may have parameters', () => {
    spellings.forEach((spelling, id) => {
      assert.equal(table.lengthOf(id), spelling?.length ?? 0);
    });
    const long = 'ab😀'.repeat(100_000);
    const withLong = new VocabularyTable(VocabularyTable.dataOf(['x', long, 'y'], 7));
    assert.deepEqual(
      [withLong.spellingOf(1), withLong.lengthOf(1), withLong.idOf(long)],
      [long, long.length, 1],
    );
    assert.equal(withLong.spellingOf(2), 'y');
  });

  it('knows each id by spelling, also of a part of a text', () => {
    spellings.forEach((spelling, id) => {
      assert.equal(
        spelling === undefined ? undefined : table.idOf(spelling),
        spelling === undefined ? undefined : id,
      );
    });
    for (const unknown of ['c', 'abb', 'A', 'constructor', '\ude00']) {
      assert.equal(table.idOf(unknown), undefined);
    }
    assert.equal(table.idOf('xabx', 1, 3), 3);
    assert.equal(table.idOf('xabx', 1, 1), 0);
  });

  it('agrees with a Map on many random words, whatever the seed', () => {
    const random = seededRandom(3);
    const word = (): string =>
      Array.from({ length: Math.floor(random() * 4) }, () => 'abc'[Math.floor(random() * 3)]).join('');
    for (const seed of [0, 1, 0xffffffff]) {
      const words = [...new Set(Array.from({ length: 60 }, word))];
      const byWord = new Map(words.map((each, id) => [each, id]));
      const found = new VocabularyTable(VocabularyTable.dataOf(words, seed));
      for (let attempt = 0; attempt < 500; attempt++) {
        const asked = word();
        assert.equal(found.idOf(asked), byWord.get(asked));
      }
    }
  });
});

/** Merges as the definition says: the lowest rank, leftmost; look at everything again; a later merge of the same pair counts. */
function mergedNaively(
  tokens: readonly number[],
  merges: readonly (readonly [number, number, number])[],
): number[] {
  const run = [...tokens];
  for (;;) {
    let best: { readonly rank: number; readonly at: number } | undefined;
    for (let at = 0; at + 1 < run.length; at++) {
      const rank = merges.map(([left, right]) => left === run[at] && right === run[at + 1]).lastIndexOf(true);
      if (rank >= 0 && (best === undefined || rank < best.rank)) {
        best = { rank, at };
      }
    }
    if (best === undefined) {
      return run;
    }
    run.splice(best.at, 2, merges[best.rank]![2]);
  }
}

describe('merging by rank', () => {
  const IDS = 9;

  it('does what the definition says, for merges in any order, short runs and long ones', () => {
    const random = seededRandom(11);
    const below = (limit: number): number => Math.floor(random() * limit);
    for (let round = 0; round < 300; round++) {
      // Any three ids: tokens that come from several merges, merges that rank before their parts, pairs that stand twice.
      const list = Array.from({ length: 1 + below(20) }, () => [below(IDS), below(IDS), below(IDS)] as const);
      const merges = new RankedMerges(
        structuredClone(
          RankedMerges.dataOf(
            Uint32Array.from(list.flatMap(([left, right]) => [left, right])),
            Uint32Array.from(list.map(([, , merged]) => merged)),
            round,
          ),
        ),
      );
      for (const length of [0, 1, 2, 5, 64, 65, 200]) {
        const run = Array.from({ length }, () => below(IDS));
        const tokens = Uint32Array.from(run);
        const count = mergeByRank(tokens, length, merges);
        assert.deepEqual([...tokens.subarray(0, count)], mergedNaively(run, list));
      }
    }
  });

  it('looks pairs up by both ids', () => {
    const merges = new RankedMerges(
      RankedMerges.dataOf(Uint32Array.of(1, 2, 2_000_000, 1), Uint32Array.of(3, 4), 5),
    );
    assert.deepEqual(
      [merges.rankOf(1, 2), merges.rankOf(2, 1), merges.rankOf(2_000_000, 1), merges.rankOf(1, 1)],
      [0, NO_RANK, 1, NO_RANK],
    );
    assert.equal(merges.mergedId(1), 4);
  });
});
