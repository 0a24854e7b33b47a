import assert from 'node:assert/strict';
import { plainDrawing } from '../../src/editor/panel/exports/plainDrawing';
import { orderBySimilarity } from '../../webview-ui/src/compare/seriation';
import { themes, type Theme } from './pageServer';
import { item, largeMatrix, matrixCompare, snapshot, token } from './views/viewSnapshots';
import { useViews, type ViewsPage } from './views/viewsPage';

/** Contrast of text on its background for every cell, by the definition of WCAG 2. */
function cellContrasts(views: ViewsPage): Promise<number[]> {
  return views.page.evaluate(() => {
    const channels = (value: string): number[] => {
      const numbers = (value.match(/[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
      return numbers.slice(0, 3).map((number) => (value.startsWith('color(') ? number : number / 255));
    };
    const luminance = (value: string): number => {
      const [red, green, blue] = channels(value).map((channel) =>
        channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    return [...document.querySelectorAll('.heat tbody td')].map((cell) => {
      const { color, backgroundColor } = getComputedStyle(cell);
      const [one, other] = [luminance(color), luminance(backgroundColor)].sort((a, b) => b - a);
      return (one! + 0.05) / (other! + 0.05);
    });
  });
}

describe('the similarity matrix', () => {
  const open = useViews();

  it('prints every similarity, without its zero, in the order typed', async () => {
    const views = await open();
    await views.show(snapshot({ compare: matrixCompare() }), 'compare');
    const rows = await views.page
      .locator('.heat tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim())),
      );
    assert.deepEqual(rows[0], ['1', '.318', '.857', '.249', '.685', '.231']);
    assert.deepEqual(rows[4], ['.685', '.311', '.604', '.238', '1', '\u2212.044']);
    assert.equal(
      await views.page.getByRole('grid').getAttribute('aria-label'),
      'Cosine of 6 texts, every pair',
    );
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`keeps at least 4.5:1 between every number and its color in ${theme}`, async () => {
      const views = await open({ theme });
      const count = 33;
      const items = Array.from({ length: count }, (_, index) => item(`w${index}`, token(`w${index}`, index)));
      // Every value from 0.2 to 1 in small steps stands somewhere, so that no color is left out.
      const values = items.map((_, row) =>
        items.map((__, column) => 0.2 + (0.8 * (row * count + column)) / (count ** 2 - 1)),
      );
      await views.show(
        snapshot({ compare: matrixCompare({ items, matrix: { metric: 'cosine', values } }) }),
        'compare',
      );
      const contrasts = await cellContrasts(views);
      assert.equal(contrasts.length, count ** 2);
      assert.ok(Math.min(...contrasts) >= 4.5, `lowest ${Math.min(...contrasts).toFixed(2)}`);
    });
  }

  it('colors more alike pairs more, and nearer ones more where the metric is a distance', async () => {
    const views = await open();
    const share = (row: number, column: number) =>
      views.page
        .locator(`[data-row="${row}"][data-column="${column}"]`)
        .evaluate((cell) => parseFloat((cell as HTMLElement).style.getPropertyValue('--share')));
    await views.show(snapshot({ compare: matrixCompare() }), 'compare');
    assert.equal(await share(0, 0), 58);
    assert.ok(Math.abs((await share(0, 2)) - (58 * (0.857 - 0.2)) / 0.8) < 0.1);
    assert.equal(await share(4, 5), 0);
    const items = matrixCompare().items.slice(0, 3);
    const values = [
      [0, 2, 6],
      [2, 0, 4],
      [6, 4, 0],
    ];
    await views.show(
      snapshot({ compare: matrixCompare({ items, matrix: { metric: 'euclidean', values } }) }),
      'compare',
    );
    assert.equal(await share(0, 0), 58);
    assert.equal(await share(0, 2), 0);
    assert.ok(Math.abs((await share(1, 2)) - 58 / 3) < 0.1);
  });

  it('moves by arrow keys with one tab stop, and tells the pair', async () => {
    const views = await open();
    await views.show(snapshot({ compare: matrixCompare() }), 'compare');
    const focused = () =>
      views.page.evaluate(() => {
        const { row, column } = (document.activeElement as HTMLElement).dataset;
        return `${row} ${column}`;
      });
    await views.page.locator('.heat td[tabindex="0"]').focus();
    assert.equal(await focused(), '0 1');
    await views.page.keyboard.press('ArrowDown');
    await views.page.keyboard.press('ArrowRight');
    assert.equal(await focused(), '1 2');
    assert.equal(await views.page.locator('.heat td[tabindex="0"]').count(), 1);
    assert.equal(await views.announcement(), 'apple and space Mike: .259');
    await views.page.keyboard.press('Control+End');
    assert.equal(await focused(), '5 5');
    await views.page.keyboard.press('ArrowRight');
    assert.equal(await focused(), '5 5');
    await views.page.keyboard.press('Home');
    assert.equal(await focused(), '5 0');
    assert.match(
      await views.page.locator('.selected-pair').innerText(),
      /king - man \+ woman and Mike\s+cosine\s+0\.231/,
    );
    await views.page.keyboard.press('Enter');
    assert.deepEqual(
      (await views.newRequests()).map((request) =>
        request.type === 'comparePair' ? request.pairOf : request.type,
      ),
      ['compare', [5, 0]],
    );
  });

  it('puts alike texts beside each other on request', async () => {
    const views = await open();
    await views.show(snapshot({ compare: matrixCompare() }), 'compare');
    await views.page.getByRole('combobox', { name: 'Order of the texts' }).selectOption('similarity');
    await views.settle();
    const heads = await views.page.locator('.heat tbody th .tok').allTextContents();
    const place = (name: string) => heads.indexOf(name);
    assert.equal(Math.abs(place('Mike') - place(' Mike')), 1);
    assert.equal(Math.abs(place('apple') - place(' apple')), 1);
    assert.ok(
      Math.min(Math.abs(place('Michael') - place('Mike')), Math.abs(place('Michael') - place(' Mike'))) === 1,
    );
    const diagonal = await views.page
      .locator('.heat tbody tr')
      .evaluateAll((rows) => rows.map((row, index) => row.querySelectorAll('td')[index]?.textContent.trim()));
    assert.deepEqual(diagonal, ['1', '1', '1', '1', '1', '1']);
  });

  it('orders a shuffled chain as it was, and leaves what has no vector to the end', () => {
    const shuffled = [4, 0, 6, 2, 5, 1, 3];
    const values = shuffled.map((one) => shuffled.map((other) => 1 - Math.abs(one - other) / 10));
    const order = orderBySimilarity(values, false).map((index) => shuffled[index]!);
    assert.ok(
      order.every((value, index) => index === 0 || Math.abs(value - order[index - 1]!) === 1),
      order.join(' '),
    );
    const distances = shuffled.map((one) => shuffled.map((other) => Math.abs(one - other)));
    const byDistance = orderBySimilarity(distances, true).map((index) => shuffled[index]!);
    assert.ok(
      byDistance.every((value, index) => index === 0 || Math.abs(value - byDistance[index - 1]!) === 1),
    );
    assert.deepEqual(
      orderBySimilarity(
        [
          [null, null, null],
          [null, 1, 0.5],
          [null, 0.5, 1],
        ],
        false,
      ),
      [1, 2, 0],
    );
  });

  it('adds and removes texts, and takes a list as so many texts', async () => {
    const views = await open();
    const compare = matrixCompare({
      items: [item('Mike', token('Mike', 16073)), item('" Mike"', token(' Mike', 4995))],
    });
    await views.show(snapshot({ compare }), 'compare');
    const field = views.page.getByRole('textbox', { name: 'Add a word, #id or formula' });
    await field.fill('Chris');
    await field.press('Enter');
    await views.button('Remove space Mike').click();
    await field.focus();
    await field.press('Backspace');
    await views.paste(field, 'one\r\n\ntwo, mean(ban, ana)');
    await field.fill('C3PO, "Hello, world"');
    await field.press('Enter');
    assert.deepEqual(await views.newRequests(), [
      { type: 'compare', texts: ['Mike', '" Mike"', 'Chris'], mode: 'matrix' },
      { type: 'compare', texts: ['Mike', 'Chris'], mode: 'matrix' },
      { type: 'compare', texts: ['Mike'], mode: 'matrix' },
      { type: 'compare', texts: ['Mike', 'one', 'two', 'mean(ban, ana)'], mode: 'matrix' },
      {
        type: 'compare',
        texts: ['Mike', 'one', 'two', 'mean(ban, ana)', 'C3PO', '"Hello, world"'],
        mode: 'matrix',
      },
    ]);
    await views.page.getByRole('combobox', { name: 'Metric of the matrix' }).selectOption('centered');
    assert.deepEqual(await views.newRequests(), [{ type: 'chooseMetric', metric: 'centered' }]);
  });

  it('selects the first pair as soon as there is one', async () => {
    const views = await open();
    const { items } = matrixCompare();
    await views.show(
      snapshot({ compare: { mode: 'matrix', items: items.slice(0, 1), pairOf: [0, 1] } }),
      'compare',
    );
    await views.show(snapshot({ compare: matrixCompare() }), 'compare');
    const selected = views.page.locator('.heat td[aria-selected=true]');
    assert.equal((await selected.innerText()).trim(), '.318');
  });

  it('loses no text that is added before the one before it is shown, and follows what comes from elsewhere', async () => {
    const views = await open();
    const showTexts = (...texts: string[]) =>
      views.show(
        snapshot({
          compare: matrixCompare({ items: texts.map((text, index) => item(text, token(text, index))) }),
        }),
        'compare',
      );
    await showTexts('Mike');
    const field = views.page.getByRole('textbox', { name: 'Add a word, #id or formula' });
    const add = async (text: string): Promise<readonly string[]> => {
      await field.fill(text);
      await field.press('Enter');
      const [request] = await views.newRequests();
      assert.ok(request?.type === 'compare');
      return request.texts;
    };
    await add('#15645');
    assert.deepEqual(await add('Jim'), ['Mike', '#15645', 'Jim']);
    await showTexts('Mike', 'Chris');
    assert.deepEqual(await add('Bob'), ['Mike', '#15645', 'Jim', 'Bob']);
    await showTexts('ban', 'ana');
    assert.deepEqual(await add('Tom'), ['ban', 'ana', 'Tom']);
  });

  it('says how many texts of a list found no room, and keeps the focus where it is', async () => {
    const views = await open();
    await views.show(snapshot({ compare: largeMatrix(38) }), 'compare');
    const field = views.page.getByRole('textbox', { name: 'Add a word, #id or formula' });
    await field.focus();
    await views.paste(field, 'a, b, c, d, e');
    const [request] = await views.newRequests();
    assert.ok(request?.type === 'compare' && request.texts.length === 40);
    await views.show(snapshot({ compare: largeMatrix(40) }), 'compare');
    assert.match(
      await views.page.locator('.matrix-texts').getByRole('status').innerText(),
      /^3 texts were left out: 40 at most/,
    );
    assert.equal(await field.evaluate((element) => element === document.activeElement), true);
    await field.press('Backspace');
    await views.show(snapshot({ compare: largeMatrix(39) }), 'compare');
    assert.equal(await views.page.locator('.matrix-texts').getByRole('status').count(), 0);
  });

  it('shows 40 × 40 numbers that scroll inside under heads that stay, and takes no more texts', async () => {
    const views = await open();
    await views.show(snapshot({ compare: largeMatrix(40) }), 'compare');
    assert.equal(await views.page.locator('.heat tbody td').count(), 1_600);
    assert.ok(await views.page.getByRole('textbox', { name: 'Add a word, #id or formula' }).isDisabled());
    const places = await views.page.locator('.heat-scroll').evaluate((scroll) => {
      scroll.scrollTo(500, 400);
      const { left, top } = scroll.getBoundingClientRect();
      const row = scroll.querySelectorAll('tbody th')[25]!.getBoundingClientRect();
      const column = scroll.querySelectorAll('thead th')[20]!.getBoundingClientRect();
      return { left: row.left - left, top: column.top - top, size: scroll.scrollWidth > scroll.clientWidth };
    });
    assert.ok(places.size && Math.abs(places.left) <= 2 && Math.abs(places.top) <= 2, JSON.stringify(places));
    const cell = (await views.page.locator('.heat tbody td').first().boundingBox())!;
    assert.ok(cell.width >= 40 && cell.height >= 22);
  });

  it('saves the matrix as an SVG with all its numbers, in the order shown', async () => {
    const views = await open({ theme: 'highContrast' });
    await views.show(snapshot({ compare: matrixCompare() }), 'compare');
    await views.button('Save matrix as SVG').click();
    const [request] = await views.newRequests();
    assert.ok(request?.type === 'exportPlot');
    assert.ok(plainDrawing(request.content).rootEnd > 0, 'the host takes it');
    const figure = await views.page.evaluate((content) => {
      const parsed = new DOMParser().parseFromString(content, 'image/svg+xml');
      return {
        texts: [...parsed.querySelectorAll('text')].map((text) => text.textContent),
        cells: [...parsed.querySelectorAll('rect')]
          .slice(1)
          .map((cell) => `${cell.getAttribute('fill')} ${cell.getAttribute('fill-opacity')}`),
      };
    }, request.content);
    assert.equal(figure.cells.length, 36);
    // 58 % of #0063d3 on white.
    assert.equal(figure.cells[0], '#6ba5e5 1.000');
    assert.ok(figure.cells[1]?.endsWith(` ${((0.318 - 0.2) / 0.8).toFixed(3)}`), figure.cells[1]);
    assert.equal(figure.texts.filter((text) => text === '.857').length, 2);
    assert.ok(figure.texts.includes('␣Mike'));
  });
});
