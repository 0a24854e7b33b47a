import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { indexSections, type IndexFigures } from '../../../../src/core/embedding/index/indexContents';
import { IndexedSearch } from '../../../../src/core/embedding/index/indexedSearch';
import { fillCenteredForm } from '../../../../src/core/embedding/index/scoreForms';
import { TESTED_KERNELS } from '../../../fixtures/kernel/onEachKernel';
import { IndexMemory } from '../../../../src/core/embedding/index/indexMemory';
import { cacheFiles } from '../../../../src/engine/loaded/cache/cacheFolder';
import type { SourceIdentity } from '../../../../src/engine/loaded/cache/sourceIdentity';
import { writeSectionFile } from '../../../../src/engine/loaded/cache/writeSectionFile';
import {
  INDEX_VERSION,
  indexScalars,
  keepIndex,
  readKeptIndex,
} from '../../../../src/engine/loaded/indexCache';
import { sourceOf } from '../../embedding/indexedMatrix';
import { buildIndex, measureCenteredLengths } from '../../../../src/engine/loaded/buildIndex';
import { adversarialMatrix } from '../../embedding/testMatrix';

/** Not a multiple of 4 or of 32: there are rows, and bits, behind the last. */
const ROWS = 61;
const DIMENSION = 24;

const IDENTITY: SourceIdentity = {
  path: '/models/test.safetensors',
  size: 10_000,
  mtimeMs: 1_700_000_000_000,
  tensorName: 'wte.weight',
  dtype: 'F32',
  shape: [ROWS, DIMENSION],
};

describe('a kept index that somebody else has written', () => {
  const { signal } = new AbortController();
  const matrix = adversarialMatrix(ROWS, DIMENSION, 7);
  const identity = IDENTITY;
  let folder: string;
  let memory: IndexMemory;
  let figures: IndexFigures;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-kept-'));
    memory = new IndexMemory(ROWS, DIMENSION);
    figures = await buildIndex(sourceOf(matrix), memory, signal);
    const search = searchIn(memory, figures);
    await measureCenteredLengths(sourceOf(matrix), memory, signal);
    search.useCenteredLengths();
  });

  afterEach(() => fs.rm(folder, { recursive: true }));

  function searchIn(indexed: IndexMemory, known: IndexFigures): IndexedSearch {
    const source = sourceOf(matrix);
    const copyRows = (ids: Uint32Array, target: Float32Array): void => source.copyRows(ids, target);
    return new IndexedSearch(indexed, known, { rowCount: ROWS, dimension: DIMENSION, copyRows });
  }

  /** Writes the index with right checksums after something was done to it, and reads it into other memory. */
  async function readForged(
    forge: (section: (name: string) => Uint8Array) => void,
    scalars: Readonly<Record<string, number>> = {},
  ): Promise<{ readonly read: IndexFigures | undefined; readonly into: IndexMemory }> {
    const sections = indexSections(memory);
    forge((name) => {
      const section = sections.get(name);
      assert.ok(section, name);
      return section;
    });
    const content = { kind: 'embedding-index', contentVersion: INDEX_VERSION, source: identity } as const;
    await writeSectionFile(
      cacheFiles(folder, identity).index,
      { ...content, scalars: { ...indexScalars(memory, figures), ...scalars }, sections },
      { signal, createChecksum: () => memory.createChecksum() },
    );
    const into = new IndexMemory(ROWS, DIMENSION);
    return { read: await readKeptIndex(folder, identity, into, signal), into };
  }

  const setBit = (bits: Uint8Array, row: number): void => {
    bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
  };
  const clearBit = (bits: Uint8Array, row: number): void => {
    bits[row >> 3] = (bits[row >> 3] ?? 0) & ~(1 << (row & 7));
  };
  const rankedRow = (): number => memory.float64(memory.layout.norms, ROWS).findIndex(Number.isFinite);

  it('is used as it was kept by ourselves', async () => {
    await keepIndex(folder, identity, memory, figures, signal);
    const into = new IndexMemory(ROWS, DIMENSION);
    assert.deepEqual(await readKeptIndex(folder, identity, into, signal), figures);
  });

  it('loses bits behind the last row, and answers no id beyond the matrix', async () => {
    const { read, into } = await readForged((section) => {
      for (const name of ['rankedRows', 'moderateRows', 'centeredRows']) {
        for (let row = ROWS; row < 64; row++) {
          setBit(section(name), row);
        }
      }
      // An upper bound above all others, for the row that is not there.
      section('residuals').fill(0x7f, ROWS * 4, (ROWS + 3) * 4);
    });
    assert.deepEqual(read, figures);
    const search = searchIn(into, figures);
    search.useCenteredForm();
    const query = Float64Array.from({ length: DIMENSION }, (_, index) => index + 1);
    for (const metric of ['cosine', 'centered', 'dot', 'euclidean'] as const) {
      const { ids } = search.search({ query, metric, k: 64 });
      assert.equal(ids.length, figures.rankedCount);
      assert.ok(ids.every((id) => id < ROWS));
    }
  });

  const forgeries: Readonly<Record<string, (section: (name: string) => Uint8Array) => void>> = {
    'a row less in the ranked ones than it counts': (section) => clearBit(section('rankedRows'), rankedRow()),
    'a row screened that is not ranked': (section) => {
      const unranked = memory.float64(memory.layout.norms, ROWS).findIndex(Number.isNaN);
      assert.ok(unranked >= 0);
      setBit(section('moderateRows'), unranked);
    },
    'a row screened when centered that is not screened': (section) => {
      clearBit(section('moderateRows'), rankedRow());
      setBit(section('centeredRows'), rankedRow());
    },
    'a norm that is not the root of its square': (section) => {
      const norms = section('norms');
      new DataView(norms.buffer, norms.byteOffset).setFloat64(rankedRow() * 8, 12, true);
    },
    'a square below zero': (section) => {
      const squares = section('squaredNorms');
      new DataView(squares.buffer, squares.byteOffset).setFloat64(rankedRow() * 8, -1, true);
    },
  };
  for (const [what, forge] of Object.entries(forgeries)) {
    it(`is of no use with ${what}`, async () => {
      assert.equal((await readForged(forge)).read, undefined);
    });
  }

  it('is of no use when it does not say whose codes it holds', async () => {
    for (const kernelOfCodes of [2, -1, 0.5]) {
      assert.equal((await readForged(() => undefined, { kernelOfCodes })).read, undefined);
    }
  });

  it('is of no use when it counts other rows than it has, or more than there are', async () => {
    for (const rankedCount of [0, figures.rankedCount - 1, figures.rankedCount + 1, 1e9, -1]) {
      const { read } = await readForged(() => undefined, { rankedCount });
      assert.equal(read, undefined, String(rankedCount));
    }
  });
});

describe('a kept index', () => {
  const both =
    TESTED_KERNELS.length < 2 ? [] : [['simd', 'relaxed-simd'] as const, ['relaxed-simd', 'simd'] as const];
  for (const [keeps, reads] of both) {
    it(`is used by ${reads} as if it had made it, though ${keeps} has`, async () => {
      const { signal } = new AbortController();
      const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-kept-'));
      try {
        const matrix = adversarialMatrix(203, 40, 8);
        const built = await Promise.all(
          [keeps, reads].map(async (kernel) => {
            const memory = new IndexMemory(203, 40, { kernelKind: kernel });
            const figures = await buildIndex(sourceOf(matrix), memory, signal);
            await measureCenteredLengths(sourceOf(matrix), memory, signal);
            fillCenteredForm(memory);
            return { memory, figures };
          }),
        );
        const [kept, made] = built;
        assert.ok(kept && made);
        const identity: SourceIdentity = { ...IDENTITY, shape: [203, 40] };
        await keepIndex(folder, identity, kept.memory, kept.figures, signal);
        const into = new IndexMemory(203, 40, { kernelKind: reads });
        assert.deepEqual(await readKeptIndex(folder, identity, into, signal), made.figures);
        const expected = indexSections(made.memory);
        for (const [name, bytes] of indexSections(into)) {
          assert.deepEqual(bytes, expected.get(name), name);
        }
        // Codes do differ, or there would have been nothing to convert.
        assert.notDeepEqual(indexSections(kept.memory).get('codes'), expected.get('codes'));
      } finally {
        await fs.rm(folder, { recursive: true });
      }
    });
  }
});
