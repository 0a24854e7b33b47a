import { MemoryByteReader } from '../../core/safetensors/memoryByteReader';
import { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import { safetensorsFile } from './safetensorsFile';
import { makeSampleRows } from './sampleMatrix';
import type { Vocabulary } from './vocabulary';

/** Values of a sample vector: enough to keep the words of the lexicon apart, and made in a moment. */
export const SAMPLE_DIMENSION = 64;

/** What the file and errors call the vectors. */
export const SAMPLE_NAME = 'sample vectors';

/**
 * Makes the built-in sample vectors, as a safetensors file in memory that the same code loads as any checkpoint. They are made
 * from the tokens' spelling and a small lexicon of word groups, deterministically. They are not GPT-2, and the file says so.
 */
export function openSampleVectors(vocabulary: Vocabulary = Gpt2Tokenizer.shared()): MemoryByteReader {
  return new MemoryByteReader(SAMPLE_NAME, sampleVectorsFile(vocabulary));
}

/** The bytes of the file: one tensor `wte.weight`, F32, vocabulary size × {@link SAMPLE_DIMENSION}. */
export function sampleVectorsFile(vocabulary: Vocabulary): Uint8Array {
  const { file, values } = safetensorsFile('wte.weight', [vocabulary.vocabularySize, SAMPLE_DIMENSION], {
    title: 'Tokenscope sample vectors',
    description: 'Made from token spelling and a small lexicon of word groups. Not GPT-2.',
  });
  makeSampleRows(vocabulary, SAMPLE_DIMENSION, (id, row) => {
    for (let i = 0; i < row.length; i++) {
      values.setFloat32((id * SAMPLE_DIMENSION + i) * 4, row[i] ?? 0, true);
    }
  });
  return file;
}
