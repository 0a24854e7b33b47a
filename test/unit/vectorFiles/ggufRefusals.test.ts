import assert from 'node:assert/strict';
import { ggufBytes, integers, strings, uint64 } from '../../fixtures/checkpoints/ggufBytes';
import { rejectsCheckpoint } from '../../fixtures/checkpoints/rejectsCheckpoint';
import { EMBEDDING, OTHER, text, tokens } from './ggufParts';
import { readVectors, SOURCE } from './readVectors';

describe('GGUF files that are wrong', () => {
  const huge = 2n ** 60n;
  for (const [fault, file, reason, message] of [
    ['version 1', ggufBytes({ version: 1 }), 'unsupported', /version 1; Tokenscope reads versions 2 and 3/],
    ['big-endian', ggufBytes({ version: 3 << 24 }), 'unsupported', /big-endian/],
    ['the first bytes alone', Buffer.from('GGUF\u0003'), 'truncated', /the version/],
    ['tensors without end', ggufBytes({ tensorCount: huge }), 'malformed', /number of tensors is beyond/],
    ['many tensors', ggufBytes({ tensorCount: 10_000_000n }), 'too-large', /announces 10000000 tensors/],
    ['many keys', ggufBytes({ keyCount: 10_000_000n }), 'too-large', /and 10000000 keys/],
    [
      'keys that do not follow',
      ggufBytes({ keyCount: 99n }),
      'truncated',
      /ends at byte 32, in the middle of/,
    ],
    [
      'a key twice',
      ggufBytes({
        keys: [
          ['a', text('b')],
          ['a', text('c')],
        ],
      }),
      'malformed',
      /key "a" twice/,
    ],
    [
      'a tensor twice',
      ggufBytes({ tensors: [EMBEDDING, EMBEDDING] }),
      'malformed',
      /"token_embd.weight" twice/,
    ],
    [
      'a string without end',
      ggufBytes({ keys: [['a', { type: 8, bytes: uint64(2n ** 50n) }]] }),
      'truncated',
      /"a" claims 1125899906842624 bytes/,
    ],
    [
      'a list without end',
      ggufBytes({
        keys: [['a', { type: 9, bytes: Buffer.concat([Buffer.from([4, 0, 0, 0]), uint64(2n ** 52n)]) }]],
      }),
      'truncated',
      /"a" claims/,
    ],
    [
      'a list of strings without end',
      ggufBytes({
        keys: [['a', { type: 9, bytes: Buffer.concat([Buffer.from([8, 0, 0, 0]), uint64(2n ** 52n)]) }]],
      }),
      'truncated',
      /value of "a"/,
    ],
    [
      'lists within lists within lists',
      ggufBytes({
        keys: [
          [
            'a',
            {
              type: 9,
              bytes: Buffer.concat(
                Array.from({ length: 9 }, () => Buffer.concat([Buffer.from([9, 0, 0, 0]), uint64(1)])),
              ),
            },
          ],
        ],
      }),
      'malformed',
      /nested more than 4/,
    ],
    [
      'an unknown type',
      ggufBytes({ keys: [['a', { type: 99, bytes: Buffer.alloc(0) }]] }),
      'malformed',
      /type 99/,
    ],
    [
      'a name without end',
      ggufBytes({ tensors: [{ ...EMBEDDING, name: 'x'.repeat(70_000) }] }),
      'malformed',
      /claims 70000 bytes/,
    ],
    [
      'a name that is no UTF-8',
      Buffer.concat([
        ggufBytes({ keyCount: 1n }).subarray(0, 24),
        uint64(1),
        Buffer.from([0xff]),
        Buffer.alloc(50),
      ]),
      'malformed',
      /key 1 is not valid UTF-8/,
    ],
    [
      'an alignment of 0',
      ggufBytes({ keys: [['general.alignment', { type: 4, value: 0 }]] }),
      'malformed',
      /no power of two/,
    ],
    [
      'an alignment of 48',
      ggufBytes({ keys: [['general.alignment', { type: 4, value: 48 }]] }),
      'malformed',
      /no power of two/,
    ],
    [
      'an alignment that is text',
      ggufBytes({ keys: [['general.alignment', text('x')]] }),
      'malformed',
      /no 32-bit number/,
    ],
    [
      'a place between',
      ggufBytes({ tensors: [{ ...EMBEDDING, offset: 8 }] }),
      'malformed',
      /begins at 8, no multiple of 32/,
    ],
    [
      'no embedding',
      ggufBytes({ tensors: [OTHER] }),
      'unsupported',
      /no tensor "token_embd.weight". Its tensors: "blk.0.attn_norm.weight"/,
    ],
    ['no tensors', ggufBytes({}), 'unsupported', /Its tensors: none/],
    ['five axes', ggufBytes({ tensors: [{ ...EMBEDDING, axes: [1, 1, 1, 1, 6] }] }), 'malformed', /5 axes/],
    ['one axis', ggufBytes({ tensors: [{ ...EMBEDDING, axes: [6] }] }), 'unsupported', /two axes/],
    [
      'three axes',
      ggufBytes({ tensors: [{ ...EMBEDDING, axes: [1, 2, 3] }] }),
      'unsupported',
      /\[3, 2, 1\]; an embedding matrix has two axes/,
    ],
    [
      'no rows',
      ggufBytes({ tensors: [{ ...EMBEDDING, axes: [2, 0], bytes: Buffer.alloc(0) }] }),
      'unsupported',
      /it is empty/,
    ],
    [
      'a type that is not read',
      ggufBytes({ tensors: [{ ...EMBEDDING, type: 10 }] }),
      'unsupported',
      /is Q2_K \[3, 2\]; Tokenscope reads F32/,
    ],
    [
      'a type that nobody knows',
      ggufBytes({ tensors: [{ ...EMBEDDING, type: 77 }] }),
      'unsupported',
      /is type 77/,
    ],
    [
      'rows that are no whole blocks',
      ggufBytes({ tensors: [{ ...EMBEDDING, type: 8 }] }),
      'malformed',
      /no whole blocks of 32 values/,
    ],
    [
      'rows without end',
      ggufBytes({ tensors: [{ ...EMBEDDING, axes: [2, 2n ** 52n] }] }),
      'truncated',
      /is F32 \[4503599627370496, 2\], which ends at byte/,
    ],
    [
      'values without end',
      ggufBytes({ tensors: [{ ...EMBEDDING, axes: [2 ** 20, 1] }] }),
      'unsupported',
      /at most 65536 values/,
    ],
    [
      'a file that was cut',
      ggufBytes({ tensors: [EMBEDDING] }).subarray(0, -20),
      'truncated',
      /It is incomplete/,
    ],
    [
      'tokens that are numbers',
      ggufBytes({ keys: [['tokenizer.ggml.tokens', integers([1, 2, 3])]], tensors: [EMBEDDING] }),
      'malformed',
      /tokens are no strings/,
    ],
    [
      'tokens that are no UTF-8',
      ggufBytes({ keys: [['tokenizer.ggml.tokens', strings([Buffer.from([0xff])])]], tensors: [EMBEDDING] }),
      'malformed',
      /token 0 is not valid UTF-8/,
    ],
    [
      'kinds that are not as many as tokens',
      ggufBytes({ keys: tokens('llama', ['a', 'b'], [1]), tensors: [EMBEDDING] }),
      'malformed',
      /kinds of its tokens/,
    ],
  ] as const) {
    it(`are refused with the reason: ${fault}`, async () => {
      await rejectsCheckpoint(readVectors(file), { reason, source: SOURCE, message });
    });
  }

  it('are refused wherever they are cut, and never read on', async () => {
    const whole = ggufBytes({
      keys: tokens('gpt2', ['a', 'b', 'Ġc'], [1, 1, 1]),
      tensors: [OTHER, EMBEDDING],
    });
    for (let length = 5; length < whole.length - 8; length++) {
      await assert.rejects(
        readVectors(whole.subarray(0, length)),
        { name: 'CheckpointError' },
        String(length),
      );
    }
  });

  it('may have any byte changed: each is read or refused in words', async () => {
    const whole = ggufBytes({
      keys: tokens('llama', ['a', 'b', '▁c'], [1, 1, 1]),
      tensors: [OTHER, EMBEDDING],
    });
    for (let at = 4; at < whole.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const changed = Buffer.from(whole);
        changed[at] = value;
        await readVectors(changed).catch((error: unknown) => {
          assert.ok(
            error instanceof Error && error.name === 'CheckpointError',
            `byte ${at}: ${String(error)}`,
          );
        });
      }
    }
  });
});
