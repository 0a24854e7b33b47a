import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { FiniteCheck } from '../../../src/model/hub/finiteCheck';
import { KNOWN_MODELS } from '../../../src/model/hub/knownModels';
import { MAX_REMOTE_HEADER_BYTES } from '../../../src/model/hub/locateTensor';
import {
  embeddingTensor,
  lengthPrefix,
  safetensorsBytes,
  withHeader,
} from '../../fixtures/checkpoints/safetensorsBytes';
import { plantFingerprint } from '../../fixtures/hub/fingerprintRows';
import {
  checkpointAround,
  CHUNK_BYTES,
  COMMIT,
  NEVER,
  ON_MAIN,
  PINNED,
  readByHand,
  REPOSITORY,
  useHub,
} from '../../fixtures/hub/hubTest';
import { rejectsHub } from '../../fixtures/hub/rejectsHub';

const MODEL = 'model.safetensors';

describe('What arrives from the hub', () => {
  const hub = useHub();
  const serve = (content: Uint8Array, name = MODEL): void =>
    hub.server.setRepository(REPOSITORY, {
      commits: { [COMMIT]: { files: { [name]: content } } },
      refs: { main: COMMIT },
    });
  const partialFiles = (): Promise<string[]> =>
    fs.readdir(hub.inStorage('models--ada--tiny-model', 'partial'));

  for (const [what, value] of [
    ['NaN', 0x7f],
    ['infinity', 0x7f],
    ['minus NaN', 0xff],
  ] as const) {
    it(`is deleted and reported when it holds ${what}`, async () => {
      const content = checkpointAround(hub.source);
      const position = content.indexOf(hub.source.bytes) + 5 * CHUNK_BYTES + 4 * 1001;
      content.set([0, what === 'infinity' ? 0 : 1, 0x80, value], position);
      serve(content);
      await rejectsHub(
        hub.downloader().download(PINNED, { signal: NEVER }),
        'untrusted-content',
        /not numbers/,
      );
      assert.deepEqual(await partialFiles(), []);
      const whole = hub.downloader();
      hub.server.fault({ at: 'content', fault: { kind: 'ignoreRange' } });
      await rejectsHub(whole.download(PINNED, { signal: NEVER, allowWholeFile: true }), 'untrusted-content');
      assert.deepEqual(await partialFiles(), []);
      await assert.rejects(fs.stat(hub.inStorage('models--ada--tiny-model', 'snapshots')));
    });
  }

  it('is deleted when a byte on the way makes a value infinite', async () => {
    const content = checkpointAround(hub.source);
    const position = content.indexOf(hub.source.bytes) + 3;
    const wrong = { kind: 'wrongByte', position, value: 0x7f } as const;
    hub.server.fault({ at: 'content', fault: wrong });
    hub.server.fault({ at: 'content', fault: { ...wrong, position: position - 1, value: 0xff } });
    await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'untrusted-content');
    assert.deepEqual(await partialFiles(), []);
  });

  const headers: [string, () => Buffer, RegExp][] = [
    [
      'a header length beyond the file',
      () => Buffer.concat([lengthPrefix(99_000_000n), Buffer.alloc(500)]),
      /only 500 follow/,
    ],
    [
      'a header length beyond the format',
      () => Buffer.concat([lengthPrefix(2n ** 63n), Buffer.alloc(500)]),
      /at most 100000000/,
    ],
    ['no header at all', () => Buffer.alloc(3), /the file has 3 bytes/],
    ['a header that is no JSON', () => withHeader('{"wte.weight": oops}'), /expected/],
    ['a web page', () => Buffer.from('<!DOCTYPE html><title>Sign in</title>'), /web page/],
    [
      'a Git LFS pointer',
      () => Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00'),
      /Git LFS/,
    ],
    [
      'tensors that overlap',
      () => {
        const entry = { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] };
        return withHeader(JSON.stringify({ 'wte.weight': entry, other: entry }), 32);
      },
      /overlaps/,
    ],
    [
      'a tensor with fewer bytes than its shape asks for',
      () => withHeader('{"wte.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,16]}}', 16),
      /takes 24/,
    ],
  ];
  for (const [what, content, says] of headers) {
    it(`is refused: ${what}`, async () => {
      serve(content());
      const reason = /web|Git/.test(says.source) ? 'unsupported' : 'bad-response';
      const error = await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), reason, says);
      assert.ok(error.message.startsWith(`${REPOSITORY}/${MODEL}: `));
    });
  }

  it('is refused without allocating or fetching what a header claims', async () => {
    const claimed = 99_000_000;
    serve(Buffer.concat([lengthPrefix(BigInt(claimed)), Buffer.alloc(100_000, ' ')]));
    // The server also claims a file in which such a header would have room.
    const range = `bytes 0-65535/${String(2 ** 40)}`;
    hub.server.fault({ at: 'content', fault: { kind: 'contentRange', value: range } });
    const before = process.memoryUsage().arrayBuffers;
    await rejectsHub(
      hub.downloader().download(PINNED, { signal: NEVER }),
      'bad-response',
      /at most 8388608 are/,
    );
    assert.ok(process.memoryUsage().arrayBuffers - before < claimed / 2);
    assert.equal(hub.server.rangesOf(MODEL).length, 1);
    assert.ok(claimed > MAX_REMOTE_HEADER_BYTES);
  });

  it('may have a header that is longer than the first request', async () => {
    const metadata = { format: 'pt', note: 'x'.repeat(200_000) };
    serve(safetensorsBytes([hub.source], metadata));
    const { file } = await hub.downloader().download(ON_MAIN, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    const [first, second] = hub.server.rangesOf(MODEL);
    assert.deepEqual([first?.first, first?.last, second?.first], [0, 65535, 65536]);
  });

  const unusable: [string, Buffer][] = [
    ['no embedding', safetensorsBytes([embeddingTensor('lm_head.weight', 'F32', 4, 4)])],
    [
      'an embedding of integers',
      safetensorsBytes([{ name: 'wte.weight', dtype: 'I8', shape: [4, 4], bytes: Buffer.alloc(16) }]),
    ],
    [
      'an embedding with three axes',
      safetensorsBytes([{ name: 'wte.weight', dtype: 'F32', shape: [2, 2, 1], bytes: Buffer.alloc(16) }]),
    ],
    [
      'an empty embedding',
      safetensorsBytes([{ name: 'wte.weight', dtype: 'F32', shape: [0, 4], bytes: Buffer.alloc(0) }]),
    ],
  ];
  for (const [what, content] of unusable) {
    it(`is not downloaded: ${what}`, async () => {
      serve(content);
      await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'unsupported');
      assert.equal(hub.server.rangesOf(MODEL).length, 1);
    });
  }

  const index = (shard: unknown): Buffer =>
    Buffer.from(JSON.stringify({ weight_map: { 'wte.weight': shard } }));
  for (const shard of ['../../secret', '/etc/passwd', 'a/b.safetensors', '..', 'c:\\x', 7, '']) {
    it(`is refused: an index that names the shard ${JSON.stringify(shard)}`, async () => {
      serve(index(shard), 'model.safetensors.index.json');
      await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'bad-response');
      assert.ok(hub.server.requests.every(({ file }) => file.startsWith('model.safetensors')));
    });
  }

  it('is refused: an index that names a shard that is not there, or is no index', async () => {
    serve(index('gone.safetensors'), 'model.safetensors.index.json');
    await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'bad-response', /not there/);
    serve(Buffer.from('[]'), 'model.safetensors.index.json');
    await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'bad-response', /weight_map/);
  });

  it('is refused: an index larger than any', async () => {
    serve(index('a'), 'model.safetensors.index.json');
    const headersFault = { kind: 'headers', headers: { 'content-length': String(33 * 2 ** 20) } } as const;
    hub.server.fault({ at: 'content', file: 'model.safetensors.index.json', fault: headersFault });
    await rejectsHub(
      hub.downloader().download(PINNED, { signal: NEVER }),
      'bad-response',
      /more than the limit/,
    );
  });
});

describe('A model with a published fingerprint', () => {
  const hub = useHub();
  const gpt2 = { repository: 'openai-community/gpt2', revision: '607a30d783dfa663caf39e06633721c8d4cfcd7e' };

  const serveGpt2 = (hasFingerprint: boolean): void => {
    const values = new Float32Array(50_257 * 768);
    values.fill(0.01);
    if (hasFingerprint) {
      plantFingerprint(values);
    }
    const bytes = Buffer.from(values.buffer);
    const content = safetensorsBytes([{ name: 'wte.weight', dtype: 'F32', shape: [50_257, 768], bytes }]);
    hub.server.setRepository(gpt2.repository, {
      commits: { [gpt2.revision]: { files: { [MODEL]: content } } },
    });
  };

  it('is stored where its rows agree, at full size', async () => {
    serveGpt2(true);
    const { file } = await hub.downloader({ chunkBytes: 2 ** 23 }).download(gpt2, { signal: NEVER });
    assert.ok((await fs.stat(file)).size > 154_389_504);
    assert.ok(
      !hub.server.requests.some(({ file: name }) => name === 'tokenizer.json'),
      'its tokenizer is ours',
    );
  });

  it('is deleted and reported where they do not', async () => {
    serveGpt2(false);
    const download = hub.downloader({ chunkBytes: 2 ** 23 }).download(gpt2, { signal: NEVER });
    await rejectsHub(download, 'untrusted-content', /not those that were published for GPT-2/);
    const folder = hub.inStorage('models--openai-community--gpt2');
    assert.deepEqual(await fs.readdir(folder, { recursive: true }), ['partial']);
  });
});

describe('A known model', () => {
  const hub = useHub();

  it('of another size than its commit has is not even downloaded', async () => {
    const [, medium] = KNOWN_MODELS;
    hub.server.setRepository(medium!.repository, {
      commits: { [medium!.revision]: { files: { [MODEL]: checkpointAround(hub.source) } } },
    });
    const download = hub.downloader().download(medium!, { signal: NEVER });
    await rejectsHub(download, 'untrusted-content', /offers another openai-community\/gpt2-medium/);
    assert.equal(hub.server.rangesOf(MODEL).length, 1);
  });
});

describe('The check that stored values are finite', () => {
  const bits = { F32: [4, 0x7f80], F16: [2, 0x7c00], BF16: [2, 0x7f80] } as const;

  for (const dtype of ['F32', 'F16', 'BF16'] as const) {
    const [elementBytes, allOnes] = bits[dtype];

    it(`agrees with the exponent bits of every upper half of ${dtype}`, () => {
      for (let upper = 0; upper < 0x10000; upper++) {
        const bytes = Buffer.alloc(elementBytes, 0x55);
        bytes.writeUInt16LE(upper, elementBytes - 2);
        assert.equal(new FiniteCheck(dtype).add(bytes), (upper & allOnes) !== allOnes, upper.toString(16));
      }
    });

    it(`finds the one value of ${dtype} that is not, however the bytes are cut`, () => {
      const count = 8;
      for (let bad = 0; bad < count; bad++) {
        const bytes = Buffer.alloc(count * elementBytes, 0x3f);
        bytes.writeUInt16LE(allOnes, (bad + 1) * elementBytes - 2);
        for (let first = 0; first <= bytes.length; first++) {
          for (let second = first; second <= bytes.length; second++) {
            const check = new FiniteCheck(dtype);
            const results = [
              check.add(bytes.subarray(0, first)),
              check.add(bytes.subarray(first, second)),
              check.add(bytes.subarray(second)),
            ];
            assert.equal(results.filter((isFinite) => !isFinite).length, 1);
          }
        }
      }
    });
  }

  it('is satisfied with bytes that are cut where they look like infinity', () => {
    // Two neighboring values, of which the end of one and the start of the other would make an exponent of ones.
    const bytes = Buffer.from([0, 0, 0, 0x7f, 0x80, 0x7f, 0, 0]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const check = new FiniteCheck('F32');
      assert.ok(check.add(bytes.subarray(0, cut)) && check.add(bytes.subarray(cut)));
    }
  });
});
