// npm run measure:sample
// Compares the committed sample vectors with the trained ones that they were made from, not rounded.
import path from 'node:path';
import { SeededRandom } from '../../test/fixtures/checkpoints/seededRandom';
import { dotOfVectors } from '../../src/core/embedding/canonicalSums';
import { readPackedSample, type PackedSample } from '../../src/core/sampleVectors/packedSample';
import { SampleMatrix } from '../../src/core/sampleVectors/sampleMatrix';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { unpackSample } from '../../src/model/sampleVectors/sampleVectors';
import { fetchTrainedVectors } from './fetchTrainedVectors';
import { makeSampleRows } from './makeSample';
import { rowOf, toUnitLength } from './trainedVectors';

const ASKED_WORDS = 2_000;
const TOP = 10;
const PAIRS = 100_000;

async function measure(): Promise<void> {
  const packed = await readPackedSample('committed file', await unpackSample());
  const { vocabulary, values, isMeant } = makeSampleRows(
    fetchTrainedVectors(path.resolve(__dirname, '../../.cache/sample')),
  );
  const words = vocabulary.forms.flatMap((_, index) => (isMeant[index] === true ? [index] : []));
  const random = new SeededRandom(1);
  const exact = unitRows(words, (word) => rowOf(values, word, packed.columns));
  const rounded = unitRows(words, (word) => decodedRow(packed, word));
  const own = words.flatMap((word, place) => (isOwn(rowOf(values, word, packed.columns)) ? [place] : []));
  for (const [kind, places] of [
    ['words with a vector of their own', own],
    ['words and pieces of words', words.map((_, place) => place)],
  ] as const) {
    let same = 0;
    for (let i = 0; i < ASKED_WORDS; i++) {
      const asked = places[random.uint32() % places.length] ?? 0;
      const expected = new Set(nearest(exact, asked));
      same += nearest(rounded, asked).filter((other) => expected.has(other)).length;
    }
    const share = (same / ASKED_WORDS / TOP).toFixed(3);
    console.log(
      `Same neighbors as not rounded, top ${String(TOP)} of ${String(ASKED_WORDS)} ${kind} (of ${String(places.length)}): ${share}`,
    );
  }

  const matrix = new SampleMatrix(packed);
  const row = (id: number): Float64Array => {
    const vector = new Float32Array(matrix.dimension);
    matrix.writeRows(id, vector);
    return toUnitLength(Float64Array.from(vector));
  };
  let sum = 0;
  for (let i = 0; i < PAIRS; i++) {
    sum += dotOfVectors(row(random.uint32() % packed.tokenCount), row(random.uint32() % packed.tokenCount));
  }
  console.log(`Mean cosine similarity of ${String(PAIRS)} pairs of tokens: ${(sum / PAIRS).toFixed(3)}`);
  const [mike = 0] = Gpt2Tokenizer.shared().encode('Mike');
  const [spaced = 0] = Gpt2Tokenizer.shared().encode(' Mike');
  console.log(`"Mike" and " Mike": ${dotOfVectors(row(mike), row(spaced)).toFixed(3)}`);
}

/** Means of words are shorter than 1. */
function isOwn(meaning: Float64Array): boolean {
  return dotOfVectors(meaning, meaning) > 1 - 1e-6;
}

function unitRows(words: readonly number[], rowOfWord: (word: number) => Float64Array): Float64Array[] {
  return words.map((word) => toUnitLength(rowOfWord(word).slice()));
}

function decodedRow({ rowCount, columns, codes, levels }: PackedSample, row: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => {
    const code = codes[column * rowCount + row] ?? 0;
    return Math.sign(code) * (levels[Math.abs(code)] ?? 0);
  });
}

/** Places of the nearest rows, the nearest first, without the row itself. */
function nearest(rows: readonly Float64Array[], asked: number): number[] {
  const query = rows[asked] ?? new Float64Array(0);
  const best: { readonly index: number; readonly score: number }[] = [];
  rows.forEach((other, index) => {
    const score = dotOfVectors(query, other);
    if (index !== asked && (best.length < TOP || score > (best[TOP - 1]?.score ?? 0))) {
      best.splice(best.filter((kept) => kept.score >= score).length, 0, { index, score });
      best.length = Math.min(best.length, TOP);
    }
  });
  return best.map(({ index }) => index);
}

void measure();
