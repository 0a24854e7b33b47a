import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { CompareView } from '../../src/protocol/compareView';
import { linePath } from '../../webview-ui/src/compare/linePlotDrawing';
import { lineFrame, pairScale } from '../../webview-ui/src/compare/pairGeometry';
import { splitTexts } from '../../webview-ui/src/compare/splitTexts';
import { item, measured, pair, pairCompare, snapshot, token } from './views/viewSnapshots';
import { useViews, type ViewsPage } from './views/viewsPage';

const MINUS = '\u2212';
const values = pair();

/** Where the axes of the drawings lie, read from the pictures that they must agree with. */
const LINE = { left: 44, right: 888, top: 8, bottom: 156 };

function decimals(value: number): string {
  return (value < 0 ? MINUS : '') + Math.abs(value).toFixed(3);
}

function slider(views: ViewsPage, plot: 'line' | 'scatter'): Locator {
  return views.page.locator(`.${plot}-plot`).getByRole('slider');
}

/** Points of a path of dots, back in the units of the vectors. */
async function pointsOf(views: ViewsPage, selector: string): Promise<[number, number][]> {
  const { path, left, top, side } = await views.page.locator('.scatter-plot').evaluate((plot, dots) => {
    const box = (element: Element | null) => (element as SVGPathElement).getBBox();
    const ground = box(plot.querySelector('.diagonal'));
    return {
      path: plot.querySelector(dots)?.getAttribute('d') ?? '',
      left: ground.x,
      top: ground.y,
      side: ground.width,
    };
  }, selector);
  return [...path.matchAll(/M(-?[\d.]+) (-?[\d.]+)h0/g)].map(([, x, y]) => [
    ((Number(x) - left) / side) * 1.6 - 0.8,
    0.8 - ((Number(y) - top) / side) * 1.6,
  ]);
}

/** Asserts that points are those of the dimensions of a range, in their order, as far as a tenth of a pixel tells. */
function assertDimensions(points: readonly [number, number][], dimensions: readonly number[]): void {
  assert.equal(points.length, dimensions.length);
  points.forEach(([x, y], index) => {
    const dimension = dimensions[index]!;
    assert.ok(Math.abs(x - values.a[dimension]!) < 0.001, `x of dimension ${dimension}`);
    assert.ok(Math.abs(y - values.b[dimension]!) < 0.001, `y of dimension ${dimension}`);
  });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe('the Compare view of a pair', () => {
  const open = useViews();

  async function openPair(changes: Partial<CompareView> = {}): Promise<ViewsPage> {
    const views = await open();
    await views.show(snapshot({ compare: pairCompare(values, changes) }), 'compare');
    return views;
  }

  it('titles the scatter with the cosine, and draws a point for each of the 768 dimensions', async () => {
    const views = await openPair();
    assert.equal(
      await views.page.locator('.plot-title').textContent(),
      `Cosine similarity = ${values.cosine.toFixed(3)}`,
    );
    assertDimensions(await pointsOf(views, '.dots'), range(0, 767));
  });

  it('puts the axes from −0.8 to 0.8, and further only where the values need it', async () => {
    const views = await openPair();
    const ticks = () => views.page.locator('.line-plot .end').allTextContents();
    const usual = [`${MINUS}0.8`, `${MINUS}0.4`, '0', '0.4', '0.8'];
    assert.deepEqual((await ticks()).slice(0, 5), usual);
    assert.deepEqual(
      (await views.page.locator('.scatter-plot .quiet-text.end').allTextContents()).slice(0, 5),
      [...usual.slice(0, 4), '0.8'],
    );
    const wide = measured([0.1, -1.13, 0.4], [0.2, 0.3, 0.5]);
    await views.show(snapshot({ compare: pairCompare(wide) }), 'compare');
    assert.deepEqual((await ticks()).slice(0, 5), [`${MINUS}1.2`, `${MINUS}0.6`, '0', '0.6', '1.2']);
  });

  it('draws both lines through every dimension where there is room', async () => {
    const views = await openPair();
    for (const [name, vector] of [
      ['a', values.a],
      ['b', values.b],
    ] as const) {
      const path = (await views.page.locator(`.line-plot .line-${name}`).getAttribute('d')) ?? '';
      const points = [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)];
      assert.equal(points.length, 768);
      points.forEach(([, x, y], dimension) => {
        const drawn = 0.8 - ((Number(y) - LINE.top) / (LINE.bottom - LINE.top)) * 1.6;
        assert.ok(Math.abs(drawn - vector[dimension]!) < 0.001);
        const place = ((Number(x) - LINE.left) / (LINE.right - LINE.left)) * 767;
        assert.ok(Math.abs(place - dimension) < 0.05);
      });
    }
  });

  it('keeps every peak of 16,384 dimensions, a bounded number of points a pixel column', async () => {
    const many = pair(16_384, 0.1);
    const a = [...many.a];
    [a[5_001], a[11_111]] = [0.79, -0.78];
    const views = await open();
    await views.show(snapshot({ compare: pairCompare(measured(a, many.b)) }), 'compare');
    const path = (await views.page.locator('.line-plot .line-a').getAttribute('d')) ?? '';
    const drawn = [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    );
    assert.ok(drawn.length <= 4 * (LINE.right - LINE.left) && drawn.length > 1_000, `${drawn.length} points`);
    const pixelOf = (value: number) => LINE.top + ((0.8 - value) / 1.6) * (LINE.bottom - LINE.top);
    const columns = new Map<number, number[]>();
    a.forEach((value, dimension) => {
      const column = Math.floor((dimension * (LINE.right - LINE.left)) / a.length);
      columns.set(column, [...(columns.get(column) ?? []), value]);
    });
    const heights = new Set(drawn.map(([, y]) => y.toFixed(1)));
    for (const column of columns.values()) {
      for (const extreme of [Math.min(...column), Math.max(...column)]) {
        assert.ok(heights.has(pixelOf(extreme).toFixed(1)), `the extreme ${extreme} is drawn`);
      }
    }
  });

  it('leaves values out that are no numbers', () => {
    const odd = measured([0.1, Number.NaN, 0.3], [0.1, 0.2, Number.POSITIVE_INFINITY]);
    const path = linePath(odd.a, lineFrame(900), pairScale(odd));
    assert.equal(path.match(/[ML]/g)?.length, 2);
    assert.doesNotMatch(path, /NaN|Infinity/);
  });

  it('tells dimension and both values where the pointer is on the line plot, and marks the point', async () => {
    const views = await openPair();
    const box = (await views.page.locator('.line-plot').boundingBox())!;
    const x = box.x + LINE.left + (447 / 767) * (LINE.right - LINE.left);
    await views.page.mouse.move(x, box.y + 60);
    await views.settle();
    assert.equal(
      (await views.page.locator('.line-plot .tooltip').innerText()).replace(/\s+/g, ' '),
      'dimension 447 ban 0.660 ana 0.580',
    );
    const ring = await views.page.locator('.pointed-ring').evaluate((element) => ({
      x: Number(element.getAttribute('cx')),
      y: Number(element.getAttribute('cy')),
    }));
    const side = 396;
    assert.ok(Math.abs(ring.x - (44 + ((0.66 + 0.8) / 1.6) * side)) < 6);
    await views.page.mouse.move(box.x + 100, box.y - 30);
    await views.settle();
    assert.equal(await views.page.locator('.tooltip, .pointed-ring').count(), 0);
  });

  it('tells the same of the point under the pointer in the scatter', async () => {
    const views = await openPair();
    const ring = views.page.locator('.scatter-plot .ring').first();
    const box = (await ring.boundingBox())!;
    await views.page.mouse.move(box.x + box.width / 2 + 3, box.y + box.height / 2 - 2);
    await views.settle();
    const { dimension, a, b } = values.dimensions[0]!;
    assert.equal(
      (await views.page.locator('.scatter-plot .tooltip').innerText()).replace(/\s+/g, ' '),
      `dimension ${dimension} ban ${decimals(a)} ana ${decimals(b)}`,
    );
    assert.equal(await views.page.locator('.line-plot .pointed').count(), 1);
  });

  it('goes through the dimensions with arrow keys, and says each to a screen reader', async () => {
    const views = await openPair();
    const line = slider(views, 'line');
    await line.focus();
    await line.press('Home');
    await line.press('ArrowRight');
    await line.press('ArrowRight');
    assert.equal(await line.getAttribute('aria-valuenow'), '2');
    assert.equal(
      await line.getAttribute('aria-valuetext'),
      `dimension 2: ban ${decimals(values.a[2]!)}, ana ${decimals(values.b[2]!)}`,
    );
    await line.press('End');
    await line.press('ArrowRight');
    assert.equal(await line.getAttribute('aria-valuenow'), '767');
    await line.press('PageDown');
    assert.equal(await line.getAttribute('aria-valuenow'), '735');
    const scatter = slider(views, 'scatter');
    await scatter.focus();
    await scatter.press('ArrowLeft');
    assert.equal(await scatter.getAttribute('aria-valuenow'), '734');
    assert.equal(await views.page.locator('.scatter-plot .tooltip').count(), 1);
  });

  it('highlights just the points of the dimensions that are dragged over', async () => {
    const views = await openPair();
    const box = (await views.page.locator('.line-plot').boundingBox())!;
    const xOf = (dimension: number) => box.x + LINE.left + (dimension / 767) * (LINE.right - LINE.left);
    await views.page.mouse.move(xOf(255), box.y + 60);
    await views.page.mouse.down();
    await views.page.mouse.move(xOf(200), box.y + 70);
    await views.page.mouse.move(xOf(128), box.y + 70);
    await views.page.mouse.up();
    await views.settle();
    assertDimensions(await pointsOf(views, '.dots.brushed'), range(128, 255));
    assertDimensions(await pointsOf(views, '.dots.faint'), [...range(0, 127), ...range(256, 767)]);
    const share = range(128, 255).reduce(
      (sum, dimension) => sum + values.a[dimension]! * values.b[dimension]!,
      0,
    );
    const cosine = share / (Math.hypot(...values.a) * Math.hypot(...values.b));
    assert.match(
      await views.page.locator('.brush-note').innerText(),
      new RegExp(`128–255: \\+${cosine.toFixed(3)} of the cosine`),
    );
    assert.equal(await views.announcement(), `Dimensions 128 to 255 add ${cosine.toFixed(3)} to the cosine`);
    await views.page.mouse.click(xOf(500), box.y + 60);
    await views.settle();
    assert.equal(await views.page.locator('.dots.brushed').count(), 0);
  });

  it('brushes with Shift and arrows, and gives it up with Escape', async () => {
    const views = await openPair();
    const line = slider(views, 'line');
    await line.focus();
    await line.press('Home');
    for (let step = 0; step < 3; step++) {
      await line.press('Shift+ArrowRight');
    }
    assertDimensions(await pointsOf(views, '.dots.brushed'), range(0, 3));
    await line.press('Escape');
    assert.equal(await views.page.locator('.dots.brushed').count(), 0);
    await line.press('Shift+ArrowRight');
    await views.button('Select no dimensions').press('Enter');
    assert.equal(await views.page.locator('.dots.brushed').count(), 0);
    assert.ok(await line.evaluate((element) => element === document.activeElement));
  });

  it('keeps brush and dimension when the same pair comes again, not when another one comes', async () => {
    const views = await openPair();
    await slider(views, 'line').press('Shift+ArrowRight');
    await views.show(snapshot({ compare: pairCompare(pair()) }), 'compare');
    assert.equal(await views.page.locator('.dots.brushed').count(), 1);
    await views.show(snapshot({ compare: pairCompare(pair(64)) }), 'compare');
    assert.equal(await views.page.locator('.dots.brushed').count(), 0);
  });

  it('shows all values as a table, a page at a time', async () => {
    const views = await openPair();
    await slider(views, 'line').press('t');
    const focused = () => views.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.equal(await focused(), 'Values by dimension');
    await views.page.keyboard.press('t');
    assert.match((await focused()) ?? '', /^Dimension in the line plot/);
    await views.page.keyboard.press('t');
    const rows = views.page.locator('.value-table tbody tr');
    assert.equal(await rows.count(), 64);
    const forward = views.button('Dimensions after');
    for (let page = 1; page < 12; page++) {
      await forward.click();
    }
    assert.ok(await forward.isDisabled());
    const [dimension, a, b, share] = await rows.last().locator('th, td').allTextContents();
    assert.equal(dimension?.trim(), '767');
    assert.equal(a?.trim(), decimals(values.a[767]!));
    assert.equal(b?.trim(), decimals(values.b[767]!));
    const expected = (values.a[767]! * values.b[767]!) / (values.norms[0] * values.norms[1]);
    assert.equal(share?.trim().replace('+', ''), decimals(expected));
    await views.button('Show vectors as table').click();
    assert.equal(await views.page.locator('.line-plot').count(), 1);
  });

  it('announces a result once', async () => {
    const views = await openPair();
    const news = `Cosine similarity of ban and ana: ${values.cosine.toFixed(3)}.`;
    assert.equal(await views.announcement(), news);
    await slider(views, 'line').press('Escape');
    await views.show(snapshot({ compare: pairCompare(pair()), revision: 2 }), 'compare');
    const said = await views.page.evaluate(
      () => (window as unknown as { mountedViews: { announcements: string[] } }).mountedViews.announcements,
    );
    assert.equal(said.filter((text) => text === news).length, 1);
  });

  it('says beside the drawings what they come to', async () => {
    const views = await openPair();
    const facts = (await views.page.locator('.facts-table tr').allInnerTexts()).map((text) =>
      text.replace(/\s+/g, ' '),
    );
    assert.deepEqual(
      facts.map((text) => text.trim()),
      [
        `cosine ${values.cosine.toFixed(3)} two random tokens: 0.29`,
        'cosine, centered 0.165 two random tokens: 0.00',
        `dot product ${values.dot.toFixed(3)}`,
        `Euclidean ${values.euclidean.toFixed(3)}`,
        'Pearson 0.318 correlation of the values',
        `norms ${values.norms[0].toFixed(2)}, ${values.norms[1].toFixed(2)} 61st, 48th percentile`,
        'rank of ana 3,118 among neighbors of ban',
      ],
    );
    assert.match(
      (await views.page.getByRole('img', { name: /a point a dimension/ }).getAttribute('aria-label')) ?? '',
      new RegExp(
        `^ban against ana, .*cosine similarity ${values.cosine.toFixed(3)}, Pearson correlation 0.318`,
      ),
    );
    assert.deepEqual(await views.page.locator('.variants-table tbody td').allInnerTexts(), [
      values.cosine.toFixed(3),
      '0.338',
      '0.352',
      '0.391',
    ]);
    assert.equal(
      await views.page.locator('.variants-without').innerText(),
      'Without a row of their own: Ana 2 tokens',
    );
  });

  it('compares what is typed into A and B on Enter, and goes to the field that is empty', async () => {
    const views = await open();
    await views.show(snapshot(), 'compare');
    const field = (name: string) => views.page.getByRole('textbox', { name: `Word, #id or formula ${name}` });
    await field('A').fill('ban');
    await field('A').press('Enter');
    assert.deepEqual(await views.newRequests(), []);
    assert.ok(await field('B').evaluate((element) => element === document.activeElement));
    await field('B').fill('ana');
    await field('B').press('Enter');
    assert.deepEqual(await views.newRequests(), [{ type: 'compare', texts: ['ban', 'ana'], mode: 'pair' }]);
    await views.show(
      snapshot({
        compare: pairCompare(values, { items: [...pairCompare().items, item('x', token('x', 87))] }),
      }),
      'compare',
    );
    await field('A').fill('2*king');
    await field('A').press('Enter');
    assert.deepEqual(await views.newRequests(), [
      { type: 'compare', texts: ['2*king', 'ana', 'x'], mode: 'pair' },
    ]);
    await views.button('Swap A and B').click();
    assert.deepEqual(await views.newRequests(), [{ type: 'comparePair', pairOf: [1, 0] }]);
    assert.equal(await field('A').inputValue(), 'ban');
  });

  it('takes a pasted list as so many texts: a pair of two, a matrix of more, one as it is', async () => {
    const views = await open();
    await views.show(snapshot(), 'compare');
    const field = (name: string) => views.page.getByRole('textbox', { name: `Word, #id or formula ${name}` });
    await views.paste(field('A'), 'ban, ana');
    await views.paste(field('A'), 'mean(ban, ana)');
    await field('B').fill('Mike');
    await views.paste(field('A'), 'ban\nana\r\n"a, b"\n');
    assert.deepEqual(await views.newRequests(), [
      { type: 'compare', texts: ['ban', 'ana'], mode: 'pair' },
      { type: 'compare', texts: ['ban', 'ana', '"a, b"', 'Mike'], mode: 'matrix' },
    ]);
  });

  it('parts a list at line ends and commas, but for those inside brackets and quotes', () => {
    assert.deepEqual(splitTexts('king, queen,,\tman\r\n\u2028 woman '), ['king', 'queen', 'man', 'woman']);
    assert.deepEqual(splitTexts('mean(a, (b, c)), 2*"x, \\", y", 5", 6"'), [
      'mean(a, (b, c))',
      '2*"x, \\", y"',
      '5"',
      '6"',
    ]);
    assert.deepEqual(splitTexts('"open, end'), ['"open', 'end']);
    assert.deepEqual(splitTexts(') a, b'), [') a', 'b']);
    assert.deepEqual(splitTexts(' ,\n'), []);
  });

  it('points at the characters of a text that cannot be read', async () => {
    const views = await openPair({
      items: [
        pairCompare().items[0]!,
        {
          text: 'king - (man',
          pieces: [],
          syntaxError: { message: 'A parenthesis is not closed.', start: 7, end: 8 },
        },
      ],
    });
    const field = views.page.getByRole('textbox', { name: 'Word, #id or formula B' });
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await views.page.locator('.compare-error mark').textContent(), '(');
    assert.match(await views.page.getByRole('alert').innerText(), /A parenthesis is not closed\./);
  });

  it('names both lines in whole words in a narrow panel', async () => {
    const views = await open({ width: 320 });
    await views.show(snapshot({ compare: pairCompare() }), 'compare');
    const keys = views.page.locator('.key');
    await keys.first().waitFor();
    const cut = await keys.evaluateAll(
      (all) => all.filter((key) => key.scrollWidth > key.clientWidth).length,
    );
    assert.equal(cut, 0);
    assert.equal(await views.page.locator('.pair-vectors .export-svg').isVisible(), false);
  });

  it('keeps the sign of a failure beside its text, however long that is', async () => {
    for (const width of [320, 520, 900]) {
      const views = await open({ width });
      await views.show(
        snapshot({
          compare: { mode: 'pair', items: pairCompare().items, pairOf: [0, 1] },
          embeddings: { state: 'failed', reason: 'No such file: '.repeat(12) },
        }),
        'compare',
      );
      const sign = await views.page.locator('.embeddings-needed .icon').boundingBox();
      const text = await views.page.getByText(/^No such file/).boundingBox();
      assert.ok(sign && text);
      assert.ok(Math.abs(sign.y - text.y) < 4 && sign.x + sign.width <= text.x, `${width}`);
    }
  });

  it('says why nothing is drawn: no vectors, an error, embeddings on their way', async () => {
    const views = await open();
    const items = pairCompare().items;
    const compare: CompareView = { mode: 'pair', items, pairOf: [0, 1] };
    await views.show(snapshot({ compare, embeddings: { state: 'none' } }), 'compare');
    await views.button('Load Embeddings').click();
    assert.deepEqual(await views.newRequests(), [{ type: 'retryLoading' }]);
    await views.show(
      snapshot({ compare: { ...compare, error: 'Row 3820 holds no finite numbers.' } }),
      'compare',
    );
    assert.match(await views.page.locator('.body').innerText(), /Row 3820 holds no finite numbers\./);
    await views.show(snapshot({ compare, embeddings: { state: 'locating' } }), 'compare');
    assert.match(await views.page.locator('.body').innerText(), /on their way/);
  });
});
