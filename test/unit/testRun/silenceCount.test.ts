import assert from 'node:assert/strict';
import { SilenceCount, type Silence } from '../../../scripts/test/silenceWatch.mjs';

const LIMITS = { stillMs: 5_000, silentMs: 20_000, lookMs: 1_000 };
const STILL: Silence = { kind: 'still', seconds: 5 };
const SILENT: Silence = { kind: 'silent', seconds: 20 };

/** What a program shows at a look: its last word, how much it has done, and whether it has printed since the look before. */
interface Signs {
  readonly word?: string;
  readonly work?: number | undefined;
  readonly prints?: boolean;
}

/** The number of the look, counted from 1, that finds the program hanging, and what it says of it. */
function endOf(signsAt: (look: number) => Signs, looks = 1_000): [look: number, Silence] | undefined {
  const first = signsAt(0);
  const count = new SilenceCount(LIMITS, first.word, first.work);
  for (let look = 1; look <= looks; look++) {
    const { word, work, prints } = signsAt(look);
    if (prints) {
      count.heard();
    }
    const silence = count.look(word, work);
    if (silence) {
      return [look, silence];
    }
  }
  return undefined;
}

describe('the count of silence', () => {
  it('ends what neither speaks nor works', () => {
    assert.deepEqual(
      endOf(() => ({ work: 7 })),
      [5, STILL],
    );
  });

  it('gives far longer to what works, and ends that too', () => {
    assert.deepEqual(
      endOf((look) => ({ work: look })),
      [20, SILENT],
    );
  });

  it('takes for work what cannot be known', () => {
    assert.deepEqual(
      endOf(() => ({})),
      [20, SILENT],
    );
  });

  it('never ends what prints or writes in time, however long it lasts', () => {
    assert.equal(
      endOf((look) => ({ work: 7, prints: look % 4 === 0 })),
      undefined,
    );
    assert.equal(
      endOf((look) => ({ work: 7, word: `test ${Math.floor(look / 4)} began` })),
      undefined,
    );
  });

  it('counts from the last word, and stillness from the last work too', () => {
    assert.deepEqual(
      endOf((look) => ({ work: 7, word: look < 3 ? 'one' : 'two' })),
      [8, STILL],
    );
    assert.deepEqual(
      endOf((look) => ({ work: 7, prints: look === 4 })),
      [8, STILL],
    );
    assert.deepEqual(
      endOf((look) => ({ work: Math.min(look, 9) })),
      [14, STILL],
    );
    assert.deepEqual(
      endOf((look) => ({ work: look, prints: look === 10 })),
      [29, SILENT],
    );
  });
});
