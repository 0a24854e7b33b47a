// The picture of vectors that are no model of the hub, media/vectors.png: a file of word vectors, made of the sample vectors.
import { sampleRows } from './sampleRows.mjs';

const WINDOW = { width: 1080, height: 640 };

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
