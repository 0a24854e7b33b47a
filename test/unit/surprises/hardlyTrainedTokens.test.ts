import assert from 'node:assert/strict';
import { found, marked, tokenizer } from './tokenized';

describe('marks of hardly trained tokens', () => {
  it('stand on each of them, without the space before a word', () => {
    const [id = -1] = tokenizer.encode(' SolidGoldMagikarp');
    assert.equal(id, 43453);
    const text = `a SolidGoldMagikarp ${'word '.repeat(2_000)} SolidGoldMagikarp.`;
    const surprises = found(text, 'hardlyTrained', { hardlyTrained: new Map([[id, 'It was measured.']]) });
    assert.deepEqual(marked(text, surprises), ['SolidGoldMagikarp', 'SolidGoldMagikarp']);
    assert.equal(surprises[0]?.message, 'Token 43453, ␣SolidGoldMagikarp: It was measured.');
    assert.equal(surprises[0].start, 2);
  });

  it('are none where no token is', () => {
    assert.deepEqual(found('a SolidGoldMagikarp', 'hardlyTrained'), []);
  });
});
