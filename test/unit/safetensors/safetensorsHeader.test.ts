import assert from 'node:assert/strict';
import type { ByteReader } from '../../../src/core/safetensors/byteReader';
import type { CheckpointErrorReason } from '../../../src/core/safetensors/checkpointError';
import { MAX_METADATA_ENTRIES, MAX_RANK, MAX_TENSORS } from '../../../src/core/safetensors/headerParser';
import { MemoryByteReader } from '../../../src/core/safetensors/memoryByteReader';
import { MAX_HEADER_BYTES, readSafetensorsHeader } from '../../../src/core/safetensors/safetensorsHeader';
import { CountingReader } from '../../fixtures/checkpoints/countingReader';
import { rejectsCheckpoint } from '../../fixtures/checkpoints/rejectsCheckpoint';
import { lengthPrefix, safetensorsBytes, withHeader } from '../../fixtures/checkpoints/safetensorsBytes';

const SOURCE = 'folder/test-model.safetensors';

function readHeader(file: Uint8Array): ReturnType<typeof readSafetensorsHeader> {
  return readSafetensorsHeader(new MemoryByteReader(SOURCE, file));
}

/** A tensor's entry as text. */
function entry(dtype: string, shape: string, offsets: string): string {
  return `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;
}

/** A header whose one entry has a key that the format does not know. */
const withUnknown = (value: string): string =>
  `{"a":{"dtype":"U8","x":${value},"shape":[0],"data_offsets":[0,0]}}`;

const PAIR = entry('F32', '[2]', '[0,8]');

describe('The safetensors header', () => {
  it('gives the tensors with their absolute places, whatever the order of keys, and the metadata', async () => {
    const header =
      '{"b": {"data_offsets": [4, 10], "shape": [3, 1], "dtype": "F16"}, "__metadata__": {"format": "pt", "é": ""},' +
      '"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"\\u00e4\\"":{"dtype":"I64","shape":[0,9],"data_offsets":[10,10]}}   ';
    const file = withHeader(header, 10);
    const { tensors, metadata } = await readHeader(file);
    const start = file.length - 10;
    assert.deepEqual(
      [...tensors.values()],
      [
        { name: 'a', dtype: 'F32', shape: [], byteOffset: start, byteLength: 4 },
        { name: 'b', dtype: 'F16', shape: [3, 1], byteOffset: start + 4, byteLength: 6 },
        { name: 'ä"', dtype: 'I64', shape: [0, 9], byteOffset: start + 10, byteLength: 0 },
      ],
    );
    assert.deepEqual([...tensors.keys()], ['a', 'b', 'ä"']);
    assert.deepEqual(
      [...metadata],
      [
        ['format', 'pt'],
        ['é', ''],
      ],
    );
  });

  it('knows every dtype of the format and how many bytes it takes', async () => {
    const bits: Record<string, number> = { BOOL: 8, F4: 4, F6_E2M3: 6, F6_E3M2: 6, C64: 64 };
    for (const eight of ['U8', 'I8', 'F8_E5M2', 'F8_E4M3', 'F8_E8M0', 'F8_E4M3FNUZ', 'F8_E5M2FNUZ']) {
      bits[eight] = 8;
    }
    for (const [width, dtypes] of Object.entries({
      16: ['I16', 'U16', 'F16', 'BF16'],
      32: ['I32', 'U32', 'F32'],
      64: ['F64', 'I64', 'U64'],
    })) {
      dtypes.forEach((dtype) => (bits[dtype] = Number(width)));
    }
    for (const [dtype, width] of Object.entries(bits)) {
      const file = safetensorsBytes([{ name: 't', dtype, shape: [4, 2], bytes: Buffer.alloc(width) }]);
      assert.equal((await readHeader(file)).tensors.get('t')?.byteLength, width, dtype);
      const short = safetensorsBytes([{ name: 't', dtype, shape: [4, 2], bytes: Buffer.alloc(width - 1) }]);
      await rejectsCheckpoint(readHeader(short), { reason: 'malformed', source: SOURCE, message: /"t"/ });
    }
  });

  it('accepts what the reference reader does: metadata that is null, and unknown keys of a tensor, whatever they hold', async () => {
    const { tensors, metadata } = await readHeader(withHeader(`{"__metadata__": null ,"a":${PAIR}}`, 8));
    assert.deepEqual([[...tensors.keys()], metadata.size], [['a'], 0]);
    for (const value of [
      '1',
      '-0.5e+3',
      'true',
      'null',
      '"x\\n"',
      '[]',
      '[1, [{}], "]"]',
      '{"k": {"l": [false]}, "k": 0}',
    ]) {
      assert.ok((await readHeader(withHeader(withUnknown(value)))).tensors.has('a'), value);
    }
  });

  it('accepts a file without tensors and keys that objects inherit', async () => {
    assert.equal((await readHeader(withHeader('{}'))).tensors.size, 0);
    const header = `{"__proto__":${PAIR},"constructor":${entry('U8', '[0]', '[8,8]')},"__metadata__":{"__proto__":"x"}}`;
    const { tensors, metadata } = await readHeader(withHeader(header, 8));
    assert.deepEqual([...tensors.keys()], ['__proto__', 'constructor']);
    assert.equal(metadata.get('__proto__'), 'x');
  });

  it('reads the length and the header, nothing else', async () => {
    const file = safetensorsBytes([{ name: 'a', dtype: 'U8', shape: [1000], bytes: Buffer.alloc(1000) }]);
    const reader = new CountingReader(new MemoryByteReader(SOURCE, file));
    await readSafetensorsHeader(reader);
    assert.deepEqual(
      reader.ranges.map(({ offset, length }) => [offset, length]),
      [
        [0, 8],
        [8, file.length - 1008],
      ],
    );
  });

  const malformed: Record<string, [header: string | Uint8Array, data: number, message: RegExp]> = {
    'an empty header': ['', 0, /does not start with "\{"/],
    'a header that starts with white space': [' {}', 0, /does not start with "\{"/],
    'a header that starts with a byte order mark': ['\ufeff{}', 0, /does not start with "\{"/],
    'a header that is a list': ['[]', 0, /does not start with "\{"/],
    'a header that is no JSON': ['{hello}', 0, /"h" at byte 1/],
    'a header that ends early': [`{"a":${PAIR}`, 8, /header ends/],
    'text behind the object': [`{"a":${PAIR}} x`, 8, /"x" at byte/],
    'a trailing comma': [`{"a":${PAIR},}`, 8, /expected a key/],
    'a name that is not UTF-8': [Buffer.from(`{"a\xff":${PAIR}}`, 'latin1'), 8, /not valid UTF-8/],
    'metadata that is not UTF-8': [
      Buffer.from('{"__metadata__":{"a":"\xc3("}}', 'latin1'),
      0,
      /not valid UTF-8/,
    ],
    'a surrogate encoded as if it were a character': [
      Buffer.from(`{"\xed\xa0\x80":${PAIR}}`, 'latin1'),
      8,
      /not valid UTF-8/,
    ],
    'an escape for half a character': [`{"\\ud800":${PAIR}}`, 8, /half a character/],
    'an unknown escape': [`{"\\x":${PAIR}}`, 8, /escape/],
    'a raw line feed in a name': [`{"a\nb":${PAIR}}`, 8, /0x0a at byte/],
    'a tensor listed twice': [`{"a":${PAIR},"a":${PAIR}}`, 8, /"a" twice/],
    'a tensor listed twice in different spellings': [`{"a":${PAIR},"\\u0061":${PAIR}}`, 8, /"a" twice/],
    'metadata twice': ['{"__metadata__":{},"__metadata__":{}}', 0, /"__metadata__" twice/],
    'a metadata key twice': ['{"__metadata__":{"k":"1","k":"1"}}', 0, /"k" twice/],
    'a dtype twice': [
      '{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}',
      0,
      /"dtype" twice/,
    ],
    'a shape twice': [
      '{"a":{"dtype":"U8","shape":[0],"shape":[0],"data_offsets":[0,0]}}',
      0,
      /"shape" twice/,
    ],
    'offsets twice': [
      '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"data_offsets":[0,0]}}',
      0,
      /"data_offsets" twice/,
    ],
    'metadata that is no object': ['{"__metadata__":"x"}', 0, /expected "\{"/],
    'metadata that is no text': ['{"__metadata__":{"k":1}}', 0, /"k".*string/],
    'metadata that is nested': ['{"__metadata__":{"k":{}}}', 0, /string/],
    'metadata that is almost null': ['{"__metadata__":nul}', 0, /expected "\{"/],
    'metadata that is null twice': ['{"__metadata__":null,"__metadata__":null}', 0, /"__metadata__" twice/],
    'an entry that is no object': ['{"a":3}', 0, /expected "\{"/],
    'an entry without dtype': ['{"a":{"shape":[0],"data_offsets":[0,0]}}', 0, /"a" lacks/],
    'an entry without shape': ['{"a":{"dtype":"U8","data_offsets":[0,0]}}', 0, /"a" lacks/],
    'an entry without offsets': ['{"a":{"dtype":"U8","shape":[0]}}', 0, /"a" lacks/],
    'an unknown key without a value': [withUnknown(''), 0, /the key "x" of tensor "a"/],
    'an unknown key with a word': [withUnknown('nil'), 0, /the key "x" of tensor "a"/],
    'an unknown key with two values': [withUnknown('1 2'), 0, /expected "\}"/],
    'an unknown key with half a list': [withUnknown('[1,'), 0, /the key "x"/],
    'an unknown key that is nested deep': [withUnknown('['.repeat(100_000)), 0, /16 levels deep/],
    'a dtype that is a number': [
      '{"a":{"dtype":8,"shape":[0],"data_offsets":[0,0]}}',
      0,
      /dtype of tensor "a"/,
    ],
    'a shape that is a number': [`{"a":${entry('U8', '3', '[0,3]')}}`, 3, /shape of tensor "a"/],
    'a shape with a text': [`{"a":${entry('U8', '["3"]', '[0,3]')}}`, 3, /non-negative integer/],
    'a shape with a list': [`{"a":${entry('U8', '[[3]]', '[0,3]')}}`, 3, /non-negative integer/],
    'a negative length': [`{"a":${entry('U8', '[-3]', '[0,3]')}}`, 3, /"-" at byte .*non-negative integer/],
    'a fractional length': [`{"a":${entry('U8', '[3.0]', '[0,3]')}}`, 3, /"\." at byte/],
    'a length with exponent': [`{"a":${entry('U8', '[3e0]', '[0,3]')}}`, 3, /"e" at byte/],
    'a length with a leading zero': [`{"a":${entry('U8', '[03]', '[0,3]')}}`, 3, /leading zero/],
    'a length beyond 2^53': [`{"a":${entry('U8', '[9007199254740992]', '[0,3]')}}`, 3, /beyond 2\^53/],
    'a length of a thousand digits': [
      `{"a":${entry('U8', `[${'9'.repeat(1000)}]`, '[0,3]')}}`,
      3,
      /beyond 2\^53/,
    ],
    'a product that overflows': [`{"a":${entry('U8', '[4294967296,4294967296]', '[0,3]')}}`, 3, /overflows/],
    'a product that overflows before a zero': [
      `{"a":${entry('U8', '[4294967296,4294967296,0]', '[0,0]')}}`,
      0,
      /overflows/,
    ],
    'bytes that overflow': [`{"a":${entry('F64', '[9007199254740991]', '[0,3]')}}`, 3, /overflows/],
    'packed values that fill no whole byte': [`{"a":${entry('F4', '[3]', '[0,2]')}}`, 2, /whole bytes/],
    'more bytes than the shape takes': [
      `{"a":${entry('F32', '[2]', '[0,12]')}}`,
      12,
      /"a" has 12 bytes.*takes 8/,
    ],
    'fewer bytes than the shape takes': [
      `{"a":${entry('F32', '[2]', '[0,4]')}}`,
      4,
      /"a" has 4 bytes.*takes 8/,
    ],
    'one offset': [`{"a":${entry('U8', '[0]', '[0]')}}`, 0, /not two numbers/],
    'three offsets': [`{"a":${entry('U8', '[0]', '[0,0,0]')}}`, 0, /more than 2/],
    'offsets in reverse': [`{"a":${entry('U8', '[2]', '[2,0]')}}`, 2, /ends before it begins/],
    'a hole at the start': [`{"a":${entry('U8', '[2]', '[1,3]')}}`, 3, /"a" leaves a hole/],
    'a hole between tensors': [`{"a":${PAIR},"b":${entry('U8', '[1]', '[9,10]')}}`, 10, /"b" leaves a hole/],
    'tensors that overlap': [`{"a":${PAIR},"b":${entry('U8', '[8]', '[4,12]')}}`, 12, /"b" overlaps/],
    'two tensors in the same place': [`{"a":${PAIR},"b":${PAIR}}`, 8, /"b" overlaps/],
    'bytes behind the last tensor': [`{"a":${PAIR}}`, 9, /1 bytes follow/],
    'bytes behind an empty header': ['{}', 1, /1 bytes follow/],
  };
  for (const [what, [header, data, message]] of Object.entries(malformed)) {
    it(`refuses ${what}`, async () => {
      await rejectsCheckpoint(readHeader(withHeader(header, data)), {
        reason: 'malformed',
        source: SOURCE,
        message,
      });
    });
  }

  const refused: Record<string, [file: Uint8Array, reason: CheckpointErrorReason, message: RegExp]> = {
    'an empty file': [Buffer.alloc(0), 'truncated', /empty/],
    'a file of 7 bytes': [Buffer.alloc(7), 'truncated', /7 bytes/],
    'a header longer than the file': [
      Buffer.concat([lengthPrefix(3n), Buffer.from('{}')]),
      'truncated',
      /only 2/,
    ],
    'a header of 100 MB and one byte': [lengthPrefix(100_000_001n), 'too-large', /100000001/],
    'a header length of 2^63': [lengthPrefix(2n ** 63n), 'too-large', /9223372036854775808/],
    'a header length of 2^64 − 1': [lengthPrefix(2n ** 64n - 1n), 'too-large', /18446744073709551615/],
    'a file that lacks the end of its last tensor': [
      withHeader(`{"a":${PAIR}}`, 7),
      'truncated',
      /incomplete/,
    ],
    'a tensor far beyond the end of the file': [
      withHeader(`{"a":${entry('U8', '[9007199254740991]', '[0,9007199254740991]')}}`, 8),
      'malformed',
      /overflows/,
    ],
    'an unknown dtype': [withHeader(`{"a":${entry('Q8', '[1]', '[0,1]')}}`, 1), 'unsupported', /"Q8".*"a"/],
    'a dtype that objects inherit': [
      withHeader(`{"a":${entry('toString', '[1]', '[0,1]')}}`, 1),
      'unsupported',
      /"toString"/,
    ],
    'a Git LFS pointer': [
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:248d\nsize 548105171\n'),
      'unsupported',
      /Git LFS/,
    ],
    'a PyTorch archive': [
      Buffer.from('PK\u0003\u0004\u0014\0\0\0archive/data.pkl'),
      'unsupported',
      /PyTorch/,
    ],
    'a GGUF file': [Buffer.from('GGUF\u0003\0\0\0more'), 'unsupported', /GGUF/],
    'a web page': [Buffer.from('<!DOCTYPE html><html></html>'), 'unsupported', /web page/],
    'a shape of too many axes': [
      withHeader(`{"a":${entry('U8', `[${'1,'.repeat(MAX_RANK)}1]`, '[0,1]')}}`, 1),
      'malformed',
      /more than 64/,
    ],
  };
  for (const [what, [file, reason, message]] of Object.entries(refused)) {
    it(`refuses ${what} as ${reason}`, async () => {
      await rejectsCheckpoint(readHeader(file), { reason, source: SOURCE, message });
    });
  }

  it('reads no more than the length when the header cannot be in the file', async () => {
    for (const length of [3n, 100_000_000n, 100_000_001n, 2n ** 63n]) {
      const file = Buffer.concat([lengthPrefix(length), Buffer.from('{}')]);
      const reader = new CountingReader(new MemoryByteReader(SOURCE, file));
      await assert.rejects(readSafetensorsHeader(reader));
      assert.equal(reader.largestRequest, 8, `header length ${String(length)}`);
    }
  });

  it('stops when its signal is aborted, with the reason of the signal', async () => {
    const file = safetensorsBytes([{ name: 'a', dtype: 'U8', shape: [1], bytes: Buffer.alloc(1) }]);
    const reason = new Error('enough');
    const reading = readSafetensorsHeader(new MemoryByteReader(SOURCE, file), AbortSignal.abort(reason));
    await assert.rejects(reading, reason);
  });

  it('passes on the error of a source that turns out shorter than its size', async () => {
    const bytes = new MemoryByteReader(SOURCE, Buffer.concat([lengthPrefix(900n), Buffer.from('{}')]));
    const shrunk: ByteReader = {
      name: SOURCE,
      size: () => Promise.resolve(1000),
      read: (offset, target) => bytes.read(offset, target),
      close: () => bytes.close(),
    };
    await rejectsCheckpoint(readSafetensorsHeader(shrunk), { reason: 'truncated', source: SOURCE });
  });
});

/*
 * These headers have up to the allowed 100 MB. The parser answers each within a second; a test's limit of minutes is far below what
 * quadratic work would take, which is days.
 */
describe('Hostile headers of the longest allowed length', () => {
  /** A file for one test after the other: 100 MB each time would be much memory to take and to give back. */
  let longFile = Buffer.alloc(0);

  before(() => {
    longFile = Buffer.alloc(8 + MAX_HEADER_BYTES);
    longFile.set(lengthPrefix(BigInt(MAX_HEADER_BYTES)));
  });
  after(() => {
    longFile = Buffer.alloc(0);
  });

  /** `start`, then `filling` as often as it fits, in 100,000,000 bytes. */
  function longHeader(start: string, filling: string): Buffer {
    longFile.fill(filling, 8);
    longFile.write(start, 8, 'latin1');
    return longFile;
  }

  const hostile: Record<string, [file: () => Buffer, reason: CheckpointErrorReason, message: RegExp]> = {
    'nested lists': [() => longHeader('{"a":', '['), 'malformed', /expected "\{"/],
    'nested objects': [() => longHeader('', '{"a":'), 'malformed', /levels deep/],
    'one endless name': [() => longHeader('{"', 'x'), 'malformed', /ends within a key/],
    'one endless name of escapes': [() => longHeader('{"xx', '\\"'), 'malformed', /ends within a key/],
    'one endless number': [() => longHeader('{"a":{"shape":[', '9'), 'malformed', /beyond 2\^53/],
    'nothing but spaces': [() => longHeader('{', ' '), 'malformed', /header ends/],
    'an endless shape': [() => longHeader('{"a":{"shape":[1', ',1'), 'malformed', /more than/],
    'zero bytes': [() => longHeader('{', '\0'), 'malformed', /0x00/],
  };
  for (const [what, [file, reason, message]] of Object.entries(hostile)) {
    it(`refuses ${what}`, async () => {
      await rejectsCheckpoint(readHeader(file()), { reason, source: SOURCE, message });
    });
  }

  it('refuses one tensor more than the limit allows', async () => {
    const entries = Array.from(
      { length: MAX_TENSORS + 1 },
      (_, i) => `"${String(i)}":${entry('U8', '[0]', '[0,0]')}`,
    );
    const file = withHeader(`{${entries.join(',')}}`);
    await rejectsCheckpoint(readHeader(file), {
      reason: 'too-large',
      source: SOURCE,
      message: new RegExp(`more than ${String(MAX_TENSORS)} tensors`),
    });
  });

  it('reads as many tensors as the limit allows, in any order', async () => {
    const entries = Array.from({ length: MAX_TENSORS }, (_, i) => {
      const place = (i * 7919) % MAX_TENSORS;
      return `"${String(i)}":${entry('U8', '[1]', `[${String(place)},${String(place + 1)}]`)}`;
    });
    const { tensors } = await readHeader(withHeader(`{${entries.join(',')}}`, MAX_TENSORS));
    assert.equal(tensors.size, MAX_TENSORS);
  });

  it('refuses one metadata entry more than the limit allows, and reads one long text', async () => {
    const entries = Array.from({ length: MAX_METADATA_ENTRIES + 1 }, (_, i) => `"${String(i)}":""`);
    await rejectsCheckpoint(readHeader(withHeader(`{"__metadata__":{${entries.join(',')}}}`)), {
      reason: 'too-large',
      source: SOURCE,
      message: new RegExp(`more than ${String(MAX_METADATA_ENTRIES)} entries`),
    });
    const text = 'é\\n'.repeat(1_000_000);
    const { metadata } = await readHeader(withHeader(`{"__metadata__":{"k":"${text}"}}`));
    assert.equal(metadata.get('k'), 'é\n'.repeat(1_000_000));
  });

  it('names a tensor of any length in a message that stays short', async () => {
    const file = withHeader(`{"${'n'.repeat(1_000_000)}":${entry('Q8', '[0]', '[0,0]')}}`);
    await assert.rejects(readHeader(file), (error: Error) => error.message.length < 300);
  });
});
