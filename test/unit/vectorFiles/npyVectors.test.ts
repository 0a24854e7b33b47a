import assert from 'node:assert/strict';
import { rejectsCheckpoint } from '../../fixtures/checkpoints/rejectsCheckpoint';
import { float32Values, readVectors, SOURCE } from './readVectors';

/** A `.npy` file as NumPy writes it: version 1.0, the header padded to a multiple of 64 bytes. */
function npyBytes(header: string, data: Uint8Array, version: readonly [number, number] = [1, 0]): Buffer {
  const lengthBytes = version[0] === 1 ? 2 : 4;
  const padded =
    header.padEnd(Math.ceil((8 + lengthBytes + header.length + 1) / 64) * 64 - 9 - lengthBytes) + '\n';
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntLE(padded.length, 0, lengthBytes);
  return Buffer.concat([
    Buffer.from('\x93NUMPY', 'latin1'),
    Buffer.from(version),
    length,
    Buffer.from(padded),
    data,
  ]);
}

const dictionary = (descr: string, shape: string, order = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;

function doubles(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, at) => bytes.writeDoubleLE(value, 8 * at));
  return bytes;
}

/**
 * What `numpy.save(file, numpy.float16([[1, -2, 0.5], [65504, 0, -0.0]]))` of NumPy 2.4.6 writes.
 * The padding is written as a count.
 */
const SAVED_BY_NUMPY = Buffer.concat([
  Buffer.from(
    '934e554d5059010076007b276465736372273a20273c6632272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028322c2033292c207d',
    'hex',
  ),
  Buffer.alloc(58, 0x20),
  Buffer.from('0a003c00c00038ff7b00000080', 'hex'),
]);

describe('NumPy arrays', () => {
  it('are handed on as they are in half and single precision', async () => {
    const single = Buffer.alloc(24);
    [1, -2, 3.5, Number.NaN, 0, 1e-40].forEach((value, at) => single.writeFloatLE(value, 4 * at));
    const read = await readVectors(npyBytes(dictionary('<f4', '(2, 3)'), single), { labelFile: 'x\ny\n' });
    assert.deepEqual(
      [read.format, read.dimension, read.dtype, read.announced, read.rows, read.labels],
      ['NumPy array with labels', 3, 'F32', 2, 2, ['x', 'y']],
    );
    assert.deepEqual(read.bytes, single);
    const half = await readVectors(SAVED_BY_NUMPY);
    assert.deepEqual(
      [half.format, half.dimension, half.dtype, half.rows, half.labels],
      ['NumPy array', 3, 'F16', 2, []],
    );
    assert.equal(half.bytes.toString('hex'), '003c00c00038ff7b00000080');
  });

  it('are rounded to single precision from double', async () => {
    const values = Array.from({ length: 40_000 }, (_, at) => Math.sin(at) * 10 ** ((at % 80) - 42));
    const read = await readVectors(npyBytes(dictionary('<f8', '(400, 100)'), doubles(values)));
    assert.deepEqual([read.dtype, read.rows], ['F32', 400]);
    assert.deepEqual(float32Values(read.bytes), values.map(Math.fround));
  });

  it('may have a header of any version, order of keys and quotes', async () => {
    for (const version of [
      [1, 0],
      [2, 0],
      [3, 0],
    ] as const) {
      const header = '{"shape": (1,2), "fortran_order": False, "descr": "<f8"}';
      const read = await readVectors(npyBytes(header, doubles([1, 2]), version));
      assert.deepEqual(float32Values(read.bytes), [1, 2]);
    }
    // One row or one column is the same in both orders.
    assert.equal((await readVectors(npyBytes(dictionary('<f8', '(1, 2)', 'True'), doubles([1, 2])))).rows, 1);
  });

  const four = doubles([1, 2, 3, 4]);
  for (const [fault, bytes, reason, message] of [
    [
      'integers',
      npyBytes(dictionary('<i8', '(2, 2)'), four),
      'unsupported',
      /array "<i8" of the shape \(2, 2\); Tokenscope reads/,
    ],
    ['big-endian numbers', npyBytes(dictionary('>f8', '(2, 2)'), four), 'unsupported', /">f8"/],
    ['objects, which are pickles', npyBytes(dictionary('|O', '(2, 2)'), four), 'unsupported', /"\|O"/],
    ['Fortran order', npyBytes(dictionary('<f8', '(2, 2)', 'True'), four), 'unsupported', /Fortran order/],
    ['one axis', npyBytes(dictionary('<f8', '(4,)'), four), 'unsupported', /two axes/],
    ['three axes', npyBytes(dictionary('<f8', '(2, 2, 1)'), four), 'unsupported', /two axes/],
    ['no rows', npyBytes(dictionary('<f8', '(0, 2)'), Buffer.alloc(0)), 'unsupported', /it is empty/],
    [
      'fewer bytes than announced',
      npyBytes(dictionary('<f8', '(2, 3)'), four),
      'truncated',
      /takes 176 bytes with the header; the file has 160/,
    ],
    [
      'more rows than numbers can count',
      npyBytes(dictionary('<f8', '(9999999999999999, 9)'), four),
      'truncated',
      /takes/,
    ],
    [
      'more bytes than announced',
      npyBytes(dictionary('<f8', '(1, 2)'), four),
      'malformed',
      /takes 144 bytes/,
    ],
    [
      'rows without end',
      npyBytes(dictionary('<f8', '(2, 70000)'), four),
      'unsupported',
      /at most 65536 values/,
    ],
    ['another version', npyBytes(dictionary('<f8', '(2, 2)'), four, [4, 0]), 'unsupported', /version 4\.0/],
    [
      'code in the header',
      npyBytes("{'descr': __import__('os'), 'fortran_order': False, 'shape': (2, 2)}", four),
      'malformed',
      /not understood from "'descr'/,
    ],
    ['no dictionary', npyBytes('[1, 2]', four), 'malformed', /no dictionary/],
    ['a key twice', npyBytes("{'shape': (2, 2), 'shape': (4, 1)}", four), 'malformed', /"shape" twice/],
    ['a key missing', npyBytes("{'shape': (2, 2)}", four), 'malformed', /lacks "descr"/],
    [
      'types in fields',
      npyBytes("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2, 2)}", four),
      'malformed',
      /not understood/,
    ],
    [
      'a header without end',
      Buffer.concat([Buffer.from('\x93NUMPY\x02\x00\xff\xff\xff\xff', 'latin1'), four]),
      'too-large',
      /claims 4294967295 bytes/,
    ],
    [
      'a header that is cut',
      npyBytes(dictionary('<f8', '(2, 2)'), four).subarray(0, 60),
      'truncated',
      /claims 118 bytes, but only 50 follow/,
    ],
    [
      'the first bytes alone',
      Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
      'truncated',
      /ends within its header/,
    ],
  ] as const) {
    it(`are refused with the reason: ${fault}`, async () => {
      await rejectsCheckpoint(readVectors(bytes), { reason, source: SOURCE, message });
    });
  }
});
