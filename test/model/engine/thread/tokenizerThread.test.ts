import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { startNodeWorker } from '../../../../src/engine/thread/nodeWorker';
import { readTokenizersInThread } from '../../../../src/engine/thread/tokenizerThread';
import type { WorkerPort } from '../../../../src/engine/workerPort';
import { loadTokenizer } from '../../../../src/model/tokenizers/loadTokenizer';
import { loadTokenizerBy } from '../../../../src/model/tokenizers/loadTokenizerBy';
import { makeTokenizer } from '../../../../src/model/tokenizers/makeTokenizer';
import { MAX_TOKENIZER_BYTES } from '../../../../src/model/tokenizers/readTokenizerFile';
import { useBundledProgram } from '../../../fixtures/bundledProgram';
import { rejectsCheckpoint } from '../../../fixtures/checkpoints/rejectsCheckpoint';
import { useTemporaryFolder } from '../../../fixtures/checkpoints/temporaryFolder';
import { largeTokenizerJson } from '../../../fixtures/tokenizers/largeTokenizer';
import { RustTokenizer } from '../../../fixtures/tokenizers/rustTokenizer';
import { tokenizerJson } from '../../../fixtures/tokenizers/tokenizerStyles';
import { rebuildPublishedFiles } from '../../../unit/tokenizer/publishedFiles';

describe('a tokenizer.json that is read in a thread', () => {
  const workerFile = useBundledProgram('src/engine/thread/tokenizerWorker.ts');
  const inFolder = useTemporaryFolder();
  const read = readTokenizersInThread(() => startNodeWorker(workerFile(), 'tokenizer'));
  const loadByThread = loadTokenizerBy({ read, make: makeTokenizer });

  const write = async (content: string | Uint8Array): Promise<string> => {
    const file = inFolder('tokenizer.json');
    await fs.writeFile(file, content);
    return file;
  };

  for (const style of ['llama3', 'llama2', 'qwen2', 'pythia'] as const) {
    it(`gives the ids and ranges of the Rust library (${style})`, async () => {
      const json = tokenizerJson(style);
      const tokenizer = await loadByThread(await write(JSON.stringify(json)));
      const here = await loadTokenizer(inFolder('tokenizer.json'));
      const text = "It's a Tokenscope banana, größer als 12345 漢字 🍌\n\n  <|endoftext|>";
      assert.deepEqual(tokenizer.encode(text), (await new RustTokenizer(json).encode(text)).ids);
      assert.deepEqual(tokenizer.encodeWithOffsets(text), here.encodeWithOffsets(text));
      assert.equal(tokenizer.decode(tokenizer.encode(text)), here.decode(here.encode(text)));
    });
  }

  it("is GPT-2's own, where it is", async () => {
    assert.equal(await read(await write(rebuildPublishedFiles().tokenizerJson)), 'gpt2');
  });

  it('leaves this thread free while 128,256 tokens are read', async () => {
    const file = await write(JSON.stringify(largeTokenizerJson()));
    // Reading, parsing and checking take a second: had they happened here, next to no turn would have passed.
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns++;
      if (!isDone) {
        setImmediate(count);
      }
    };
    setImmediate(count);
    const tokenizer = await loadByThread(file);
    isDone = true;
    assert.equal(tokenizer.vocabularySize, 128_256);
    assert.ok(turns > 1_000, `${String(turns)} turns`);
  });

  it('is refused with the reason, naming the file, and the thread ends', async () => {
    const malformed = await write('{');
    await rejectsCheckpoint(read(malformed), {
      reason: 'malformed',
      source: malformed,
      message: /is not JSON/,
    });
    await rejectsCheckpoint(read(inFolder('nowhere.json')), {
      reason: 'not-found',
      source: inFolder('nowhere.json'),
      message: /./,
    });
  });

  const half = MAX_TOKENIZER_BYTES / 2;
  const bombs: Readonly<Record<string, () => string>> = {
    'lists within lists': () => '['.repeat(MAX_TOKENIZER_BYTES),
    'objects within objects': () => '{"a":'.repeat(MAX_TOKENIZER_BYTES / 8),
    'more values than any vocabulary': () => `[${'{},'.repeat(half / 2)}{}]`,
    'more texts than any vocabulary': () => `[${'"",'.repeat(half / 2)}""]`,
  };
  for (const [what, bomb] of Object.entries(bombs)) {
    it(`is refused before it is parsed for ${what}`, async () => {
      const file = await write(bomb());
      await rejectsCheckpoint(read(file), { reason: 'too-large', source: file, message: /nested|values/ });
    });
  }

  it('ends with its caller, whatever it is doing', async () => {
    const file = await write(JSON.stringify(largeTokenizerJson()));
    const abort = new AbortController();
    let ended = 0;
    const started = readTokenizersInThread(() => {
      const port = startNodeWorker(workerFile(), 'tokenizer');
      return {
        ...port,
        terminate: async () => {
          await port.terminate();
          ended++;
        },
      };
    })(file, abort.signal);
    const reason = new Error('not needed any more');
    abort.abort(reason);
    await assert.rejects(started, (error) => error === reason);
    assert.equal(ended, 1);
    await assert.rejects(read(file, abort.signal), (error) => error === reason);
  });

  it('is refused when its thread dies, for want of memory for instance', async () => {
    const dying: WorkerPort = {
      postMessage: () => undefined,
      onMessage: () => undefined,
      onExit: (listener) => {
        setImmediate(listener, 'Worker terminated due to reaching memory limit');
      },
      terminate: () => Promise.resolve(),
    };
    const file = inFolder('tokenizer.json');
    await rejectsCheckpoint(readTokenizersInThread(() => dying)(file), {
      reason: 'too-large',
      source: file,
      message: /reaching memory limit/,
    });
  });
});
