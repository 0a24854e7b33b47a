import assert from 'node:assert/strict';
import { allowedRows, FilteredVocabulary } from '../../../../src/core/query/filters/allowedRows';
import { TokenPrefixIndex } from '../../../../src/core/query/formula/tokenPrefixIndex';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import { QueryCompletions } from '../../../../src/editor/vocabulary/queryCompletions';
import { SlicedPrefixIndex } from '../../../../src/editor/vocabulary/slicedPrefixIndex';
import { VocabularyFilters } from '../../../../src/editor/vocabulary/vocabularyFilters';
import { NO_FILTER, type FilterView } from '../../../../src/protocol/panelSnapshot';

const tokenizer = Gpt2Tokenizer.shared();

describe('rows that a filter lets through', () => {
  const filters = new VocabularyFilters();
  const whole = new FilteredVocabulary(tokenizer);

  it('are the same in slices as of the whole vocabulary, with rows beyond it too', async () => {
    const asked: Partial<FilterView>[] = [
      { space: 'with' },
      { space: 'without', wordLike: true },
      { hideByteFragments: true },
      { text: 'Mik' },
      { text: ' mik', wordLike: true, hideByteFragments: true },
    ];
    for (const part of asked) {
      for (const rowCount of [50_257, 50_304, 1_000, 512]) {
        for (const excludeIds of [[], [5, 1_000, 50_256, 90_000]]) {
          const filter = { ...NO_FILTER, ...part };
          const rows = await filters.allowed(tokenizer, filter, rowCount, excludeIds);
          const expected = allowedRows({ ...filter, excludeIds }, whole, rowCount);
          // A row count at which all pass has no bitmap of the core's.
          assert.deepEqual(rows ?? expected, expected ?? rows, JSON.stringify([part, rowCount, excludeIds]));
        }
      }
    }
  });

  it('are all where nothing is asked of them, whatever they are to score', async () => {
    assert.equal(
      await filters.allowed(tokenizer, { ...NO_FILTER, minimumScore: 0.5 }, 50_257, []),
      undefined,
    );
    const rows = await filters.allowed(tokenizer, NO_FILTER, 64, [3]);
    assert.deepEqual(rows, Uint32Array.of(0xfffffff7, 0xffffffff));
  });

  it('are remembered, and not changed by what is left out', async () => {
    const filter: FilterView = { ...NO_FILTER, space: 'with' };
    const [id] = tokenizer.encode(' king');
    const bit = (rows: Uint32Array | undefined): number => (rows![id! >> 5]! >>> (id! & 31)) & 1;
    assert.equal(bit(await filters.allowed(tokenizer, filter, 50_257, [id!])), 0);
    assert.equal(bit(await filters.allowed(tokenizer, filter, 50_257, [])), 1);
  });

  it('are not computed to the end when nobody waits any more', async () => {
    const reason = new Error('another query');
    await assert.rejects(
      new VocabularyFilters().allowed(
        tokenizer,
        { ...NO_FILTER, wordLike: true },
        50_257,
        [],
        AbortSignal.abort(reason),
      ),
      reason,
    );
  });

  it('let others run meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await new VocabularyFilters().allowed(tokenizer, { ...NO_FILTER, wordLike: true }, 50_257, []);
    clearInterval(timer);
    assert.ok(turns > 0);
  });
});

describe('completions of the query line', () => {
  it('are found in slices as in the whole vocabulary', async () => {
    const sliced = await SlicedPrefixIndex.create(tokenizer);
    const whole = new TokenPrefixIndex(tokenizer);
    for (const prefix of ['', 'Mi', 'mike', 'é', 'zzzz', '(', ' ']) {
      for (const space of ['any', 'with', 'without'] as const) {
        assert.deepEqual(sliced.search(prefix, 30, space), whole.search(prefix, 30, space), prefix);
      }
    }
  });

  it('replace the word at the cursor', async () => {
    const found = await new QueryCompletions().of(tokenizer, 'king - Mik', 10, 'bare');
    const mike = found.find(({ insert }) => insert === 'Mike');
    assert.deepEqual([mike?.start, mike?.end, mike?.token.id], [7, 10, 16_073]);
    assert.ok(found.some(({ insert, token }) => insert === '" Mike"' && token.id === 4_995));
    assert.deepEqual(await new QueryCompletions().of(tokenizer, 'king - ', 7, 'bare'), []);
  });
});
