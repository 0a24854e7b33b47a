// The picture of vectors that are no model of the hub, media/vectors.png: a file of word vectors, made of the sample vectors.
import { tsImport } from 'tsx/esm/api';

const WINDOW = { width: 1080, height: 640 };

/** Tokens before this one: GPT-2 numbers them about by how often they are used. Queens are among them. */
const LAST_ID = 17_000;

const FILE = 'glove.words.txt';

/** What the window of {@link takeVectorPicture} opens with. */
export async function vectorSession() {
  // Of two spellings the later one stays.
  const words = new Map(
    (await sampleRows()).map(({ token, vector }) => [token.trim().toLowerCase(), vector]),
  );
  const lines = [...words].map(
    ([word, vector]) => `${word} ${vector.map((value) => value.toFixed(4)).join(' ')}`,
  );
  return {
    file: 'river.md',
    settings: { 'tokenscope.model': FILE },
    files: {
      [FILE]: lines.join('\n'),
      'river.md':
        '# The river\n\nA king walks by the water. His horse waits\nat the bridge until the morning.\n',
    },
  };
}

/**
 * @param workbench of a window that was opened with {@link vectorSession}.
 * @param save writes a part of the window to a file of media/.
 */
export async function takeVectorPicture(workbench, save) {
  const { inspector, page } = workbench;
  await page.setViewportSize(WINDOW);
  await workbench.runCommand('View: Close Primary Side Bar').catch(() => undefined);
  await workbench.useTheme('dark');
  await workbench.clickWord('horse');
  await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
  await inspector.waitForFirst('horse', '1.000');
  await workbench.leaveHover();
  await save(page, 'vectors');
}

/** Rows of the sample vectors whose tokens are words after a space, such as people use them most. */
async function sampleRows() {
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
