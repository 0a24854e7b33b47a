import assert from 'node:assert/strict';
import { finish } from '../../../src/core/work/steps';
import { type AddedToken, AddedTokenFinder } from '../../../src/model/tokenizers/addedTokens';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

function token(content: string, options: Partial<AddedToken> = {}): readonly [string, AddedToken] {
  return [
    content,
    {
      id: 1,
      content,
      isSpecial: false,
      isNormalized: false,
      isSingleWord: false,
      takesLeft: false,
      takesRight: false,
      ...options,
    },
  ];
}

/** How often white space is asked for while something runs. */
function whiteSpaceTests(run: () => void): number {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back below
  const original = RegExp.prototype.test;
  let count = 0;
  RegExp.prototype.test = function (text) {
    count += this.source.includes('White_Space') ? 1 : 0;
    return original.call(this, text);
  };
  try {
    run();
  } finally {
    RegExp.prototype.test = original;
  }
  return count;
}

/** How often maps are looked into while something runs. */
function mapLooks(run: () => void): number {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back below
  const original = Map.prototype.get;
  let count = 0;
  Map.prototype.get = function (key) {
    count++;
    return original.call(this, key) as unknown;
  };
  try {
    run();
  } finally {
    Map.prototype.get = original;
  }
  return count;
}

describe('AddedTokenFinder', () => {
  it('takes white space around tokens, what an earlier one took excepted', () => {
    const finder = finish(AddedTokenFinder.of([token('<x>', { takesLeft: true, takesRight: true })]));
    assert.deepEqual(
      finish(finder.split('a  <x> \n <x> b', true)).map(({ from, to }) => [from, to]),
      [
        [0, 1],
        [1, 9],
        [9, 13],
        [13, 14],
      ],
    );
  });

  for (const [what, content] of [
    ['white space itself', ' '],
    ['long white space', '  \n'],
    ['a mark', '|'],
  ] as const) {
    it(`looks at white space some times for each character: before a token that is ${what}`, () => {
      const finder = finish(AddedTokenFinder.of([token(content, { takesLeft: true })]));
      for (const length of [1_000, 10_000, 50_000]) {
        const text = `${' '.repeat(length)}${content}`.repeat(2);
        const tests = whiteSpaceTests(() => finish(finder.split(text, true)));
        assert.ok(tests <= 2 * text.length, `${String(tests)} for ${String(text.length)} characters`);
      }
    });
  }

  it('finds the leftmost tokens, and of these the longest', () => {
    const random = seededRandom(91);
    const pick = (): string => 'aab 🍌<'.charAt(Math.floor(random() * 7));
    const randomText = (most: number): string =>
      Array.from({ length: 1 + Math.floor(random() * most) }, pick).join('');
    for (let round = 0; round < 300; round++) {
      const texts = Array.from({ length: 1 + Math.floor(random() * 8) }, () => randomText(5));
      const finder = finish(AddedTokenFinder.of(texts.map((text) => token(text))));
      const text = randomText(40);
      const expected: (readonly [number, number])[] = [];
      for (let at = 0; at < text.length;) {
        const lengths = texts.filter((each) => text.startsWith(each, at)).map(({ length }) => length);
        const length = Math.max(0, ...lengths);
        if (length > 0) {
          expected.push([at, at + length]);
        }
        at += Math.max(1, length);
      }
      assert.deepEqual(
        finish(finder.split(text, true))
          .filter((part) => part.token !== undefined)
          .map(({ from, to }) => [from, to]),
        expected,
        `${JSON.stringify(texts)} in ${JSON.stringify(text)}`,
      );
    }
  });

  it('takes two steps for each character, however much of a long token is there', () => {
    for (const [content, unit] of [
      [`${'a'.repeat(1_000)}b`, 'a'],
      [`b${'a'.repeat(1_000)}`, 'a'],
      [`${'ab'.repeat(500)}c`, 'ab'],
    ] as const) {
      const finder = finish(AddedTokenFinder.of([token(content), token(unit.repeat(3))]));
      const text = unit.repeat(20_000);
      const looks = mapLooks(() => finish(finder.split(text, true)));
      assert.ok(looks <= 2 * text.length + 2, `${String(looks)} for ${String(text.length)} characters`);
    }
  });

  it('is made in small steps, so that others get their turn, and each is short', () => {
    const texts = Array.from({ length: 127 }, (_, index) => `${'ab'.repeat(511)}${String(1_000 + index)}`);
    const steps = AddedTokenFinder.of(texts.map((text) => token(text)));
    let most = 0;
    let count = 0;
    for (let isDone = false; !isDone; count++) {
      const looks = mapLooks(() => {
        isDone = steps.next().done === true;
      });
      most = Math.max(most, looks);
    }
    assert.ok(count > 100, String(count));
    // A node is looked for and made; its fallback is searched along those before it.
    assert.ok(most <= 8 * 1_024, String(most));
  });
});
