import assert from 'node:assert/strict';
import { Pattern } from '../../../src/core/pattern/pattern';
import { PatternError } from '../../../src/core/pattern/patternError';
import { cutAt, RustSplit } from './rustSplit';
import { seededPatterns } from './seededPatterns';

const PATTERNS = 6_000;
const TEXTS_EACH = 5;

describe('Random patterns match random texts as in the Rust tokenizers library', () => {
  it(`in ${String(PATTERNS * TEXTS_EACH)} pairs, or are refused`, () => {
    let compared = 0;
    let refusedByBoth = 0;
    const refusals = new Map<string, number>();
    for (const { pattern, texts } of seededPatterns(PATTERNS, 51, TEXTS_EACH)) {
      let oracle: RustSplit | undefined;
      try {
        oracle = new RustSplit(pattern);
      } catch {
        // Not taken by the library: then it does not matter what we say.
      }
      let ours: Pattern;
      let remembering: Pattern;
      try {
        ours = new Pattern(pattern);
        remembering = new Pattern(pattern, true);
      } catch (error) {
        assert.ok(error instanceof PatternError, String(error));
        if (oracle === undefined) {
          refusedByBoth++;
        } else {
          assert.equal(error.reason, 'unsupported', `${JSON.stringify(pattern)} ${error.message}`);
          refusals.set(error.message, (refusals.get(error.message) ?? 0) + 1);
        }
        continue;
      }
      for (const text of oracle === undefined ? [] : texts) {
        const matches = ours.findAll(text);
        const { pieces, found } = cutAt(text, matches);
        const pair = `${JSON.stringify(pattern)} in ${JSON.stringify(text)}`;
        assert.deepEqual(pieces, oracle?.pieces(text), pair);
        assert.deepEqual(found, oracle?.found(text), pair);
        assert.deepEqual(remembering.findAll(text), matches, `${pair}, remembering outcomes`);
        compared++;
      }
    }
    const refused = [...refusals.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `      ${String(compared)} pairs compared, ${String(refused)} patterns refused by us alone, ` +
        `${String(refusedByBoth)} by both`,
    );
    assert.ok(compared > 20_000, `${String(compared)} pairs compared`);
    assert.ok(refused < PATTERNS / 20, [...refusals].join('\n'));
  });
});
