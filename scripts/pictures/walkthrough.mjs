// The pictures of the steps of Get Started, each in a dark and a light theme: media/walkthrough/<step>-<theme>.png.

import { useSample } from './useSample.mjs';

const THEMES = ['dark', 'light'];

/** Small enough that a picture is readable beside the text of its step. */
const WINDOW = { width: 860, height: 560 };
/** VS Code gives lists two fifths of the height: enough for all models. */
const LIST_WINDOW = { width: 860, height: 1080 };
/** The panel takes the right half. Map and histogram are to be seen as a whole. */
const PANEL_WINDOW = { width: 1080, height: 780 };
/** Both drawings are to be seen as a whole. */
const COMPARE_WINDOW = { width: 1080, height: 980 };

/** Of the sample text the part with the sentences and what falls apart in odd ways, without the minimap. */
const SENTENCES = { width: 700, height: 342 };

/**
 * @param workbench of a window that shows nothing but the sample workspace, with the embeddings loaded.
 * @param save writes a part of the window to a file of media/.
 */
export async function takeWalkthroughPictures(workbench, save) {
  const { inspector, page } = workbench;
  const sentences = async () => {
    const { x, y } = await page.locator('.part.editor .editor-instance').first().boundingBox();
    return { x, y, ...SENTENCES };
  };
  const each = async (name, clip) => {
    for (const theme of THEMES) {
      await workbench.useTheme(theme);
      await save(page, `walkthrough/${name}-${theme}`, await clip());
    }
  };

  const panel = async () => inspector.webview.boundingBox();

  // The figure of the lesson comes first, from the planted checkpoint; all else shows the sample vectors.
  await page.setViewportSize(COMPARE_WINDOW);
  await workbench.clickWord('Mike');
  await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
  await inspector.waitForFirst('Mike', '1.000');
  await inspector.compare('ban', 'ana');
  await workbench.leaveHover();
  await each('compare', panel);

  await page.setViewportSize(WINDOW);
  await workbench.runCommand('View: Close All Editors');
  await useSample(workbench);
  await workbench.runCommand('Tokenscope: Open Sample Text');
  await workbench.waitForEditor();
  await workbench.leaveHover();
  await each('sampleText', sentences);

  await workbench.runCommand('Tokenscope: Toggle Token Bands');
  await workbench.leaveHover();
  await each('bands', sentences);
  await workbench.runCommand('Tokenscope: Toggle Token Bands');

  for (const theme of THEMES) {
    await workbench.useTheme(theme);
    const card = await workbench.hoverWord('banana', 'nearest by cosine');
    const { x, y, width, height } = await card.boundingBox();
    await save(page, `walkthrough/hover-${theme}`, {
      x: x - 60,
      y: y - 14,
      width: width + 74,
      height: height + 18,
    });
    await workbench.leaveHover();
  }

  await page.setViewportSize(PANEL_WINDOW);
  await workbench.clickWord('Mike');
  await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
  await inspector.waitForFirst('Mike', '1.000');
  await workbench.leaveHover();
  await each('neighbors', panel);

  await workbench.runCommand('Tokenscope: Verify Similarity');
  const facts = inspector.frame.locator('.verification-facts');
  await facts.waitFor();
  // The footer lies over what is only just in view.
  await facts.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await each('verify', () => inspector.frame.locator('.verification').boundingBox());
}

/**
 * The list of models, of a machine that has used nothing but the sample vectors: paths of files are none of the picture's business.
 *
 * @param workbench of a window without a model.
 * @param save writes a part of the window to a file of media/.
 */
export async function takeModelPictures(workbench, save) {
  const { page } = workbench;
  await page.setViewportSize(LIST_WINDOW);
  await useSample(workbench);
  await workbench.runCommand('Tokenscope: Choose Model…');
  const list = page.locator('.quick-input-widget:visible');
  await list.locator('.monaco-list-row', { hasText: 'GPT-2' }).first().waitFor();
  for (const theme of THEMES) {
    await workbench.useTheme(theme);
    await save(page, `walkthrough/model-${theme}`, await list.boundingBox());
  }
}
