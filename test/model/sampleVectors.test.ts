import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { openEmbeddingSource } from '../../src/model/embeddingSource';
import { sampleFile, unpackSample } from '../../src/model/sampleVectors/sampleVectors';
import { SeededRandom } from '../fixtures/checkpoints/seededRandom';

describe('The sample vectors', () => {
  const tokenizer = Gpt2Tokenizer.shared();
  let values: Float32Array;
  let dimension: number;

  before(async () => {
    const source = await openEmbeddingSource({ kind: 'sample' });
    dimension = source.identity.dimension;
    values = new Float32Array(source.identity.rowCount * dimension);
    await source.readRows(0, values);
    await source.close();
  });

  function idOf(text: string): number {
    const id = tokenizer.idOfBytes(new TextEncoder().encode(text));
    assert.ok(id !== undefined, `"${text}" is no token`);
    return id;
  }

  const vectorOf = (id: number): Float32Array => values.subarray(id * dimension, (id + 1) * dimension);

  function cosine(a: Float32Array, b: Float32Array): number {
    let product = 0;
    for (let i = 0; i < dimension; i++) {
      product += (a[i] ?? NaN) * (b[i] ?? NaN);
    }
    return product / (Math.hypot(...a) * Math.hypot(...b));
  }

  const similarity = (a: string, b: string): number => cosine(vectorOf(idOf(a)), vectorOf(idOf(b)));

  /** Folded spellings of the nearest tokens, each once, without those of the words that were asked about. */
  function nearest(query: Float32Array, asked: readonly string[], count: number): string[] {
    const scores = Array.from({ length: tokenizer.vocabularySize }, (_, id) => cosine(query, vectorOf(id)));
    const ids = scores.map((_, id) => id).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    const words = ids
      .slice(0, 200)
      .map((id) => new TextDecoder().decode(tokenizer.tokenBytes(id)).trim().toLowerCase());
    return [...new Set(words)].filter((word) => !asked.includes(word)).slice(0, count);
  }

  it('say in name and flag that they are not GPT-2', async () => {
    const source = await openEmbeddingSource({ kind: 'sample' });
    assert.deepEqual(source.identity, {
      name: 'sample vectors',
      isSample: true,
      isVerified: false,
      path: '',
      tensorName: 'wte.weight',
      dtype: 'F32',
      rowCount: 50257,
      dimension: 128,
      warnings: [],
    });
    await source.close();
  });

  it('are the bytes that were made, in at most 1.1 MB', async () => {
    const { size } = await fs.stat(sampleFile());
    assert.ok(size <= 1_100_000, String(size));
    const sha256 = createHash('sha256')
      .update(await unpackSample())
      .digest('hex');
    assert.equal(`${sha256}\n`, await fs.readFile(`${sampleFile()}.sha256`, 'utf8'));
  });

  it('are finite, of plausible length, and as alike as those of trained models', () => {
    for (let id = 0; id < tokenizer.vocabularySize; id++) {
      const length = Math.hypot(...vectorOf(id));
      assert.ok(length > 2.7 && length < 4.4, `row ${String(id)} has length ${String(length)}`);
    }
    const random = new SeededRandom(1);
    let sum = 0;
    for (let i = 0; i < 5000; i++) {
      sum += cosine(vectorOf(random.uint32() % 50257), vectorOf(random.uint32() % 50257));
    }
    assert.ok(sum / 5000 > 0.25 && sum / 5000 < 0.3, `the mean cosine is ${String(sum / 5000)}`);
  });

  it('put the spellings of a word next to it', () => {
    assert.ok(Math.abs(similarity('Mike', ' Mike') - 0.846) < 0.01);
    const spellings = nearest(vectorOf(idOf(' Monday')), [], 1);
    assert.deepEqual(spellings, ['monday']);
  });

  it('know what words mean', () => {
    const expected: [word: string, oneOf: readonly string[]][] = [
      [' quickly', ['soon', 'swiftly', 'rapidly']],
      [' wedding', ['bride', 'groom', 'marriage']],
      [' Paris', ['brussels', 'london', 'france']],
      [' seven', ['six', 'five', 'eight']],
      ['Mike', ['jim', 'jeff', 'doug', 'dave', 'steve']],
      ['1998', ['1997', '1999', '1995', '1996', '1994']],
    ];
    for (const [word, oneOf] of expected) {
      const found = nearest(vectorOf(idOf(word)), [word.trim().toLowerCase()], 5);
      assert.ok(
        oneOf.some((near) => found.includes(near)),
        `${word}: ${found.join(', ')}`,
      );
    }
  });

  it('give queen for king - man + woman, among the first three other words', () => {
    const [king, man, woman] = [' king', ' man', ' woman'].map((word) => {
      const vector = vectorOf(idOf(word));
      return vector.map((value) => value / Math.hypot(...vector));
    });
    const sum = (king ?? []).map((value, i) => value - (man?.[i] ?? 0) + (woman?.[i] ?? 0));
    const found = nearest(Float32Array.from(sum), ['king', 'man', 'woman', 'kings'], 3);
    assert.ok(found.includes('queen'), found.join(', '));
  });
});
