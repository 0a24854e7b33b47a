// Rows of the sample vectors, for pictures of what holds other vectors.
import { tsImport } from 'tsx/esm/api';

/** Tokens before this one: GPT-2 numbers them about by how often they are used. Queens are among them. */
const LAST_ID = 17_000;

/** Those whose tokens are words after a space, such as people use them most. */
export async function sampleRows() {
  const { openEmbeddingSource } = await tsImport('../../src/model/embeddingSource.ts', import.meta.url);
  const { Gpt2Tokenizer } = await tsImport('../../src/core/tokenizer/gpt2Tokenizer.ts', import.meta.url);
  const tokenizer = Gpt2Tokenizer.shared();
  const source = await openEmbeddingSource({ kind: 'sample' });
  try {
    const { dimension } = source.identity;
    const values = new Float32Array(LAST_ID * dimension);
    await source.readRows(0, values);
    return Array.from({ length: LAST_ID }, (_, id) => ({
      id,
      token: tokenizer.decode([id]),
      vector: [...values.subarray(id * dimension, (id + 1) * dimension)],
    })).filter(({ token }) => /^ [A-Za-z]{3,}$/u.test(token));
  } finally {
    await source.close();
  }
}
