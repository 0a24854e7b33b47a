import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { NO_FILTER, type PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { useInspector, type InspectorPage } from './inspectorPage';
import { answer, manyNeighbors, memento, mikePanel, mikeQuery, token } from './inspectorSnapshots';

/** Inner size of the panel beside an editor in a window of 1280 × 800, without and with the side bar. */
const BESIDE_EDITOR = [
  { width: 616, height: 708 },
  { width: 466, height: 708 },
] as const;

const ROW_HEIGHT = 22;

const many = (changes: Partial<PanelSnapshot> = {}) =>
  mikePanel({ answer: manyNeighbors(100), k: 100, ...changes });

async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  assert.ok(box);
  return box;
}

async function isSelectedInView(inspector: InspectorPage): Promise<boolean> {
  const list = await boxOf(inspector.list);
  const row = await boxOf(inspector.selectedRow);
  return row.y >= list.y - 0.5 && row.y + row.height <= list.y + list.height + 0.5;
}

describe('the room for the list', () => {
  const open = useInspector();

  for (const size of BESIDE_EDITOR) {
    it(`is at least 14 rows at ${size.width} × ${size.height}, with the neighborhood folded`, async () => {
      const inspector = await open(size);
      await inspector.show(many());
      const { height } = await boxOf(inspector.list);
      assert.ok(height >= 14 * ROW_HEIGHT, `${height} px`);
      assert.equal(await inspector.button('Neighborhood').getAttribute('aria-expanded'), 'false');
    });
  }

  it('shows the neighborhood at first where the panel is high enough for list and map', async () => {
    for (const [height, isOpen] of [
      [859, 'false'],
      [860, 'true'],
    ] as const) {
      const inspector = await open({ width: 520, height });
      await inspector.show(many());
      assert.equal(await inspector.button('Neighborhood').getAttribute('aria-expanded'), isOpen);
    }
  });

  it('leaves the name of the metric whole beside filters in force', async () => {
    for (const width of [420, 430, 466, 499]) {
      const inspector = await open({ width, height: 708 });
      await inspector.show(mikePanel({ filter: { ...NO_FILTER, excludedIds: [1] } }));
      await inspector.button('Clear filters').waitFor();
      const isWhole = await inspector.page
        .locator('.metric-choice select')
        .evaluate((select: HTMLSelectElement) => {
          const { width: shown } = select.getBoundingClientRect();
          select.style.flex = 'none';
          return shown >= select.getBoundingClientRect().width - 0.5;
        });
      assert.ok(isWhole, `${width} px`);
    }
  });

  it('is below a header of two lines: the query with its forms, the views with metric and count', async () => {
    for (const width of [466, 520, 616, 900]) {
      const inspector = await open({ width, height: 708 });
      await inspector.show(mikePanel());
      const form = await boxOf(inspector.page.getByRole('radiogroup', { name: /^Form/ }));
      const field = await boxOf(inspector.query);
      assert.ok(Math.abs(form.y + form.height / 2 - field.y - field.height / 2) < 4, `${width} px`);
      assert.ok(field.width >= 50, `${field.width} px for the query at ${width} px`);
      const tab = await boxOf(inspector.page.getByRole('tab', { name: 'Neighbors' }));
      const metric = await boxOf(inspector.page.getByRole('combobox', { name: 'Metric' }));
      assert.ok(Math.abs(tab.y + tab.height / 2 - metric.y - metric.height / 2) < 4);
    }
  });

  it('is not taken by a sentence, whose forms and vectors stay in one line each until they are opened', async () => {
    const pieces = [...Array(30).keys()].map((index) =>
      token(`${index === 0 ? '' : ' '}word${index}`, index),
    );
    const text = pieces.map(({ plain }) => plain.replace('␣', ' ')).join('');
    const query = {
      text,
      pieces,
      forms: [
        { kind: 'bare', selected: true, pieces },
        { kind: 'leadingSpace', selected: false, pieces },
        { kind: 'inDocument', selected: false, pieces, line: 3 },
      ],
      vectors: [
        { choice: 'mean', selected: true, pieces },
        ...pieces.map((piece, index) => ({ choice: index, selected: false, pieces: [piece] })),
      ],
    } as const;
    for (const width of [320, 520, 900]) {
      const inspector = await open({ width });
      await inspector.show(mikePanel({ query }));
      const before = await boxOf(inspector.page.locator('.query-head'));
      assert.ok(before.height <= 34 + 2 * 34 + 8, `${before.height} px`);
      const overflow = await inspector.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0);
      await inspector.button('Show the whole query').click();
      const opened = await boxOf(inspector.page.locator('.query-head'));
      assert.ok(opened.height > before.height);
      await inspector.button('Show the query in one line').click();
      assert.equal((await boxOf(inspector.page.locator('.query-head'))).height, before.height);
    }
    const short = await open();
    await short.show(mikePanel({ query: mikeQuery }));
    assert.equal(await short.button('Show the whole query').count(), 0);
  });
});

describe('the divider between list and drawings', () => {
  const open = useInspector();
  const divider = (inspector: InspectorPage) =>
    inspector.page.getByRole('separator', { name: 'Between list and drawings' });

  for (const [width, orientation] of [
    [520, 'horizontal'],
    [900, 'vertical'],
  ] as const) {
    it(`is dragged, and reset by a double click, ${width} px wide`, async () => {
      const inspector = await open({ width });
      await inspector.show(many());
      const handle = divider(inspector);
      assert.equal(await handle.getAttribute('aria-orientation'), orientation);
      const size = async () => {
        const { width: listWidth, height } = await boxOf(inspector.page.locator('#ranked'));
        return orientation === 'vertical' ? listWidth : height;
      };
      const before = await size();
      const { x, y, width: w, height: h } = await boxOf(handle);
      await inspector.page.mouse.move(x + w / 2, y + h / 2);
      await inspector.page.mouse.down();
      await inspector.page.mouse.move(x + w / 2 - 60, y + h / 2 - 60, { steps: 4 });
      await inspector.settle();
      assert.ok(Math.abs((await size()) - (before - 60)) <= 6, `${await size()} after ${before}`);
      await inspector.newRequests();
      await inspector.page.mouse.up();
      await inspector.settle();
      const [request, ...others] = await inspector.newRequests();
      assert.equal(request?.type, 'arrange');
      assert.deepEqual(others, []);
      assert.ok(await isSelectedInView(inspector));
      await handle.dblclick();
      await inspector.settle();
      assert.ok(Math.abs((await size()) - before) <= 1);
      assert.deepEqual(await inspector.newRequests(), [{ type: 'arrange', arrangement: {} }]);
    });

    it(`moves by keys and tells where it is, ${width} px wide`, async () => {
      const inspector = await open({ width });
      await inspector.show(many());
      const handle = divider(inspector);
      const value = async () => Number(await handle.getAttribute('aria-valuenow'));
      const press = async (key: string) => {
        await handle.press(key);
        await inspector.settle();
        return value();
      };
      const [less, more] =
        orientation === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
      const before = await value();
      const smaller = await press(less);
      assert.ok(smaller < before, `${smaller} after ${before}`);
      assert.ok((await press(more)) > smaller);
      const largest = await press('End');
      const smallest = await press('Home');
      assert.ok(smallest < smaller && largest > before, `${smallest} … ${largest}`);
      assert.equal(await handle.evaluate((element) => element === document.activeElement), true);
    });
  }

  it('is where it was after the panel was restored, and so are the sections', async () => {
    const inspector = await open({ width: 900 });
    const kept = { ...memento('Mike'), arrangement: { beside: 0.3, map: false } };
    await inspector.show(many(), kept);
    assert.equal(await divider(inspector).getAttribute('aria-valuenow'), '70');
    assert.equal(await inspector.button('Neighborhood').getAttribute('aria-expanded'), 'false');
    await inspector.newRequests();
    await inspector.button('Neighborhood').click();
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'arrange', arrangement: { beside: 0.3, map: true } },
    ]);
  });

  it('goes where there is nothing to divide', async () => {
    const inspector = await open({ width: 520, height: 700 });
    await inspector.show(many());
    await inspector.button('All 50,257 similarities').click();
    assert.equal(await divider(inspector).count(), 0);
  });
});

describe('the selected row', () => {
  const open = useInspector();

  it('stays in view when the panel gets lower, the map opens, or the list is folded', async () => {
    const inspector = await open({ width: 520, height: 850 });
    await inspector.show(many());
    const { height } = await boxOf(inspector.list);
    for (let step = 2; step < Math.floor(height / ROW_HEIGHT); step++) {
      await inspector.list.press('ArrowDown');
    }
    assert.ok(await isSelectedInView(inspector));
    await inspector.button('Neighborhood').click();
    await inspector.settle();
    assert.ok(await isSelectedInView(inspector), 'with the map');
    await inspector.page.setViewportSize({ width: 520, height: 600 });
    await inspector.settle();
    assert.ok(await isSelectedInView(inspector), 'in a lower panel');
    await inspector.list.press('End');
    const neighbors = manyNeighbors(100).neighbors.map((neighbor, index) => ({
      ...neighbor,
      foldKey: index === 99 || index % 2 === 1 ? `odd${index}` : 'even',
    }));
    const folded = many({ answer: answer({ neighbors }), isFolded: true });
    await inspector.show(folded);
    assert.ok(await isSelectedInView(inspector), 'folded');
    await inspector.show({ ...folded, isFolded: false });
    await inspector.settle();
    assert.ok(await isSelectedInView(inspector), 'unfolded');
  });

  it('does not pull back who has scrolled away from it', async () => {
    const inspector = await open({ width: 520, height: 850 });
    await inspector.show(many());
    await inspector.list.evaluate((list) => {
      list.scrollTop = 1_000;
    });
    await inspector.settle();
    await inspector.page.setViewportSize({ width: 520, height: 700 });
    await inspector.settle();
    assert.equal(await inspector.list.evaluate((list) => list.scrollTop), 1_000);
  });
});
