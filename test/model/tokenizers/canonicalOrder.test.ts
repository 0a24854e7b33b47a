import assert from 'node:assert/strict';
import { inCanonicalOrder } from '../../../src/model/tokenizers/canonicalOrder';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

/** Marks of many classes, some that decompose, and some that never move (class 0). */
const MARKS = Array.from({ length: 0x20000 }, (_, code) => String.fromCodePoint(code)).filter((character) =>
  /\p{M}/u.test(character),
);

describe('inCanonicalOrder', () => {
  it('changes nothing for whoever normalizes, in any form', () => {
    const random = seededRandom(81);
    for (let i = 0; i < 400; i++) {
      const kinds = Array.from({ length: 1 + Math.floor(random() * 30) }, () => random());
      const run = Array.from({ length: 64 + Math.floor(random() * 200) }, () => {
        const kind = kinds[Math.floor(random() * kinds.length)] ?? 0;
        return MARKS[Math.floor(kind * MARKS.length)] ?? '';
      }).join('');
      const text = `e${run}x\u0301${run}`;
      for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) {
        assert.equal(inCanonicalOrder(text).normalize(form), text.normalize(form), JSON.stringify(run));
      }
    }
  });

  it('leaves nothing to sort in long runs, so that sorting them takes no long time', () => {
    for (const run of ['\u0301\u0316', '\u0345\u0301\u0334', '\u0344\u0316', '\u0301\u0903\u0316\u0301']) {
      const text = `a${run.repeat(20_000)}`;
      const ordered = inCanonicalOrder(text);
      // Two marks are in order if they stay as they are, by themselves.
      const marks = Array.from(ordered).slice(1);
      const pairs = new Set(marks.slice(1).map((mark, i) => `${marks[i] ?? ''}${mark}`));
      assert.deepEqual(
        [...pairs].filter((pair) => pair.normalize('NFD') !== pair),
        [],
      );
    }
  });

  it('leaves texts alone that have no long runs', () => {
    const text = `a\u0301\u0316 ${'\u0301\u0316'.repeat(31)} e\u0301`;
    assert.equal(inCanonicalOrder(text), text);
  });
});
