import assert from 'node:assert/strict';
import { UsedModels } from '../../../../src/editor/session/usedModels';
import { MemoryState } from './memoryState';

describe('the models that were used before', () => {
  it('are remembered across windows, each once, the last first', async () => {
    const state = new MemoryState();
    for (const path of ['/a', '/b', '/a']) {
      await new UsedModels(state as never).remember(path);
    }
    assert.deepEqual(new UsedModels(state as never).paths, ['/a', '/b']);
  });

  it('are no more than a picker needs', async () => {
    const used = new UsedModels(new MemoryState() as never);
    for (let number = 0; number < 15; number++) {
      await used.remember(`/${number}`);
    }
    assert.equal(used.paths.length, 10);
    assert.equal(used.paths[0], '/14');
  });

  it('are none where what is kept is anything else', async () => {
    const state = new MemoryState();
    for (const value of ['/a', { 0: '/a' }, null, 7]) {
      await state.update('tokenscope.usedModels', value);
      assert.deepEqual(new UsedModels(state as never).paths, []);
    }
    const mixed = [7, '', null, '/a\0b', ['/a'], 'x'.repeat(5000), '/good', '/good'];
    await state.update('tokenscope.usedModels', mixed);
    assert.deepEqual(new UsedModels(state as never).paths, ['/good']);
  });
});
