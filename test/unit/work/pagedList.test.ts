import assert from 'node:assert/strict';
import { PagedList } from '../../../src/core/work/pagedList';

describe('a list in pages', () => {
  it('holds what an array would, over several pages', () => {
    const list = new PagedList<string>();
    const array: string[] = [];
    assert.equal(list.length, 0);
    assert.deepEqual(list.toArray(), []);
    for (let i = 0; i < 12_289; i++) {
      assert.equal(list.length, i);
      list.push(String(i));
      array.push(String(i));
    }
    assert.deepEqual(list.toArray(), array);
    for (const index of [0, 4_095, 4_096, 8_191, 8_192, 12_287, 12_288]) {
      assert.equal(list.at(index), array[index]);
    }
  });
});
