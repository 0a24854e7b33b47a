import assert from 'node:assert/strict';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { berryPage } from './views/tokenPageSnapshots';
import { largeMatrix, matrixCompare, pair, pairCompare, snapshot, token } from './views/viewSnapshots';
import { useViews } from './views/viewsPage';

const pieces = [token('ban', 3820), token('ana', 2271)];
const { measures, neighbors, ...facts } = berryPage();
const wrong = {
  text: 'king - (',
  pieces: [],
  syntaxError: { message: 'Something is missing.', start: 8, end: 8 },
};

const states: Readonly<
  Record<string, { readonly shown: PanelSnapshot; readonly view: 'compare' | 'token' }>
> = {
  'nothing to compare': { shown: snapshot(), view: 'compare' },
  pair: { shown: snapshot({ compare: pairCompare() }), view: 'compare' },
  'pair of 4,096 dimensions': { shown: snapshot({ compare: pairCompare(pair(4_096)) }), view: 'compare' },
  'syntax error': {
    shown: snapshot({ compare: { mode: 'pair', items: [pairCompare().items[0]!, wrong], pairOf: [0, 1] } }),
    view: 'compare',
  },
  'compare without embeddings': {
    shown: snapshot({
      compare: { mode: 'pair', items: pairCompare().items, pairOf: [0, 1] },
      embeddings: { state: 'none' },
    }),
    view: 'compare',
  },
  'compare failed': {
    shown: snapshot({ compare: { ...pairCompare(), error: 'The row is not finite.' } }),
    view: 'compare',
  },
  matrix: { shown: snapshot({ compare: matrixCompare() }), view: 'compare' },
  'matrix with a wrong text': {
    shown: snapshot({ compare: matrixCompare({ items: [...matrixCompare().items.slice(0, 5), wrong] }) }),
    view: 'compare',
  },
  'matrix with upright heads': { shown: snapshot({ compare: largeMatrix(14) }), view: 'compare' },
  token: { shown: snapshot({ tokenPage: berryPage() }), view: 'token' },
  'token without embeddings': {
    shown: snapshot({ tokenPage: facts, embeddings: { state: 'none' } }),
    view: 'token',
  },
  'several tokens': {
    shown: snapshot({ query: { text: 'banana', pieces, forms: [], vectors: [] } }),
    view: 'token',
  },
};

describe('accessibility of the Compare view and the Token page', () => {
  const open = useViews();

  it('has what its states are made of', () => assert.ok(measures && neighbors));

  it('gives axe nothing to object to, in any theme', async () => {
    const views = await open();
    for (const [name, { shown, view }] of Object.entries(states)) {
      await views.show(shown, view);
      assert.deepEqual(await views.axeViolationsInThemes(), [], name);
    }
    await views.show(states.pair!.shown, 'compare');
    await views.page.locator('.line-plot .probe').press('Shift+ArrowRight');
    await views.settle();
    assert.deepEqual(await views.axeViolationsInThemes(), [], 'brushed, with a tooltip');
    await views.button('Show vectors as table').click();
    await views.settle();
    assert.deepEqual(await views.axeViolationsInThemes(), [], 'with the table of values');
    await views.show(states.token!.shown, 'token');
    await views.button('Show norms as table').click();
    await views.button('Show neighbors as table').click();
    await views.settle();
    assert.deepEqual(await views.axeViolationsInThemes(), [], 'with the tables of the token page');
  });

  for (const width of [320, 520, 900]) {
    it(`fits into ${width} px and gives every control 22 px`, async () => {
      const views = await open({ width });
      for (const [name, { shown, view }] of Object.entries(states)) {
        await views.show(shown, view);
        assert.deepEqual(await views.overflowing(), [], name);
        const small = await views.page.evaluate(() =>
          [...document.querySelectorAll('button, input, select, [role=gridcell][tabindex], [role=slider]')]
            .filter((element) => element.checkVisibility())
            .map((element) => ({ element, box: element.getBoundingClientRect() }))
            .filter(({ box }) => Math.round(box.width) < 22 || Math.round(box.height) < 22)
            .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`),
        );
        assert.deepEqual(small, [], name);
      }
    });
  }

  it('keeps lines, points and selection visible under forced colors', async () => {
    const views = await open();
    await views.page.emulateMedia({ forcedColors: 'active' });
    await views.show(states.pair!.shown, 'compare');
    await views.page.locator('.line-plot .probe').press('Shift+ArrowRight');
    await views.settle();
    const strokes = await views.page.evaluate(() => {
      const background = getComputedStyle(document.body).backgroundColor;
      return ['.line-a', '.line-b', '.dots.brushed', '.dots.faint', '.ring'].map((selector) => {
        const { stroke } = getComputedStyle(document.querySelector(`.drawing ${selector}`)!);
        return stroke !== background && stroke !== 'none';
      });
    });
    assert.deepEqual(strokes, [true, true, true, true, true]);
    await views.show(states.matrix!.shown, 'compare');
    const outline = await views.page
      .locator('.heat td[aria-selected=true]')
      .evaluate((cell) => `${getComputedStyle(cell).outlineStyle} ${getComputedStyle(cell).outlineWidth}`);
    assert.equal(outline, 'solid 2px');
  });

  it('moves nothing by itself', async () => {
    const views = await open();
    for (const { shown, view } of Object.values(states)) {
      await views.show(shown, view);
      const moving = await views.page.evaluate(
        () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
      );
      assert.equal(moving, 0);
    }
  });
});
