import assert from 'node:assert/strict';
import { hashKey } from '../../../src/core/labels/keyedHash';
import { LabelCollector, LabelLimitError, MAX_LABEL_BYTES } from '../../../src/core/labels/labelCollector';
import { LabelIndex } from '../../../src/core/labels/labelIndex';
import { finish } from '../../../src/core/work/steps';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

function tableOf(labels: readonly string[]): ReturnType<LabelCollector['finish']> {
  const collector = new LabelCollector();
  labels.forEach((label) => collector.add(Buffer.from(`<${label}>`), 1, Buffer.byteLength(label) + 1));
  return collector.finish();
}

describe('Labels of rows', () => {
  it('lie in one buffer and come back row by row', () => {
    const random = seededRandom(2);
    const labels = Array.from({ length: 20_000 }, () =>
      '東é a'.repeat(Math.floor(random() * 8)).slice(0, Math.floor(random() * 9)),
    );
    const table = tableOf(labels);
    assert.equal(table.count, labels.length);
    labels.forEach((label, row) => assert.equal(Buffer.from(table.labelOf(row)).toString(), label));
    assert.equal(table.data.bytes.length, Buffer.byteLength(labels.join('')));
  });

  it('are refused beyond the longest label', () => {
    const collector = new LabelCollector();
    collector.add(new Uint8Array(MAX_LABEL_BYTES));
    assert.throws(() => collector.add(new Uint8Array(MAX_LABEL_BYTES + 1)), LabelLimitError);
    assert.equal(collector.count, 1);
  });

  it('are found by a hash as a map finds them, the first of equal ones, whatever the key', () => {
    const random = seededRandom(3);
    const labels = Array.from({ length: 30_000 }, () => String(Math.floor(random() ** 3 * 40_000)));
    const table = tableOf(labels);
    const first = new Map<string, number>();
    labels.forEach((label, row) => first.has(label) || first.set(label, row));
    for (const seed of [0, -1, 0x9e3779b9]) {
      const index = finish(LabelIndex.of(table, hashKey([seed, 5 * seed])));
      for (let value = 0; value < 41_000; value++) {
        assert.equal(index.rowOf(Buffer.from(String(value))), first.get(String(value)));
      }
      assert.equal(index.repeated, labels.length - first.size);
      assert.equal(index.rowOf(new Uint8Array(0)), undefined);
    }
  });

  it('are entered in short steps, by their number and by their length', () => {
    const stepsOf = (labels: readonly string[]): number =>
      [...LabelIndex.of(tableOf(labels), hashKey([1, 2]))].length;
    assert.equal(stepsOf(Array.from({ length: 10_000 }, (_, row) => String(row))), 9);
    assert.ok(stepsOf(Array.from({ length: 20 }, (_, row) => String(row).repeat(15_000))) >= 9);
  });

  it('are found among none, and where the slots go round', () => {
    assert.equal(finish(LabelIndex.of(tableOf([]), hashKey([1, 2]))).rowOf(Buffer.from('a')), undefined);
    for (let seed = 0; seed < 200; seed++) {
      const index = finish(LabelIndex.of(tableOf(['a', '', 'b', 'ab']), hashKey([seed, -seed])));
      assert.deepEqual(
        ['a', '', 'b', 'ab', 'ba'].map((label) => index.rowOf(Buffer.from(label))),
        [0, 1, 2, 3, undefined],
      );
    }
  });
});
