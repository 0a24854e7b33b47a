import assert from 'node:assert/strict';
import { PreTokenizer } from '../../../src/core/tokenizer/preTokenizer';
import { publishedPreTokens } from './publishedPattern';
import { seededTexts } from './seededTexts';

const preTokenizer = new PreTokenizer();

function preTokens(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = preTokenizer.end(text, at, text.length);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

describe('PreTokenizer', () => {
  it('equals the published pattern on 20,000 seeded texts', () => {
    for (const text of seededTexts(20_000, 40)) {
      assert.deepEqual(preTokens(text), publishedPreTokens(text), JSON.stringify(text));
    }
  });

  it('leaves one space of a run to the word that follows', () => {
    assert.deepEqual(preTokens('a   b\n\nc  '), ['a', '  ', ' b', '\n', '\n', 'c', '  ']);
  });

  it('splits contractions in lower case only, and only those it knows', () => {
    assert.deepEqual(preTokens("it's they'll I'M don'x"), [
      'it',
      "'s",
      ' they',
      "'ll",
      ' I',
      "'",
      'M',
      ' don',
      "'",
      'x',
    ]);
    assert.deepEqual(preTokens("'string 's !'s '"), ["'s", 'tring', " '", 's', " !'", 's', " '"]);
    assert.deepEqual(preTokens("'r"), ["'", 'r']);
    assert.deepEqual(preTokens("'l'"), ["'", 'l', "'"]);
  });

  it('never looks beyond the limit', () => {
    const text = "x'll  y";
    assert.equal(preTokenizer.end(text, 1, 3), 2);
    assert.equal(preTokenizer.end(text, 1, 4), 4);
    assert.equal(preTokenizer.end(text, 4, 5), 5);
    assert.equal(preTokenizer.end(text, 4, 6), 6);
    assert.equal(preTokenizer.end(text, 4, 7), 5);
  });
});
