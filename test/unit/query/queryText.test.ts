import assert from 'node:assert/strict';
import { meanTerms } from '../../../src/core/query/meanTerms';
import { parseQueryText } from '../../../src/core/query/queryText';

describe('query line', () => {
  it('takes a word as a word, without the white space around it', () => {
    assert.deepEqual(parseQueryText('  banana '), { kind: 'word', text: 'banana' });
  });

  it('takes # and digits as a token id', () => {
    assert.deepEqual(parseQueryText(' #16073 '), { kind: 'id', id: 16073 });
  });

  it('takes other things with # as words', () => {
    for (const text of ['#', '#12a', '##12', '#-1', '#1234567890']) {
      assert.deepEqual(parseQueryText(text), { kind: 'word', text });
    }
  });

  it('keeps the spaces of a quoted string', () => {
    assert.deepEqual(parseQueryText('" Mike"'), { kind: 'literal', text: ' Mike' });
    assert.deepEqual(parseQueryText('"  "'), { kind: 'literal', text: '  ' });
  });

  it('takes quotes that enclose nothing as the word that they are', () => {
    assert.deepEqual(parseQueryText('""'), { kind: 'word', text: '""' });
    assert.deepEqual(parseQueryText('"'), { kind: 'word', text: '"' });
  });

  it('has nothing to search in an empty line', () => {
    assert.equal(parseQueryText(''), undefined);
    assert.equal(parseQueryText(' \n'), undefined);
  });
});

describe('mean of tokens', () => {
  it('weighs each token alike, and the weights sum to one', () => {
    const terms = meanTerms([3820, 2271, 3820]);
    assert.deepEqual(
      terms.map(({ id }) => id),
      [3820, 2271, 3820],
    );
    assert.ok(Math.abs(terms.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-15);
  });
});
