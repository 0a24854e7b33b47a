import assert from 'node:assert/strict';
import { ggufBytes } from '../../fixtures/checkpoints/ggufBytes';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';
import { EMBEDDING, float32Bytes, OTHER, tokens } from './ggufParts';
import { readVectors, SOURCE } from './readVectors';

const LARGEST = 64;

/** Small files of all formats. */
const FILES: readonly Buffer[] = [
  Buffer.from('3 2\nthe 0.25 -1\nNew York 2e-3 nan\nx 4 5\n'),
  Buffer.from('the 0.25 -1\nof 2e-3 7\nx 4 5\n'),
  Buffer.from('1\t2.5\n-3\t4e5\n'),
  Buffer.concat([
    Buffer.from('2 3\nthe '),
    float32Bytes([1e-3, 2, -3]),
    Buffer.from('\nof '),
    float32Bytes([4, Number.NaN, 0]),
    Buffer.from('\n'),
  ]),
  Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00\x3d\x00', 'latin1'),
    Buffer.from("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }\n\n"),
    float32Bytes([1, 2, 3, 4]),
  ]),
  ggufBytes({ keys: tokens('gpt2', ['a', 'Ġb', '<s>'], [1, 1, 3]), tensors: [OTHER, EMBEDDING] }),
];

describe('Files of vectors from nobody knows where', () => {
  it('are read or refused in words, whatever is cut, changed, doubled or put between', async () => {
    const random = new SeededRandom(1919);
    const below = (limit: number): number => Math.floor(random.uniform() * limit);
    const outcomes = { read: 0, refused: 0, unknown: 0 };
    for (let round = 0; round < 2400; round++) {
      let bytes = FILES[round % FILES.length] ?? Buffer.alloc(0);
      for (let change = 0; change <= below(4); change++) {
        const at = below(bytes.length + 1);
        const piece = bytes.subarray(at, at + below(LARGEST));
        const byte = Buffer.from([[0, 0x20, 0x0a, 0x09, 0x30, 0x80, 0xff, below(256)][below(8)] ?? 0]);
        bytes =
          [
            (): Buffer => bytes.subarray(0, at),
            (): Buffer => Buffer.concat([bytes.subarray(0, at), byte, bytes.subarray(at + 1)]),
            (): Buffer => Buffer.concat([bytes.subarray(0, at), byte, bytes.subarray(at)]),
            (): Buffer => Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]),
            (): Buffer => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + piece.length)]),
          ][below(5)]?.() ?? bytes;
      }
      try {
        const {
          rows,
          dimension,
          bytes: values,
          dtype,
          labels,
        } = await readVectors(bytes, { labelFile: 'a\nb\n' });
        assert.equal(values.length, rows * dimension * (dtype === 'F32' ? 4 : 2));
        assert.ok(labels.length <= rows);
        outcomes.read++;
      } catch (error) {
        const isUnknown = error instanceof Error && error.message === 'not recognized';
        assert.ok(
          isUnknown ||
            (error instanceof Error &&
              error.name === 'CheckpointError' &&
              (error.message.includes(SOURCE) || error.message.includes('label file'))),
          `${String(error)} for ${JSON.stringify(bytes.toString('latin1'))}`,
        );
        outcomes[isUnknown ? 'unknown' : 'refused']++;
      }
    }
    assert.ok(Math.min(...Object.values(outcomes)) > 120, JSON.stringify(outcomes));
  });
});
