import assert from 'node:assert/strict';
import path from 'node:path';
import vm from 'node:vm';
import * as esbuild from 'esbuild';
import { safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';

/** Where V8 is wrong, it is in about every fiftieth. */
const ROUNDS = 150;
const DIMENSION = 8;

/**
 * Compiled anew in each round: the real modules, from the bytes of a header to the values of a row, and a loop that reads one row so often
 * that V8 compiles it meanwhile. The loop tells the first wrong value, with the number of its read.
 */
const ENTRY = `
import { readSafetensorsHeader } from './src/core/safetensors/safetensorsHeader';
import { checkEmbeddingTensor } from './src/model/embeddingTensor';
import { copyRowsInto } from './src/model/readRows';

export async function firstWrongRead(reader, expected) {
  const { tensors } = await readSafetensorsHeader(reader);
  const tensor = tensors.get('wte.weight');
  const shape = checkEmbeddingTensor(tensor, reader.name);
  const ids = new Uint32Array(1);
  const row = new Float32Array(shape.dimension);
  const source = { copyRows: (ids, target) => { copyRowsInto(reader, tensor.byteOffset, shape, ids, target); } };
  const rows = { copyRows: (ids, target) => { source.copyRows(ids, target); } };
  let read = 0;
  try {
    for (; read < 40_000; read++) {
      rows.copyRows(ids, row);
      if (row[0] !== expected) {
        return 'read ' + read + ': ' + row[0] + ' instead of ' + expected;
      }
    }
  } catch (error) {
    return 'read ' + read + ': ' + String(error);
  }
}
`;

interface Program {
  readonly firstWrongRead: (reader: object, expected: number) => Promise<string | undefined>;
}

describe('Rows of a checkpoint whose dtype is a text of its header', () => {
  let program: string;

  before(async () => {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: ENTRY, resolveDir: path.resolve('.'), loader: 'ts' },
      write: false,
      bundle: true,
      format: 'iife',
      globalName: 'program',
      platform: 'node',
      target: 'node20',
    });
    program = outputFiles[0]!.text;
  });

  it('are decoded as F16, however V8 compiles what reads them', async () => {
    const bytes = new Uint8Array(2 * DIMENSION).map((_, place) => (place % 2 === 0 ? 0 : 0x3c));
    const file = safetensorsBytes([{ name: 'wte.weight', dtype: 'F16', shape: [1, DIMENSION], bytes }]);
    const wrong: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { firstWrongRead } = vm.runInThisContext(
        `(() => { /* ${round} */ ${program}; return program; })()`,
      ) as Program;
      const found = await firstWrongRead(readerOf(file), 1);
      if (found !== undefined) {
        wrong.push(found);
      }
    }
    assert.deepEqual(wrong, []);
  });
});

function readerOf(file: Uint8Array): object {
  const readSync = (offset: number, target: Uint8Array): void => {
    target.set(file.subarray(offset, offset + target.length));
  };
  return {
    name: 'memory',
    size: () => Promise.resolve(file.length),
    readSync,
    read: (offset: number, target: Uint8Array) => {
      readSync(offset, target);
      return Promise.resolve();
    },
    isUnchanged: () => true,
    close: () => Promise.resolve(),
  };
}
