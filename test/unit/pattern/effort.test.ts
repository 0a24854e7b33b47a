import assert from 'node:assert/strict';
import { Pattern } from '../../../src/core/pattern/pattern';
import { seededPatterns } from './seededPatterns';

/** Steps that are free at the beginning, and for each character: see `FREE_STEPS` in the matcher. */
const FREE_STEPS = 1_024;
const FREE_STEPS_A_CHARACTER = 16;
/** How often an instruction may be looked at for each position: reached in two ways, and answered from memory. */
const LOOKS = 3;

/** More than a search does between two chances to interrupt it: the steps that it counts, and those that were free when they were over. */
const STEPS_AT_ONCE = 50_000;

/** As many steps are counted between two chances to interrupt a search, at least. */
const LEAST_STEPS_AT_ONCE = 1 << 14;

const HOSTILE: readonly (readonly [pattern: string, text: string])[] = [
  ['(?:a+){16}b', 'a'],
  ['(a+)+b', 'a'],
  ['\\w*\\w*\\w*!', 'a'],
  [`${'a*'.repeat(60)}b`, 'a'],
  ['(a|a)*b', 'a'],
  ['(a|aa|aaa)*b', 'a'],
  ['(a*)*b', 'a'],
  ['(?:a*?)*?b', 'a'],
  ['(?:(?:a?)*)*b', 'a'],
  ['(?:(?:a|b)*(?:a|c)*)*d', 'ab ac'],
  ['(?:(?:(?:a?){3}){3}){3}b', 'a'],
  ['(?:a{1,20}){1,10}b', 'a'],
  ['(?=(a+)+b)', 'a'],
  ['(?!(a+)+b)a', 'a'],
  ['(?=.*b)a', 'a'],
  ['(?=.*a$)a', 'a'],
  ['(?<=b(a|a)*)a', 'a'],
  ['(?<=a+b?a+)b', 'a'],
  ['(?<!x.*)b', 'ab'],
  ['(?>a*)b', 'a'],
  ['a*+b', 'a'],
  ['a{1,50}+b', 'a'],
  ['(?>(?:a|aa)+)b', 'a'],
  ['(?:(?>a+)b|a)+c', 'a'],
  ['(?>(?:(?=(a+)+b)a|a)*)c', 'a'],
  ['.*.*=.*', 'x=x'],
  ['(.*)*$x', 'ab\n'],
  ['\\s+$x', ' '],
  ['^(\\s*\\w*)*;', 'a '],
  ['(?i:ss|ß)*t', 'sß'],
  ['\\s+(?!\\S)|\\s+x', ' '],
];

describe('A search in steps', () => {
  const searches = [
    ...HOSTILE.map(([source, unit]) => [source, unit.repeat(6_000)] as const),
    // These take hundreds of steps for each character.
    ['(?:a?b?){120}c', 'ab'.repeat(1_500)],
    ['(?>(?=(?:a?b?){100}c)|.)+', 'ab'.repeat(1_500)],
  ] as const;
  for (const [source, text] of searches) {
    it(`is interrupted within ${String(STEPS_AT_ONCE)} steps: ${source.slice(0, 40)}`, () => {
      const pattern = new Pattern(source);
      const whole = pattern.findAll(text);
      const wholeSteps = pattern.steps;
      const search = pattern.findAllInSteps(text);
      let stretches = 0;
      for (let before = 0, step = search.next(); ; step = search.next()) {
        if (step.done === true) {
          assert.deepEqual(step.value.toArray(), whole);
          assert.ok(stretches >= Math.floor(wholeSteps / STEPS_AT_ONCE));
          break;
        }
        stretches++;
        const { steps } = pattern;
        assert.ok(steps - before <= STEPS_AT_ONCE, `${String(steps - before)} steps`);
        before = steps;
      }
    });
  }
});

it('The end of a long atomic group is interrupted, too, whether it matches or not', () => {
  const pattern = new Pattern('(?>(?:ab?|c)+)d');
  for (const end of ['d', 'e']) {
    // Two entries of the stack for each turn of the loop: more than are noted at a stretch.
    const text = `${'ab'.repeat(50_000)}${end}`;
    const search = pattern.findAllInSteps(text);
    let stretches = 1;
    let step = search.next();
    for (; step.done !== true; step = search.next()) {
      stretches++;
    }
    assert.deepEqual(step.value.toArray(), end === 'd' ? [0, text.length] : []);
    assert.ok(
      stretches > Math.ceil(pattern.steps / LEAST_STEPS_AT_ONCE) + 1,
      `${String(stretches)} stretches`,
    );
  }
});

it('Searches in steps do not disturb each other', () => {
  const pattern = new Pattern('(?:a+){16}b|ab*');
  const texts = ['a'.repeat(20_000), 'ab'.repeat(10_000), 'aab'];
  const searches = texts.map((text) => pattern.findAllInSteps(text));
  const results = new Map<number, readonly number[]>();
  while (results.size < texts.length) {
    searches.forEach((search, index) => {
      const step = search.next();
      if (step.done === true && !results.has(index)) {
        results.set(index, step.value.toArray());
      }
    });
    pattern.findAll('aaa');
  }
  texts.forEach((text, index) => {
    assert.deepEqual(results.get(index), pattern.findAll(text));
  });
});

describe('The steps of a search are linear in the text', () => {
  for (const [source, unit] of HOSTILE) {
    it(`for ${source.slice(0, 40)} on ${JSON.stringify(unit)} again and again`, () => {
      const pattern = new Pattern(source);
      for (const length of [500, 4_000, 20_000]) {
        pattern.findAll(unit.repeat(Math.ceil(length / unit.length)).slice(0, length));
        const most = FREE_STEPS + (FREE_STEPS_A_CHARACTER + LOOKS * pattern.size) * (length + 1);
        assert.ok(
          pattern.steps <= most,
          `${String(pattern.steps)} steps of ${String(most)}, ${String(length)}`,
        );
      }
    });
  }

  it('for 2,000 random patterns, on long texts that hit them', () => {
    for (const { pattern: source, texts } of seededPatterns(2_000, 52, 3)) {
      let pattern: Pattern;
      try {
        pattern = new Pattern(source);
      } catch {
        continue;
      }
      for (const text of texts) {
        const long = text.repeat(70);
        pattern.findAll(long);
        const most = FREE_STEPS + (FREE_STEPS_A_CHARACTER + LOOKS * pattern.size) * (long.length + 1);
        assert.ok(pattern.steps <= most, `${source} on ${text}: ${String(pattern.steps)} of ${String(most)}`);
      }
    }
  });
});
