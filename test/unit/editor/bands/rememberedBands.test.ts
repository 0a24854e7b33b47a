import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { RememberedBands } from '../../../../src/editor/bands/rememberedBands';
import { MemoryState } from '../session/memoryState';

const file = (name: string) => new URL(`file:///${name}`) as unknown as vscode.Uri;
const open = (state: MemoryState): RememberedBands => new RememberedBands(state);

describe('remembered bands', () => {
  it('are kept for each file, on or off', async () => {
    const state = new MemoryState();
    const remembered = open(state);
    assert.equal(remembered.hasSomeOn, false);
    await remembered.remember(file('a'), true);
    await remembered.remember(file('b'), false);
    const later = open(state);
    assert.deepEqual(
      ['a', 'b', 'c'].map((name) => later.of(file(name))),
      [true, false, undefined],
    );
    assert.equal(later.hasSomeOn, true);
    await later.remember(file('a'), false);
    assert.equal(open(state).hasSomeOn, false);
  });

  it('are bounded: those that were switched longest ago are forgotten', async () => {
    const state = new MemoryState();
    const remembered = open(state);
    await remembered.remember(file('first'), true);
    await remembered.remember(file('second'), true);
    await remembered.remember(file('first'), true);
    for (let index = 0; index < 199; index++) {
      await remembered.remember(file(String(index)), true);
    }
    assert.equal(open(state).of(file('first')), true);
    assert.equal(open(state).of(file('second')), undefined);
    await remembered.remember(file('x'.repeat(2_001)), true);
    assert.equal(open(state).of(file('x'.repeat(2_001))), undefined);
  });

  it('are none where the kept value is not ours, and those of it that are', async () => {
    const state = new MemoryState();
    for (const value of ['no', 7, { a: true }, [1, ['file:///a'], ['file:///a', 'on'], [true, true]]]) {
      await state.update('tokenscope.bandsOfFiles', value);
      assert.equal(open(state).hasSomeOn, false);
    }
    await state.update('tokenscope.bandsOfFiles', [null, ['file:///a', true]]);
    assert.equal(open(state).of(file('a')), true);
  });
});
