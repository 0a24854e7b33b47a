import assert from 'node:assert/strict';
import { foldRows } from '../../webview-ui/src/neighbors/foldedRows';
import { useInspector, type InspectorPage } from './inspectorPage';
import { answer, mikePanel, nameNeighbors } from './inspectorSnapshots';

async function ranks(inspector: InspectorPage): Promise<string[]> {
  return inspector.page.locator('.rows > .row .rank').allInnerTexts();
}

describe('the rows of a folded list', () => {
  const names = nameNeighbors();

  it('are one a spelling, in the order of the best form, and hold every neighbor once when all are open', () => {
    const { rows } = foldRows(names, true, () => true);
    assert.equal(new Set(rows.map(({ index }) => index)).size, names.length);
    const heads = rows.filter(({ level }) => level === 1);
    const spellings = new Set(names.map(({ foldKey }) => foldKey));
    assert.equal(heads.length, spellings.size);
    const headRanks = heads.map(({ index }) => names[index]!.rank);
    assert.deepEqual(
      headRanks,
      [...headRanks].sort((a, b) => a - b),
    );
    for (const head of heads) {
      const { foldKey } = names[head.index]!;
      assert.equal(head.others, names.filter((name) => name.foldKey === foldKey).length - 1);
    }
  });

  it('tell in which row each neighbor is, open or not', () => {
    for (const isOpen of [true, false]) {
      const { rows, rowOf, headOf } = foldRows(names, true, () => isOpen);
      names.forEach(({ foldKey }, index) => {
        const row = rows[rowOf[index]!]!;
        assert.equal(names[row.index]!.foldKey, foldKey);
        assert.equal(row.index === index, isOpen || headOf[index] === index);
      });
    }
  });

  it('never fold neighbors without a fold key', () => {
    const keyless = names.map((name) => ({ ...name, foldKey: '' }));
    assert.equal(foldRows(keyless, true, () => false).rows.length, names.length);
  });
});

describe('the ranked list, folded', () => {
  const open = useInspector();

  it('skips the ranks of forms that are folded in, counts them, and starts with the own group open', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(mikePanel({ isFolded: true }));
    assert.deepEqual((await ranks(inspector)).slice(0, 8), ['1', '2', '3', '4', '5', '7', '8', '10']);
    const own = inspector.row('1: Mike');
    assert.match(await own.innerText(), /query · 2 forms/);
    assert.equal(await own.getAttribute('aria-expanded'), 'true');
    assert.equal(await inspector.row('2: space Mike').getAttribute('aria-level'), '2');
    const michael = inspector.row('3: Michael');
    assert.match(await michael.innerText(), /\+1 form/);
    assert.equal(await michael.getAttribute('aria-expanded'), 'false');
    assert.equal(await inspector.row('8: Dave').getAttribute('aria-expanded'), null);
  });

  it('opens a group by Right, goes in by Right and out by Left, and closes it by Left', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(mikePanel({ isFolded: true }));
    const selected = () => inspector.selectedRow.locator('.rank').innerText();
    const press = async (...keys: string[]) => {
      for (const key of keys) {
        await inspector.list.press(key);
      }
      return selected();
    };
    assert.equal(await press('Home', 'ArrowDown', 'ArrowDown'), '3');
    assert.equal(await press('ArrowRight'), '3');
    assert.deepEqual((await ranks(inspector)).slice(2, 5), ['3', '6', '4']);
    assert.equal(await press('ArrowRight'), '6');
    assert.equal(await press('ArrowRight'), '6');
    assert.equal(await press('ArrowLeft'), '3');
    assert.equal(await press('ArrowLeft'), '3');
    assert.deepEqual((await ranks(inspector)).slice(2, 4), ['3', '4']);
  });

  it('opens a group by its arrow, closes it by a second click, and walks nowhere', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(mikePanel({ isFolded: true }));
    await inspector.newRequests();
    await inspector.row('3: Michael').locator('.twistie').click();
    assert.equal(await inspector.row('6: space Michael').count(), 1);
    await inspector.row('3: Michael').locator('.twistie').click();
    assert.equal(await inspector.row('6: space Michael').count(), 0);
    await inspector.row('3: Michael').locator('.twistie').dblclick();
    assert.equal(await inspector.row('6: space Michael').count(), 0);
    assert.deepEqual(await inspector.newRequests(), []);
  });

  it('opens the group of a point that is selected in the map, so that row and point stay one selection', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(mikePanel({ isFolded: true }));
    const box = await inspector.point(8).boundingBox();
    assert.ok(box);
    await inspector.page.mouse.click(box.x + 4, box.y + 4);
    assert.equal(await inspector.selectedRow.locator('.rank').innerText(), '9');
    assert.equal(await inspector.selectedRow.getAttribute('aria-level'), '2');
  });

  it('moves a selection into the row that the form is folded into', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(mikePanel());
    await inspector.row('6: space Michael').click();
    await inspector.show(mikePanel({ isFolded: true }));
    assert.equal(await inspector.selectedRow.locator('.rank').innerText(), '3');
  });

  it('asks for folding by button and by key, and shows what the host says', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    const button = inspector.button('Fold spelling variants');
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
    await button.click();
    await inspector.show(mikePanel({ isFolded: true }));
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    await inspector.list.press('f');
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'fold', isFolded: true },
      { type: 'fold', isFolded: false },
    ]);
  });

  it('forgets which groups were open with the next query', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(mikePanel({ isFolded: true }));
    await inspector.row('3: Michael').locator('.twistie').click();
    await inspector.show(mikePanel({ isFolded: true, k: 30 }));
    assert.equal(await inspector.row('6: space Michael').count(), 1);
    const query = { ...mikePanel().query!, text: 'x' };
    await inspector.show(mikePanel({ isFolded: true, query, answer: answer() }));
    assert.equal(await inspector.row('6: space Michael').count(), 0);
  });
});
