import assert from 'node:assert/strict';
import { useInspector } from './inspectorPage';
import { answer, manyNeighbors, mikePanel, nameNeighbors } from './inspectorSnapshots';

describe('more neighbors at the end of the list', () => {
  const open = useInspector();
  const more = { role: 'row', name: 'Show 20 more' } as const;

  it('are asked for by a click', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.list.press('End');
    await inspector.page.getByRole(more.role, { name: more.name }).click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'chooseCount', k: 40 }]);
  });

  it('are reached by the arrow key behind the last row, and asked for by Enter; the selection stays where it was', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    const active = (): Promise<string | null> => inspector.list.getAttribute('aria-activedescendant');
    await inspector.list.press('End');
    assert.equal(await active(), 'neighbor-19');
    await inspector.list.press('ArrowDown');
    assert.equal(await active(), 'more-neighbors');
    const row = inspector.page.locator('#more-neighbors');
    assert.notEqual(await row.evaluate((element) => getComputedStyle(element).outlineStyle), 'none');
    const [box, list] = [await row.boundingBox(), await inspector.list.boundingBox()];
    assert.ok(box && list && box.y + box.height <= list.y + list.height + 1, 'it is out of view');
    await inspector.list.press('ArrowUp');
    assert.equal(await active(), 'neighbor-19');
    await inspector.list.press('ArrowDown');
    await inspector.list.press('ArrowDown');
    await inspector.list.press('Enter');
    assert.deepEqual(await inspector.newRequests(), [{ type: 'chooseCount', k: 40 }]);
    const longer = [...nameNeighbors(), ...manyNeighbors(40).neighbors.slice(20)];
    await inspector.show(mikePanel({ k: 40, answer: answer({ neighbors: longer }) }));
    assert.equal(await active(), 'neighbor-19');
    await inspector.list.press('ArrowDown');
    assert.equal(await active(), 'neighbor-20');
  });

  it('are as many as may be shown, and not offered where there are none', async () => {
    const inspector = await open();
    const offered = async (k: number, count: number): Promise<string[]> => {
      await inspector.show(mikePanel({ k, answer: manyNeighbors(count) }));
      await inspector.list.press('End');
      return inspector.page.locator('#more-neighbors').allInnerTexts();
    };
    assert.deepEqual(await offered(990, 990), ['Show 10 more']);
    assert.deepEqual(await offered(1_000, 1_000), []);
    assert.deepEqual(await offered(20, 12), []);
    assert.deepEqual(await offered(20, 20), ['Show 20 more']);
  });
});
