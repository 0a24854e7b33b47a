import assert from 'node:assert/strict';
import { columnsOf, foldedText, labelText, shortText } from '../../../../src/core/query/mapLabels/labelText';

describe('labelText', () => {
  it('leaves out the space around a token, whether it is one or a sign for one', () => {
    assert.equal(labelText(' London'), 'London');
    assert.equal(labelText('␣London'), 'London');
    assert.equal(labelText('␣␣␣'), '');
    assert.equal(labelText(' \n\t'), '');
    assert.equal(labelText(''), '');
    assert.equal(labelText('a b'), 'a b');
  });

  it('cuts what is longer than 18 characters, between characters', () => {
    assert.equal(labelText(' internationalizat'), 'internationalizat');
    assert.equal(labelText('rawdownloadcloneembedreportprint'), 'rawdownloadclonee…');
    assert.equal(labelText('😀'.repeat(18)), '😀'.repeat(18));
    assert.equal(labelText('😀'.repeat(19)), `${'😀'.repeat(17)}…`);
  });
});

describe('shortText', () => {
  it('keeps the sign for a space, and cuts what is longer than 18 characters', () => {
    assert.equal(shortText('␣London'), '␣London');
    assert.equal(shortText('ÃÂ'.repeat(64)), `${'ÃÂ'.repeat(8)}Ã…`);
    assert.equal(shortText(`␣${'-'.repeat(66)}`), `␣${'-'.repeat(16)}…`);
  });
});

describe('foldedText', () => {
  it('is the same for spellings with and without space and in any case', () => {
    assert.equal(new Set([' london', 'London', '␣LONDON', 'london '].map(foldedText)).size, 1);
    assert.notEqual(foldedText('Lon don'), foldedText('London'));
  });
});

describe('columnsOf', () => {
  it('counts two columns for what fonts draw wide', () => {
    assert.equal(columnsOf('London'), 6);
    assert.equal(columnsOf('Zürich'), 6);
    assert.equal(columnsOf('の'), 2);
    assert.equal(columnsOf('龍喚士'), 6);
    assert.equal(columnsOf('a😀'), 3);
  });
});
