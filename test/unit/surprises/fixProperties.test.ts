import assert from 'node:assert/strict';
import type { Surprise, SurpriseKind } from '../../../src/core/surprises/surprise';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { seededTexts } from '../tokenizer/seededTexts';
import { applied, found } from './tokenized';

/** Parts that the rules can stumble over, beside those of {@link seededTexts}. */
const PARTS = Array.from(
  ' |  |\t|\n|\r\n|    | \t|\t |x|foo|日|語|ا|क|ไ|ש|1|👩|💻|🏴|❤|\u00a0|\u200b|\u200c|\u200d|\u200e|\u3000|\ufe0f|\u2028|\u0085|\ufeff|\u{e0067}|\u{e0062}|\u{e007f}|\u{e0101}|\u034f|\u0301|\u1160|\u115f|ᅡ|ᄀ|\u2800|⠁|\u202f|ᠮ|\u180b'.split(
    '|',
  ),
);

function* texts(): Generator<string> {
  yield* indentedTexts();
  yield* seededTexts(300, 5);
  const random = seededRandom(6);
  for (let round = 0; round < 1_500; round++) {
    const length = 1 + Math.floor(random() * 24);
    yield Array.from({ length }, () => PARTS[Math.floor(random() * PARTS.length)]).join('');
  }
}

const INDENTATIONS = ['', ' ', '  ', '    ', '\t', '\t\t', ' \t', '\t ', '\t    ', '     ', '        \t'];

function* indentedTexts(): Generator<string> {
  const random = seededRandom(7);
  for (let round = 0; round < 200; round++) {
    yield Array.from({ length: 1 + Math.floor(random() * 9) }, () => {
      const indentation = INDENTATIONS[Math.floor(random() * INDENTATIONS.length)] ?? '';
      return indentation + (random() < 0.8 ? 'foo' : '');
    }).join(random() < 0.5 ? '\n' : '\r\n');
  }
}

const FIXABLE: readonly SurpriseKind[] = ['trailingSpace', 'mixedIndentation', 'invisibleCharacter'];

/** What is marked after a fix is what was before, where it went by the edit; nothing of it lies in the fixed part. */
function isAmong(after: Surprise, before: readonly Surprise[], fixed: Surprise): boolean {
  const edit = fixed.fix?.edit;
  assert.ok(edit);
  for (let at = after.start; at < after.end; at++) {
    const isNew = at >= edit.offset && at < edit.offset + edit.text.length;
    const origin = at < edit.offset ? at : at - edit.text.length + edit.length;
    if (isNew || !before.some(({ start, end }) => start <= origin && origin < end)) {
      return false;
    }
  }
  return true;
}

describe('the fix of a surprise', () => {
  for (const kind of FIXABLE) {
    it(`makes it go and adds none of its kind, in many random texts: ${kind}`, () => {
      let fixes = 0;
      for (const text of texts()) {
        const before = found(text, kind);
        for (const surprise of before) {
          fixes++;
          const after = found(applied(text, surprise), kind);
          assert.ok(
            after.every((other) =>
              isAmong(
                other,
                before.filter((one) => one !== surprise),
                surprise,
              ),
            ),
            `${JSON.stringify(text)}: ${JSON.stringify(surprise)} left ${JSON.stringify(after)}`,
          );
        }
      }
      assert.ok(fixes > 100, `only ${fixes} fixes`);
    });

    it(`leaves nothing of its kind when all are applied: ${kind}`, () => {
      for (const text of texts()) {
        // From the end, so that offsets stay.
        const fixed = [...found(text, kind)].reverse().reduce((rest, one) => applied(rest, one), text);
        assert.deepEqual(found(fixed, kind), [], JSON.stringify(text));
      }
    });
  }

  it('lies inside the text, and its mark is never empty', () => {
    for (const text of texts()) {
      for (const { start, end, fix } of found(text)) {
        assert.ok(0 <= start && start < end && end <= text.length, JSON.stringify(text));
        assert.ok(!fix || (fix.edit.offset === start && fix.edit.length === end - start));
      }
    }
  });
});
