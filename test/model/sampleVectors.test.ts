import assert from 'node:assert/strict';
import { MemoryByteReader } from '../../src/core/safetensors/memoryByteReader';
import { readSafetensorsHeader } from '../../src/core/safetensors/safetensorsHeader';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { openEmbeddingSource } from '../../src/model/embeddingSource';
import { sampleVectorsFile } from '../../src/model/sampleVectors/sampleVectors';
import { SeededRandom } from '../fixtures/checkpoints/seededRandom';

describe('The sample vectors', function () {
  this.timeout(20_000);

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

  function cosine(a: number, b: number): number {
    let product = 0;
    let squaresA = 0;
    let squaresB = 0;
    for (let i = 0; i < dimension; i++) {
      const x = values[a * dimension + i] ?? NaN;
      const y = values[b * dimension + i] ?? NaN;
      product += x * y;
      squaresA += x * x;
      squaresB += y * y;
    }
    return product / Math.sqrt(squaresA * squaresB);
  }

  function nearest(text: string, count: number): string[] {
    const id = idOf(text);
    const ids = Array.from({ length: tokenizer.vocabularySize }, (_, other) => other);
    const scores = ids.map((other) => cosine(id, other));
    ids.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    return ids.slice(0, count).map((other) => new TextDecoder().decode(tokenizer.tokenBytes(other)));
  }

  it('say in name, flag and file that they are not GPT-2', async () => {
    const source = await openEmbeddingSource({ kind: 'sample' });
    assert.deepEqual(source.identity, {
      name: 'sample vectors',
      isSample: true,
      isVerified: false,
      path: '',
      tensorName: 'wte.weight',
      dtype: 'F32',
      rowCount: 50257,
      dimension: 64,
      warnings: [],
    });
    await source.close();
    const { metadata } = await readSafetensorsHeader(
      new MemoryByteReader('sample', sampleVectorsFile(tokenizer)),
    );
    assert.match(metadata.get('description') ?? '', /not gpt-2/i);
  });

  it('are the same each time they are made', () => {
    assert.deepEqual(sampleVectorsFile(tokenizer), sampleVectorsFile(tokenizer));
  });

  it('are finite, of plausible length, and have a mean cosine of about 0.2 to 0.3', () => {
    for (let id = 0; id < tokenizer.vocabularySize; id++) {
      const row = values.subarray(id * dimension, (id + 1) * dimension);
      const length = Math.hypot(...row);
      assert.ok(length > 2.5 && length < 5, `row ${String(id)} has length ${String(length)}`);
    }
    const random = new SeededRandom(1);
    let sum = 0;
    for (let i = 0; i < 5000; i++) {
      sum += cosine(random.uint32() % 50257, random.uint32() % 50257);
    }
    assert.ok(sum / 5000 > 0.15 && sum / 5000 < 0.35, `the mean cosine is ${String(sum / 5000)}`);
  });

  it('put variants of a word nearest to it, then words of its group', () => {
    const neighbors = nearest('Mike', 12).map((text) => text.trim().toLowerCase());
    assert.deepEqual(neighbors.slice(0, 2), ['mike', 'mike']);
    const names = new Set([
      'steve',
      'dave',
      'chris',
      'jim',
      'tom',
      'bob',
      'joe',
      'dan',
      'matt',
      'tim',
      'ray',
      'bill',
    ]);
    assert.ok(neighbors.filter((name) => names.has(name)).length >= 4, neighbors.join(', '));
  });

  it('tell groups of words apart', () => {
    const related: [string, string, string][] = [
      [' banana', ' lemon', ' Monday'],
      [' Monday', ' Friday', ' London'],
      [' London', ' Paris', ' seven'],
      [' red', ' blue', ' Steve'],
      [' king', ' queen', ' oxygen'],
      [' dog', ' cat', ' Texas'],
      ['function', 'return', ' banana'],
      [' January', ' March', ' orange'],
      [' happiness', ' happy', ' tractor'],
      [' running', ' runner', ' tractor'],
      ['1998', '1999', ' banana'],
    ];
    for (const [word, near, far] of related) {
      const margin = cosine(idOf(word), idOf(near)) - cosine(idOf(word), idOf(far));
      assert.ok(margin > 0.15, `${word}:${near} is above ${word}:${far} by ${String(margin)}`);
    }
  });
});
