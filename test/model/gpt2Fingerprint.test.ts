import assert from 'node:assert/strict';
import { checkGpt2Fingerprint, matchesGpt2Fingerprint } from '../../src/model/gpt2Fingerprint';
import type { EmbeddingSource } from '../../src/model/embeddingSource';
import { testIdentity } from '../fixtures/checkpoints/testIdentity';
import { plantFingerprint } from '../fixtures/hub/fingerprintRows';

const rows = (): Record<'first' | 'second' | 'last', Float32Array> => {
  const start = new Float32Array(2 * 768).fill(0.123);
  const last = new Float32Array(768).fill(-0.321);
  plantFingerprint(start);
  plantFingerprint(last, 50_256);
  return { first: start.subarray(0, 768), second: start.subarray(768), last };
};

describe("GPT-2's fingerprint", () => {
  it('is that of the published print-outs', () => {
    assert.equal(matchesGpt2Fingerprint(rows()), true);
  });

  it('allows for the printing, which has four decimals', () => {
    const close = rows();
    close.first.forEach((value, i) => (close.first[i] = value + 0.000_049));
    assert.equal(matchesGpt2Fingerprint(close), true);
  });

  for (const name of ['first', 'second', 'last'] as const) {
    for (const column of [0, 1, 2, 765, 766, 767]) {
      for (const wrong of [0.0002, Number.NaN, Number.POSITIVE_INFINITY]) {
        it(`is missed by column ${String(column)} of the ${name} row, ${String(wrong)} off`, () => {
          const off = rows();
          off[name][column]! += wrong;
          assert.equal(matchesGpt2Fingerprint(off), false);
        });
      }
    }
  }

  it('is missed by rows in another order, or of another length', () => {
    const { first, second, last } = rows();
    assert.equal(matchesGpt2Fingerprint({ first: second, second: first, last }), false);
    assert.equal(matchesGpt2Fingerprint({ first: [...first, 0], second, last }), false);
    assert.equal(matchesGpt2Fingerprint({ first: [], second: [], last: [] }), false);
  });

  const sourceOf = (rowCount: number, dimension: number, read: number[]): EmbeddingSource => ({
    identity: testIdentity(rowCount, dimension),
    file: '',
    readRows: (firstRow, target) => {
      read.push(firstRow);
      plantFingerprint(target, firstRow);
      return Promise.resolve();
    },
    copyRows: () => assert.fail('rows are read in order'),
    isUnchanged: () => true,
    close: () => Promise.resolve(),
  });

  it('is looked for in three rows of a source', async () => {
    const read: number[] = [];
    assert.equal(await checkGpt2Fingerprint(sourceOf(50_257, 768, read)), true);
    assert.deepEqual(read, [0, 1, 50_256]);
  });

  it('is not looked for in a matrix of another shape', async () => {
    const read: number[] = [];
    assert.equal(await checkGpt2Fingerprint(sourceOf(50_257, 1024, read)), false);
    assert.equal(await checkGpt2Fingerprint(sourceOf(50_258, 768, read)), false);
    assert.deepEqual(read, []);
  });
});
