import assert from 'node:assert/strict';
import { placeLabels } from '../../webview-ui/src/map/labelPlacement';
import { useInspector } from './inspectorPage';
import { manyNeighbors, mikePanel, nameMap, answer } from './inspectorSnapshots';

describe('the neighborhood map', () => {
  const open = useInspector();

  it('draws each neighbor in its place relative to the others, and captions with the shares of spread', async () => {
    const inspector = await open({ width: 900 });
    await inspector.show(mikePanel());
    const drawn = await inspector.page.locator('.point').evaluateAll((points) =>
      points.map((point) => ({
        index: Number(point.getAttribute('data-point')),
        x: Number(point.getAttribute('cx')),
        y: Number(point.getAttribute('cy')),
      })),
    );
    // The query is drawn by its own mark.
    assert.equal(drawn.length, 19);
    const { points } = nameMap();
    for (const a of drawn) {
      for (const b of drawn) {
        const [ax, ay] = points[a.index]!;
        const [bx, by] = points[b.index]!;
        assert.equal(Math.sign(a.x - b.x), Math.sign(ax - bx));
        assert.equal(Math.sign(b.y - a.y), Math.sign(ay - by), 'the second component grows upward');
      }
    }
    const captions = await inspector.page
      .locator('.map .caption')
      .evaluateAll((texts) => texts.map(({ textContent }) => textContent));
    assert.deepEqual(captions, ['PC 2 · 17\u00a0%', 'PC 1 · 24\u00a0%']);
    assert.match(
      await inspector.page.locator('.neighborhood .section-head').innerText(),
      /41\u00a0% of spread · hollow/,
    );
  });

  it('draws misplaced points hollow, and forms with a leading space paler', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    const look = (index: number) =>
      inspector.point(index).evaluate((point) => {
        const { fill, opacity, stroke } = getComputedStyle(point);
        return { fill, opacity, stroke };
      });
    const background = await inspector.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const scott = await look(15);
    const chris = await look(3);
    const spaceChris = await look(8);
    assert.equal(scott.fill, background);
    assert.equal(scott.stroke, chris.fill);
    assert.equal(chris.opacity, '1');
    assert.ok(Number(spaceChris.opacity) < 1);
  });

  it('places labels within the drawing, none on another and none on a point', async () => {
    for (const width of [320, 520, 900]) {
      for (const snapshot of [mikePanel(), mikePanel({ answer: manyNeighbors(300) })]) {
        const inspector = await open({ width });
        await inspector.show(snapshot);
        await inspector.showMap();
        const { labels, points, frame } = await inspector.page.evaluate(() => {
          const box = (element: Element) => element.getBoundingClientRect().toJSON() as DOMRect;
          return {
            // As high as the letters; the box of a text is as high as its line.
            labels: [...document.querySelectorAll('.label text')].map((text) => {
              const { left, right, bottom } = box(text);
              const isStrong = text.closest('.strong') !== null;
              return { left, right, top: bottom - 11, bottom: bottom - 4, isStrong };
            }),
            points: [...document.querySelectorAll('.point')].map(box),
            frame: box(document.querySelector('.map')!),
          };
        });
        assert.ok(labels.length >= 10, `${labels.length} labels at ${width} px`);
        type Box = { left: number; right: number; top: number; bottom: number };
        const doOverlap = (a: Box, b: Box) =>
          a.left < b.right - 0.5 &&
          b.left < a.right - 0.5 &&
          a.top < b.bottom - 0.5 &&
          b.top < a.bottom - 0.5;
        labels.forEach((label, index) => {
          assert.ok(label.left >= frame.left && label.right <= frame.right);
          assert.ok(!labels.slice(index + 1).some((other) => doOverlap(label, other)));
          // Query and selected point are named even where points are all around.
          assert.ok(label.isStrong || !points.some((point) => doOverlap(label, point)));
        });
      }
    }
  });

  it('labels query and selected point first, with visible spaces', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ answer: manyNeighbors(1_000), k: 1_000 }));
    await inspector.list.press('End');
    const strong = await inspector.page
      .locator('.label.strong text')
      .evaluateAll((texts) => texts.map(({ textContent }) => textContent));
    assert.deepEqual(strong, ['Mike', ' word999']);
    assert.equal(await inspector.page.locator('[data-label="999"] .space-mark').count(), 1);
  });

  it('shares its selection with the list, and draws a line from the query to it', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.list.press('ArrowDown');
    await inspector.list.press('ArrowDown');
    const center = await inspector
      .point(3)
      .evaluate((point) => [point.getAttribute('cx'), point.getAttribute('cy')]);
    const ring = await inspector.page
      .locator('.selected-ring')
      .evaluate((circle) => [circle.getAttribute('cx'), circle.getAttribute('cy')]);
    assert.deepEqual(ring, center);
    const line = await inspector.page.locator('.to-selected').getAttribute('d');
    assert.ok(line?.endsWith(`L${center[0]} ${center[1]}`));
  });

  it('selects a point that is clicked, walks to it on a double click, and opens it elsewhere by the middle button', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    const box = await inspector.point(15).boundingBox();
    assert.ok(box);
    await inspector.page.mouse.click(box.x + 6, box.y + 3);
    assert.equal(await inspector.selectedRow.locator('.tok').innerText(), 'Scott');
    assert.deepEqual(await inspector.newRequests(), []);
    await inspector.page.mouse.dblclick(box.x + 6, box.y + 3);
    await inspector.page.mouse.click(box.x + 6, box.y + 3, { button: 'middle' });
    await inspector.map.press('Control+Enter');
    const id = 19040;
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'walk', id },
      { type: 'openInspector', id },
      { type: 'openInspector', id },
    ]);
    const map = await inspector.map.boundingBox();
    assert.ok(map);
    await inspector.page.mouse.dblclick(map.x + 3, map.y + map.height - 3);
    await inspector.page.mouse.click(map.x + 3, map.y + map.height - 3, { button: 'middle' });
    assert.deepEqual(await inspector.newRequests(), []);
  });

  it('tells the point under the pointer in a tooltip, within the map, and marks its row', async () => {
    const inspector = await open({ width: 320 });
    await inspector.show(mikePanel());
    await inspector.showMap();
    const tooltip = inspector.page.locator('.tooltip');
    for (const [index, text] of [
      [15, /Scott\s*0\.581, rank\s*16, misplaced in 2-D/],
      [5, /Michael\s*0\.637, rank\s*6$/],
      [17, /Steve\s*0\.569, rank\s*18$/],
    ] as const) {
      await inspector.point(index).hover({ force: true });
      assert.match((await tooltip.innerText()).trim(), text);
      const map = await inspector.map.boundingBox();
      const tip = await tooltip.boundingBox();
      assert.ok(map && tip);
      assert.ok(tip.x >= map.x && tip.x + tip.width <= map.x + map.width);
      assert.ok(tip.y >= map.y && tip.y + tip.height <= map.y + map.height);
    }
    await inspector.point(5).hover({ force: true });
    assert.match(await inspector.page.locator('.row.hovered').innerText(), /Michael/);
    await inspector.query.hover();
    assert.equal(await tooltip.count(), 0);
    await inspector.row('5: Jim').hover();
    assert.equal(await inspector.page.locator('.hovered-ring').count(), 1);
    assert.equal(await tooltip.count(), 0);
  });

  it('moves by arrow keys to points in their direction, says where, and walks by Enter', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    const center = () =>
      inspector.page
        .locator('.selected-ring')
        .evaluate((ring) => ({ x: Number(ring.getAttribute('cx')), y: Number(ring.getAttribute('cy')) }));
    for (const [key, isAhead] of [
      ['ArrowRight', (a, b) => b.x > a.x],
      ['ArrowDown', (a, b) => b.y > a.y],
      ['ArrowLeft', (a, b) => b.x < a.x],
      ['ArrowUp', (a, b) => b.y < a.y],
    ] as [string, (a: { x: number; y: number }, b: { x: number; y: number }) => boolean][]) {
      const before = await center();
      await inspector.map.press(key);
      assert.ok(isAhead(before, await center()), key);
    }
    const rank = Number(await inspector.selectedRow.locator('.rank').innerText());
    assert.match(await inspector.announcement(), new RegExp(`rank ${rank}$`));
    await inspector.map.press('End');
    await inspector.map.press('Enter');
    assert.deepEqual(await inspector.newRequests(), [{ type: 'walk', id: 21174 }]);
  });

  it('can be shown as a table, by button and by key, and keeps the focus', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.button('Show neighborhood as table').click();
    const table = inspector.page.getByRole('table');
    const row = await table.getByRole('row').nth(16).getByRole('cell').allInnerTexts();
    assert.deepEqual(row, ['16', 'Scott', '0.581', '0.588', '0.622', 'misplaced']);
    assert.equal(await table.getByRole('row').count(), 21);
    assert.equal(await inspector.button('Show neighborhood as table').getAttribute('aria-pressed'), 'true');
    await inspector.page.getByRole('region', { name: 'Neighborhood as table' }).press('t');
    assert.equal(await table.count(), 0);
    assert.equal(await inspector.map.evaluate((map) => map === document.activeElement), true);
    await inspector.list.press('t');
    assert.equal(await table.count(), 1);
  });

  it('describes itself in a sentence', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    const name = await inspector.page.locator('.map').getByRole('img').getAttribute('aria-label');
    assert.match(
      name ?? '',
      /^20 neighbors of Mike on two principal components, which show 41\u00a0% of their spread; 3 of them/,
    );
  });

  it('draws points on one spot in the middle, and a map of fewer points than neighbors', async () => {
    const inspector = await open();
    const map = {
      query: [1, 1] as const,
      points: [
        [1, 1],
        [1, 1],
        [1, 1],
      ] as const,
      explained: [0, 0] as const,
      misplaced: [false, false, false],
    };
    await inspector.show(mikePanel({ answer: answer({ map }) }));
    assert.equal(await inspector.page.locator('.point').count(), 2);
    assert.match(await inspector.page.locator('.neighborhood .section-head').innerText(), /best 3/);
    await inspector.list.press('End');
    assert.equal(await inspector.page.locator('.selected-ring').count(), 0);
  });
});

describe('labels that must be there', () => {
  const bounds = { left: 0, top: 0, right: 400, bottom: 300 };
  const anchor = { x: 200, y: 150, width: 60, mustShow: true };
  const boxAt = ({ x, y }: { x: number; y: number }) => ({
    left: x,
    right: x + 60,
    top: y - 9,
    bottom: y + 3,
  });
  const areApart = (a: ReturnType<typeof boxAt>, b: ReturnType<typeof boxAt>) =>
    a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

  it('stand apart from one another on points of one place, and cover points rather than labels', () => {
    const around = { left: 120, top: 120, right: 280, bottom: 180 };
    for (const obstacles of [[], [around]]) {
      const [query, selected] = placeLabels([anchor, { ...anchor, x: 201 }], obstacles, bounds);
      assert.ok(query && selected);
      assert.ok(areApart(boxAt(query), boxAt(selected)), JSON.stringify([query, selected]));
    }
  });

  it('go a line farther before they cover a point', () => {
    const beside = { left: 120, top: 140, right: 280, bottom: 160 };
    const [label] = placeLabels([anchor], [beside], bounds);
    assert.ok(label && areApart(boxAt(label), beside));
  });
});
