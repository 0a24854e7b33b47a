import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { sharedBrowser } from './sharedBrowser';

/** Texts of the scripts and pictures that tests show, and on Linux the font that draws them in an editor. */
const TEXTS: Readonly<Record<string, { readonly text: string; readonly font?: RegExp }>> = {
  Chinese: { text: '语言模型看见标记', font: /^Noto Sans (SC|JP)/ },
  Japanese: { text: 'しずくドラゴン裏覚醒', font: /^Noto Sans (JP|SC)/ },
  Korean: { text: '언어모델', font: /^Noto Sans KR/ },
  Thai: { text: 'แบบจำลองภาษา', font: /^Noto Sans Thai/ },
  Devanagari: { text: 'भाषाप्रतिरूप', font: /^Noto Sans Devanagari/ },
  emoji: { text: '🍌🧑🏽‍🚀🇯🇵', font: /^Noto Color Emoji/ },
  // Fonts for Latin have these as well.
  Arabic: { text: 'نموذجاللغة' },
  Hebrew: { text: 'מודלשפה' },
  Cyrillic: { text: 'нейросеть' },
  'signs of bands': { text: '·→↵␣…' },
};

const FAMILIES = ['monospace', 'sans-serif'] as const;

/** What pictures show is what people see only where the browser has fonts for it. */
describe('the browser of the tests', () => {
  let page: Page;

  before(async () => {
    page = await (await sharedBrowser()).newPage();
  });
  after(() => page.close());

  for (const [name, { text, font }] of Object.entries(TEXTS)) {
    it(`draws ${name} with glyphs, not with the box of what no font has`, async () => {
      const characters = Array.from(text).filter((character) => /[^\p{M}\p{Cf}\p{Sk}]/u.test(character));
      for (const family of FAMILIES) {
        assert.deepEqual(await boxedAmong(page, characters, family), [], family);
      }
    });

    if (font && process.platform === 'linux') {
      it(`takes the test host's font for ${name}`, async () => {
        for (const family of FAMILIES) {
          const fonts = await fontsOf(page, text, family);
          assert.ok(fonts.length > 0);
          for (const used of fonts) {
            assert.match(used, font, family);
          }
        }
      });
    }
  }

  it('draws one box for all characters that no font has, so that boxes are found', async function () {
    if (process.platform !== 'linux') {
      this.skip(); // macOS has a box for each block
    }
    assert.deepEqual(await boxedAmong(page, ['\u0378', 'a', '\u{2ffff}'], 'monospace'), [
      '\u0378',
      '\u{2ffff}',
    ]);
  });
});

/** Those of the characters that are drawn, to the pixel, as a character that Unicode will never have. */
function boxedAmong(page: Page, characters: readonly string[], family: string): Promise<string[]> {
  return page.evaluate(
    ({ drawn, font }) => {
      const canvas = new OffscreenCanvas(60, 60);
      const context = canvas.getContext('2d', { willReadFrequently: true })!;
      context.font = font;
      const [box, ...pictures] = ['\u{1ffff}', ...drawn].map((text) => {
        context.clearRect(0, 0, 60, 60);
        context.fillText(text, 10, 40);
        return context.getImageData(0, 0, 60, 60).data.join();
      });
      return drawn.filter((_, index) => pictures[index] === box);
    },
    { drawn: characters, font: `24px ${family}` },
  );
}

/** The families of the fonts that draw a text. */
async function fontsOf(page: Page, text: string, family: string): Promise<string[]> {
  await page.setContent(`<p style="font: 24px ${family}">${text}</p>`);
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'p' });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  await session.detach();
  return fonts.map(({ familyName }) => familyName);
}
