import assert from 'node:assert/strict';
import { METRICS } from '../../src/protocol/metric';
import { NO_FILTER, type FilterView } from '../../src/protocol/panelSnapshot';
import { useInspector } from './inspectorPage';
import { answer, mikePanel, nameNeighbors, underMetrics } from './inspectorSnapshots';
import { panelStates } from './panelStates';

describe('metrics in the list', () => {
  const open = useInspector();

  it('are chosen from four, each explained in a few lines, with this query’s average', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    const select = inspector.page.getByRole('combobox', { name: 'Metric' });
    await select.selectOption('dot');
    assert.deepEqual(await inspector.newRequests(), [{ type: 'chooseMetric', metric: 'dot' }]);
    const explain = inspector.button('What is this metric?');
    assert.equal(await explain.getAttribute('aria-expanded'), 'false');
    await explain.click();
    const explanation = inspector.page.locator('#metric-explanation');
    assert.match(await explanation.innerText(), /unrelated tokens already score near 0\.3/);
    assert.match(await explanation.innerText(), /over all 50,257 tokens with this query is 0\.291/);
    const texts = new Set<string>();
    for (const metric of METRICS) {
      await inspector.show(mikePanel({ metric, answer: answer({ metric }) }));
      texts.add((await explanation.innerText()).split('\n')[0] ?? '');
    }
    assert.equal(texts.size, 4);
    await explain.click();
    assert.equal(await explanation.isVisible(), false);
  });

  it('tell how each rank has changed since the metric before, and nothing where that is not known', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(panelStates['another metric']!);
    const change = (name: string) => inspector.row(name).locator('.change');
    for (const [row, drawn, spoken] of [
      ['1', '=', 'same rank by cosine'],
      ['2', '▲3', 'up 3 from rank 5 by cosine'],
      ['3', '▼1', 'down 1 from rank 2 by cosine'],
      ['5', '', ''],
    ] as const) {
      const cell = inspector.rows.nth(Number(row) - 1).locator('.change');
      assert.equal(await cell.locator('[aria-hidden]').innerText(), drawn);
      assert.equal(await cell.locator('.spoken-only').innerText(), spoken);
    }
    await inspector.show(mikePanel());
    assert.equal(await change('2: space Mike').count(), 0);
  });

  it('keep the selected token when the metric changes', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(mikePanel());
    await inspector.row('4: Chris').click();
    await inspector.show(panelStates.distances!);
    assert.equal(await inspector.selectedRow.locator('.tok').innerText(), 'Chris');
    assert.match(await inspector.announcement(), /^20 neighbors of Mike by Euclidean distance, best: /);
  });

  it('draw bars from the worst to the best shown where they have no natural ends, without an average', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(panelStates.distances!);
    const shares = await inspector.rows.evaluateAll((rows) =>
      rows.map((row) => {
        const width = (selector: string) => row.querySelector(selector)!.getBoundingClientRect().width;
        return width('.similarity-bar') / width('.bar-track');
      }),
    );
    shares.forEach((share, index) =>
      assert.ok(Math.abs(share - (19 - index) / 19) < 0.01, `${index}: ${share}`),
    );
    assert.equal(await inspector.page.locator('.average-tick').count(), 0);
  });

  it('are asked for the selected row after it has stayed selected, once, and shown with ranks', async () => {
    const inspector = await open();
    await inspector.page.clock.install();
    await inspector.show(mikePanel());
    const request = await inspector.nextRequest('placeUnderMetrics');
    assert.equal(request.id, 4995);
    // In one turn: on a busy machine the row between would stay selected long enough.
    await inspector.list.evaluate((list) => {
      for (let press = 0; press < 2; press++) {
        list.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }),
        );
      }
    });
    assert.equal((await inspector.nextRequest('placeUnderMetrics')).id, 15645);
    const neighbors = nameNeighbors().map((n, index) => (index === 3 ? { ...n, underMetrics } : n));
    await inspector.show(mikePanel({ answer: answer({ neighbors }) }));
    assert.match(await inspector.page.locator('.selection .facts').innerText(), /rank 4 · centered 0\.512/);
    await inspector.button('Under every metric').click();
    const places = await inspector.page.locator('.place').allInnerTexts();
    assert.deepEqual(
      places.map((text) => text.replace(/\s+/g, ' ')),
      ['cosine 0.857 rank 2', 'centered 0.512 rank 4', 'dot 7.655 rank 1,009', 'distance 2.891 rank 5'],
    );
    // How many are ranked is told where there is room.
    assert.equal(await inspector.page.locator('.place.shown .of-all').textContent(), ' of 31,204');
    assert.equal(await inspector.page.locator('.of-all').count(), 1);
    await inspector.page.clock.fastForward(60_000);
    assert.ok((await inspector.sent()).every(({ type }) => type !== 'placeUnderMetrics'));
  });
});

describe('the filters', () => {
  const open = useInspector();

  it('ask for all that is set, also while the answer to the last choice is under way', async () => {
    const inspector = await open();
    await inspector.page.clock.install();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.button('Filters').click();
    assert.equal(
      await inspector.page.getByLabel('Token contains').evaluate((e) => e === document.activeElement),
      true,
    );
    await inspector.page.getByRole('radio', { name: 'without leading space' }).click();
    await inspector.page.getByRole('checkbox', { name: 'Only word-like tokens' }).click();
    await inspector.page.getByRole('checkbox', { name: 'Hide byte fragments' }).click();
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'filter', filter: { ...NO_FILTER, space: 'without' } },
      { type: 'filter', filter: { ...NO_FILTER, space: 'without', wordLike: true } },
      { type: 'filter', filter: { ...NO_FILTER, space: 'without', wordLike: true, hideByteFragments: true } },
    ]);
    const chosen: FilterView = { ...NO_FILTER, space: 'without', wordLike: true, hideByteFragments: true };
    await inspector.page.getByLabel('Token contains').pressSequentially('ab');
    assert.deepEqual((await inspector.nextRequest('filter')).filter, { ...chosen, text: 'ab' });
    // What is typed last goes along with a choice that comes before it was sent, and is not sent once more.
    await inspector.page.getByLabel('Token contains').pressSequentially('c');
    await inspector.page.getByRole('radio', { name: 'any leading space' }).press('Space');
    assert.deepEqual((await inspector.nextRequest('filter')).filter, {
      ...chosen,
      space: 'any',
      text: 'abc',
    });
    await inspector.show({ ...mikePanel(), filter: { ...chosen, space: 'any', text: 'abc' } });
    await inspector.page.clock.fastForward(60_000);
    assert.deepEqual(
      (await inspector.newRequests()).filter(({ type }) => type === 'filter'),
      [],
    );
  });

  it('take a minimum for similarities and a maximum for distances, and nothing that is no number', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.button('Filters').click();
    const minimum = inspector.page.getByLabel('Similarity at least');
    await minimum.fill('0.x');
    assert.equal(await minimum.getAttribute('aria-invalid'), 'true');
    assert.deepEqual((await inspector.nextRequest('filter')).filter, NO_FILTER);
    await minimum.fill('−0.25');
    assert.deepEqual((await inspector.nextRequest('filter')).filter, { ...NO_FILTER, minimumScore: -0.25 });
    await inspector.show(panelStates.distances!);
    assert.equal(await inspector.page.getByLabel('Distance at most').count(), 1);
  });

  it('say how many are in force, and are cleared by one click', async () => {
    const inspector = await open();
    await inspector.show(panelStates.filtered!);
    await inspector.newRequests();
    assert.equal(await inspector.page.locator('.badge').innerText(), '4');
    await inspector.button('Clear filters').click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'filter', filter: NO_FILTER }]);
    await inspector.show(mikePanel());
    assert.equal(await inspector.button('Filters').count(), 1);
    assert.equal(await inspector.button('Clear filters').count(), 0);
  });

  it('can be changed where nothing passes them', async () => {
    const inspector = await open();
    await inspector.show(panelStates['nothing passes the filter']!);
    assert.match(await inspector.page.locator('.body').innerText(), /No token passes the filters/);
    assert.equal(await inspector.button('Clear filters').isVisible(), true);
    assert.equal(await inspector.announcement(), 'No neighbors of Mike.');
  });

  it('close by Escape with the focus on their button', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.button('Filters').click();
    await inspector.page.keyboard.press('Escape');
    assert.equal(await inspector.page.getByRole('dialog').count(), 0);
    assert.equal(await inspector.button('Filters').evaluate((e) => e === document.activeElement), true);
  });
});
