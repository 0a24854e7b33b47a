import assert from 'node:assert/strict';
import { shownName, shownPath, shownText } from '../../../src/core/foreignText/shownText';
import { visibleJson, visibleText } from '../../../src/core/foreignText/visibleText';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

/** Letters, marks that act, halves of pairs, emoji, and the brackets of our own signs. */
const PIECES = [
  'a',
  'ß',
  '語',
  '\u202e',
  '\u200b',
  '\u0000',
  '\n',
  '\r',
  '\u2028',
  '\ud83d',
  '\udc4d',
  '👍',
  '‹',
  '›',
];

function seededText(random: () => number, longest: number): string {
  const length = Math.floor(random() * longest);
  return Array.from({ length }, () => PIECES[Math.floor(random() * PIECES.length)]).join('');
}

describe('text that is not ours', () => {
  const shown: readonly (readonly [text: string, visible: string])[] = [
    ['gpt2.safetensors', 'gpt2.safetensors'],
    ['model\u202etxt.exe', 'model‹U+202E›txt.exe'],
    ['two\nlines\r', 'two‹U+000A›lines‹U+000D›'],
    ['zero\u200bwidth\ufeff', 'zero‹U+200B›width‹U+FEFF›'],
    ['\u001b[31mred', '‹U+001B›[31mred'],
    ['a\u2066b\u2069', 'a‹U+2066›b‹U+2069›'],
    ['half \ud800', 'half ‹U+D800›'],
    ['tag\u{e0041}', 'tag‹U+E0041›'],
    ['a\u200db', 'a‹U+200D›b'],
    ['soft\u00adhyphen', 'soft‹U+00AD›hyphen'],
  ];
  for (const [text, visible] of shown) {
    it(`is shown as what it is: ${JSON.stringify(text)}`, () => {
      assert.equal(visibleText(text), visible);
      assert.equal(shownName(text), visible);
    });
  }

  it('keeps what an emoji or a script is spelled with', () => {
    for (const name of ['👩‍🚀.md', '❤️.txt', 'می‌خواهم.txt', 'क्‍ष', 'Übergröße 語\u3000語.txt', 'שלום.txt']) {
      assert.equal(shownName(name), name);
    }
  });

  it('keeps no mark of direction, not even beside letters that are written from the right', () => {
    assert.equal(shownName('שלום\u200f!'), 'שלום‹U+200F›!');
  });

  it('is cut at its end', () => {
    assert.equal(shownText('x'.repeat(50), 50), 'x'.repeat(50));
    assert.equal(shownText('x'.repeat(51), 50), `${'x'.repeat(49)}…`);
    assert.equal(shownText('\n'.repeat(10), 20), '‹U+000A›‹U+000A›…');
  });

  it('has the end of its name shown', () => {
    const name = shownName(`${'layers.'.repeat(1_000)}wte.weight`);
    assert.equal(name.length, 80);
    assert.match(name, /^layers\.layers\..*….*wte\.weight$/);
    const path = shownPath(`/home/${'folder/'.repeat(1_000)}model.safetensors`);
    assert.equal(path.length, 240);
    assert.match(path, /^\/home\/folder.*….*model\.safetensors$/);
  });

  it('is never longer than it may be, has no half characters, and is the same when it is shown again', () => {
    const random = seededRandom(1201);
    for (let round = 0; round < 5_000; round++) {
      const text = seededText(random, 200);
      const longest = 1 + Math.floor(random() * 120);
      for (const [result, limit] of [
        [shownText(text, longest), longest],
        [shownName(text), 80],
        [shownPath(text), 240],
      ] as const) {
        assert.ok(result.length <= limit, JSON.stringify([text, longest, result]));
        assert.doesNotMatch(result, /[\p{Cc}\p{Cs}\u202e\u200b\u2028]/u);
        assert.equal(visibleText(result), result);
      }
      // Nothing is cut where there is room.
      assert.equal(shownText(text, 10_000), visibleText(text));
    }
  });

  it('is the same value as JSON, and has nothing in it that acts', () => {
    assert.equal(
      visibleJson({ token: 'a\u007f\u009b\u202e\u{e0041}é👩‍🚀' }),
      '{"token":"a\\u007f\\u009b\\u202e\\udb40\\udc41é👩‍🚀"}',
    );
    const random = seededRandom(1711);
    for (let round = 0; round < 5_000; round++) {
      const values = [seededText(random, 40), { [seededText(random, 8)]: seededText(random, 8) }];
      const json = visibleJson(values);
      assert.deepEqual(JSON.parse(json), values);
      assert.doesNotMatch(json, /[\p{Cc}\p{Cf}\p{Cs}\u2028]/u);
      assert.equal(visibleText(json), json);
    }
  });
});
