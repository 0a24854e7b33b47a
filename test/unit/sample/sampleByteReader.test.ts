import assert from 'node:assert/strict';
import { sampleFile } from '../../../scripts/sample/sampleFile';
import { CheckpointError } from '../../../src/core/safetensors/checkpointError';
import { readSafetensorsHeader } from '../../../src/core/safetensors/safetensorsHeader';
import { FORM_BITS } from '../../../src/core/sampleVectors/sampleForm';
import { SampleByteReader } from '../../../src/core/sampleVectors/sampleByteReader';

const LEVELS = Array.from({ length: 128 }, (_, code) => code / 10);

/** Four tokens of three rows with two columns. */
const unpacked = sampleFile(
  {
    forms: ['a', 'b', 'c'].map((text) => ({ text, isText: true, beginsWords: false })),
    rows: Uint16Array.of(0, 1, 0, 2),
    spellings: Uint8Array.of(0, FORM_BITS.upper, FORM_BITS.space | FORM_BITS.capital, 0),
  },
  { codes: Int8Array.of(6, 1, 0, -8, 2, 0), levels: LEVELS },
);

async function wholeOf(reader: SampleByteReader): Promise<Uint8Array> {
  const bytes = new Uint8Array(await reader.size());
  await reader.read(0, bytes);
  return bytes;
}

describe('The reader of the sample vectors', () => {
  it('is a checkpoint whose rows have each part on axes of its own', async () => {
    const reader = await SampleByteReader.open(unpacked);
    const { tensors, metadata } = await readSafetensorsHeader(reader);
    const { byteOffset = 0, shape, dtype } = tensors.get('wte.weight') ?? {};
    assert.deepEqual([dtype, shape], ['F32', [4, 30]]);
    assert.match(metadata.get('description') ?? '', /^Not GPT-2/);
    const rows = [0, 1, 2, 3].map((id) => {
      const bytes = new Uint8Array(120);
      reader.readSync(byteOffset + id * 120, bytes);
      return [...new Float32Array(bytes.buffer)];
    });
    const lengths = rows.map((row) => Math.hypot(...row));
    const near = (value: number | undefined, expected: number): void => {
      assert.ok(Math.abs((value ?? NaN) - expected) < 1e-6, `${String(value)}, not ${String(expected)}`);
    };
    rows.forEach((row, id) => {
      const unit = row.map((value) => value / (lengths[id] ?? 1));
      near(unit[2], Math.sqrt(0.24));
      near(unit[3], Math.sqrt(0.07) * (id === 2 ? 1 : -1));
      const caseAxis = [0, 2, 1, 0][id] ?? 0;
      unit.slice(4, 7).forEach((value, axis) => {
        near(value, axis === caseAxis ? Math.sqrt(0.06) : 0);
      });
      // A meaning of length 1 has its whole share; a shorter one leaves the rest to the signs.
      const certainty = [1, Math.hypot(0.1, 0.2), 1, 0][id] ?? 0;
      near(Math.hypot(unit[0] ?? 0, unit[1] ?? 0), Math.sqrt(0.55) * certainty);
      near(Math.hypot(...unit.slice(7)), Math.sqrt(0.08 + 0.55 * (1 - certainty ** 2)));
    });
    near((rows[0]?.[0] ?? 0) / (rows[0]?.[1] ?? 1), 0.6 / -0.8);
    // Two tokens of one row differ in two signs, each having flipped one.
    const [first = [], , third = []] = rows;
    assert.equal(first.slice(7).filter((value, i) => value > 0 !== (third[7 + i] ?? 0) > 0).length, 2);
    assert.ok(lengths.every((length) => length > 2.7 && length < 4.4));
  });

  it('gives the same bytes however it is read', async () => {
    const reader = await SampleByteReader.open(unpacked);
    const whole = await wholeOf(reader);
    for (let offset = 0; offset < whole.length; offset += 7) {
      for (const length of [0, 1, 50, 120, 240, whole.length - offset]) {
        if (offset + length <= whole.length) {
          const part = new Uint8Array(length + 1).subarray(offset % 2, (offset % 2) + length);
          reader.readSync(offset, part);
          assert.deepEqual(part, whole.subarray(offset, offset + length));
        }
      }
    }
  });

  it('refuses to read beyond its end, and a file that is another one', async () => {
    const reader = await SampleByteReader.open(unpacked);
    const size = await reader.size();
    assert.throws(() => {
      reader.readSync(size - 1, new Uint8Array(2));
    }, CheckpointError);
    const others = [
      unpacked.subarray(0, unpacked.length - 1),
      new Uint8Array(100),
      // Token 1 of a row that is not there.
      unpacked.map((byte, i) => (i === unpacked.length - 3 * 4 + 1 ? 9 : byte)),
      await wholeOf(reader),
    ];
    for (const other of others) {
      await assert.rejects(SampleByteReader.open(other), CheckpointError);
    }
  });
});
