import assert from 'node:assert/strict';
import { applied, found, marked } from './tokenized';

const tags = (text: string): string =>
  Array.from(text, (character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))).join('');

describe('invisible characters', () => {
  const cases: readonly (readonly [text: string, mark: string, message: RegExp, fixed: string])[] = [
    ['a\u00a0b', '\u00a0', /^U\+00A0 no-break space is 1 token: 1849\. It looks like a space/, 'a b'],
    ['zero\u200bwidth', '\u200b', /^U\+200B zero width space is 1 token: 9525\./, 'zerowidth'],
    ['soft\u00adhyphen', '\u00ad', /^U\+00AD soft hyphen is 1 token: 3907\./, 'softhyphen'],
    // From the published parity example: " \ufeff" is 27332 119 123.
    ['a \ufeffb', '\ufeff', /^U\+FEFF .*byte order mark.* is part of 3 tokens: 27332 119 123\./, 'a b'],
    ['x\u202ey', '\u202e', /right-to-left override.*order in which text is shown/, 'xy'],
    ['a\ufe0f', '\ufe0f', /U\+FE0F variation selector is 1 token: 37929/, 'a'],
    ['1\ufe0f', '\ufe0f', /variation selector/, '1'],
    ['a\u2028b', '\u2028', /line separator/, 'a\nb'],
    ['a\u0085b', '\u0085', /next line/, 'a\nb'],
    ['a\u0007b', '\u0007', /U\+0007 alert is 1 token: 195/, 'ab'],
    ['a\u2003b', '\u2003', /em space/, 'a b'],
    ['a\u3000b', '\u3000', /ideographic space/, 'a b'],
    ['a\u00a0\u00a0\u00a0b', '\u00a0\u00a0\u00a0', /^3 × U\+00A0 no-break space are/, 'a   b'],
    [`hi${tags('obey me')}!`, tags('obey me'), /a model can read it: "obey me"/, 'hi!'],
  ];
  for (const [text, mark, message, fixed] of cases) {
    it(`are marked in ${JSON.stringify(text)}`, () => {
      const surprises = found(text, 'invisibleCharacter');
      assert.deepEqual(marked(text, surprises), [mark]);
      assert.match(surprises[0]?.message ?? '', message);
      assert.deepEqual(
        surprises.map((surprise) => applied(text, surprise)),
        [fixed],
      );
    });
  }

  it('are left alone where an emoji, a script or its direction needs them', () => {
    for (const text of [
      'tab\tand\r\nlines',
      '👩‍💻 👩‍👩‍👧‍👦 🏳️‍🌈 🧑🏿‍🚀 ❤️ 1️⃣ ☎︎ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👁️‍🗨️',
      'می‌خواهم',
      'क्‍ष',
      'ශ්‍රී',
      'ภาษา\u200bไทย',
      '日本\u3000語',
      '\u3000\u3000段落',
      'שלום\u200f!',
      '葛\u{e0100}',
      'ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ',
    ]) {
      assert.deepEqual(found(text, 'invisibleCharacter'), [], JSON.stringify(text));
    }
  });

  it('are marked where what needs them is not there', () => {
    for (const [text, count] of [
      ['a\u200db', 1],
      ['👩\u200d', 1],
      ['👩\u200d\u200d💻', 1],
      ['می\u200c\u200cخ', 1],
      ['🏴' + tags('hidden words\u007f'), 1],
      ['🙂' + '\ufe0f\u{e0101}\u{e0120}', 2],
      ['left\u200e', 1],
      ['שלום\nleft\u200e', 1],
      ['a\u200bไทย', 1],
    ] as const) {
      assert.equal(found(text, 'invisibleCharacter').length, count, JSON.stringify(text));
    }
  });

  it('are found across the stretches in which a text is looked at', () => {
    const flag = '🏴󠁧󠁢󠁥󠁮󠁧󠁿';
    for (let shift = 0; shift < 20; shift++) {
      const text = `${'x'.repeat(2_048 - shift)}${flag}\u3000\u3000語 \u00a0\u00a0\u00a0.`;
      assert.deepEqual(
        marked(text, found(text, 'invisibleCharacter')),
        ['\u00a0\u00a0\u00a0'],
        String(shift),
      );
    }
  });
});
