import assert from 'node:assert/strict';
import { useInspector } from './inspectorPage';
import { answer, manyNeighbors, memento, mikePanel, panel, token } from './inspectorSnapshots';
import { sampleModel } from './modelSnapshots';

describe('walking through the neighbors', () => {
  const open = useInspector();

  it('selects a row that is clicked, and walks to it on a double click, once', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.row('4: Chris').click();
    assert.equal(await inspector.selectedRow.locator('.tok').innerText(), 'Chris');
    assert.deepEqual(await inspector.newRequests(), []);
    await inspector.row('7: Steve').dblclick();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'walk', id: 19206 }]);
    assert.equal(await inspector.page.evaluate(() => getSelection()?.toString()), '');
  });

  it('opens another inspector by a click with Ctrl or Cmd, by the middle button and by Ctrl+Enter', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.row('4: Chris').click({ modifiers: ['Control'] });
    await inspector.row('5: Jim').click({ modifiers: ['Meta'] });
    await inspector.row('7: Steve').click({ button: 'middle' });
    await inspector.row('7: Steve').click({ modifiers: ['Control'], clickCount: 2 });
    await inspector.list.press('Control+Enter');
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'openInspector', id: 15645 },
      { type: 'openInspector', id: 18050 },
      { type: 'openInspector', id: 19206 },
      { type: 'openInspector', id: 19206 },
      { type: 'openInspector', id: 4995 },
    ]);
    assert.equal(await inspector.selectedRow.locator('.rank').innerText(), '2');
  });

  it('moves the selection by keys, and walks by Enter', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    const selectedAfter = async (key: string) => {
      await inspector.list.press(key);
      return inspector.selectedRow.locator('.rank').innerText();
    };
    assert.equal(await inspector.selectedRow.locator('.rank').innerText(), '2');
    assert.equal(await selectedAfter('ArrowDown'), '3');
    assert.equal(await selectedAfter('End'), '20');
    assert.equal(await selectedAfter('ArrowDown'), '20');
    assert.equal(await selectedAfter('Home'), '1');
    assert.equal(await selectedAfter('ArrowUp'), '1');
    assert.ok(Number(await selectedAfter('PageDown')) > 5);
    await inspector.list.press('Home');
    await inspector.list.press('ArrowDown');
    assert.deepEqual(await inspector.newRequests(), []);
    await inspector.list.press('Enter');
    assert.deepEqual(await inspector.newRequests(), [{ type: 'walk', id: 4995 }]);
  });

  it('brings the selected row into view', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ answer: manyNeighbors(500), k: 500 }));
    for (const key of ['End', 'PageUp', 'Home', 'PageDown', 'ArrowDown']) {
      await inspector.list.press(key);
      await inspector.settle();
      const list = await inspector.list.boundingBox();
      const row = await inspector.selectedRow.boundingBox();
      assert.ok(list && row);
      assert.ok(row.y >= list.y - 0.5 && row.y + row.height <= list.y + list.height + 0.5, key);
    }
  });

  it('does not walk to the token that is the query', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.row('1: Mike').dblclick();
    await inspector.list.press('Enter');
    assert.deepEqual(await inspector.newRequests(), []);
    assert.equal(await inspector.button('Go to Mike').isDisabled(), true);
  });

  it('walks by the button below the list', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.button('Go to space Mike').click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'walk', id: 4995 }]);
  });

  it('keeps the focus in the list over a walk, also while the answer is computed', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.row('4: Chris').dblclick();
    const chris = panel({
      query: {
        text: 'Chris',
        pieces: [token('Chris', 15645)],
        forms: [],
        vectors: [{ choice: 'mean', selected: true, pieces: [token('Chris', 15645)] }],
      },
      canGoBack: true,
    });
    await inspector.show(chris);
    assert.equal(await inspector.list.count(), 0);
    await inspector.show({ ...chris, answer: answer() });
    assert.equal(await inspector.list.evaluate((list) => list === document.activeElement), true);
  });

  it('goes back and forward by buttons, which are disabled where there is nothing', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ canGoBack: true, canGoForward: false }));
    await inspector.newRequests();
    assert.equal(await inspector.button('Forward').isDisabled(), true);
    await inspector.button('Back').click();
    await inspector.show(mikePanel({ canGoBack: false, canGoForward: true }));
    assert.equal(await inspector.button('Back').isDisabled(), true);
    await inspector.button('Forward').click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'back' }, { type: 'forward' }]);
  });

  it('goes back and forward by Alt with arrows, from anywhere, and keeps the keys from the workbench', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ canGoBack: true, canGoForward: true }));
    await inspector.newRequests();
    await inspector.page.evaluate(() => {
      window.addEventListener('keydown', ({ key, altKey }) => {
        if (altKey && key !== 'Alt') {
          window.violations.push(`the workbench heard ${key}`);
        }
      });
    });
    await inspector.list.press('Alt+ArrowLeft');
    await inspector.query.press('Alt+ArrowRight');
    await inspector.map.press('Alt+ArrowLeft');
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'back' },
      { type: 'forward' },
      { type: 'back' },
    ]);
  });

  it('searches what is typed on Enter, and not while a word is being composed', async () => {
    const inspector = await open();
    await inspector.show(panel({ embeddings: { state: 'none' } }));
    await inspector.newRequests();
    await inspector.query.fill('banana');
    await inspector.query.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    assert.deepEqual(await inspector.newRequests(), []);
    await inspector.query.press('Enter');
    assert.deepEqual(await inspector.newRequests(), [{ type: 'search', text: 'banana' }]);
    await inspector.query.fill('   ');
    await inspector.query.press('Enter');
    assert.deepEqual(await inspector.newRequests(), []);
  });

  it('keeps what is being typed when snapshots arrive, and shows the query once it is answered', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.query.fill('bana');
    await inspector.show(mikePanel({ canGoForward: true }));
    assert.equal(await inspector.query.inputValue(), 'bana');
    await inspector.complete([]);
    await inspector.query.press('Escape');
    assert.equal(await inspector.query.inputValue(), 'Mike');
    await inspector.query.fill('#16073');
    await inspector.query.press('Enter');
    await inspector.show(mikePanel());
    assert.equal(await inspector.query.inputValue(), 'Mike');
  });

  it('puts the focus where a command wants it, also before there is a list', async () => {
    const inspector = await open();
    await inspector.post({ type: 'focus', target: 'list' });
    await inspector.show(mikePanel());
    assert.equal(await inspector.list.evaluate((list) => list === document.activeElement), true);
    await inspector.post({ type: 'focus', target: 'query' });
    await inspector.page.keyboard.type('x');
    assert.equal(await inspector.query.inputValue(), 'x');
  });

  it('focuses the query by the slash key, and leaves the list from it by arrow down', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.list.press('/');
    assert.equal(await inspector.query.evaluate((field) => field === document.activeElement), true);
    assert.equal(await inspector.query.inputValue(), 'Mike');
    await inspector.query.press('ArrowDown');
    assert.equal(await inspector.list.evaluate((list) => list === document.activeElement), true);
  });

  it('copies the selected row as token, id and similarity', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.list.press('Control+c');
    await inspector.list.press('ArrowDown');
    await inspector.list.press('Meta+c');
    await inspector.button('Copy Michael, its id and similarity').click();
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'copy', text: '␣Mike\t4995\t0.857' },
      { type: 'copy', text: 'Michael\t13256\t0.685' },
      { type: 'copy', text: 'Michael\t13256\t0.685' },
    ]);
    assert.equal(await inspector.announcement(), 'Copied Michael');
  });

  it('copies it where the page hears of the clipboard alone, and not of the keys', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    const copied = [{ type: 'copy', text: '␣Mike\t4995\t0.857' }];
    for (const element of [inspector.list, inspector.page.locator('.map')]) {
      const event = { bubbles: true, cancelable: true };
      assert.equal(
        await element.evaluate(
          (target, init) => target.dispatchEvent(new ClipboardEvent('copy', init)),
          event,
        ),
        false,
      );
      assert.deepEqual(await inspector.newRequests(), copied);
    }
  });

  it('says in what is copied from sample vectors that they are', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ answer: answer({ model: sampleModel }) }));
    await inspector.newRequests();
    await inspector.list.press('Control+c');
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'copy', text: '␣Mike\t4995\t0.857\tSample vectors, not GPT-2' },
    ]);
  });

  it('keeps the selected token when the list gets longer, and starts anew with another query', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.row('4: Chris').click();
    await inspector.show(mikePanel({ k: 50 }), memento('Mike'));
    assert.equal(await inspector.selectedRow.locator('.tok').innerText(), 'Chris');
    await inspector.show(
      mikePanel({ answer: manyNeighbors(100), query: { ...mikePanel().query!, text: 'x' } }),
    );
    assert.equal(await inspector.selectedRow.locator('.rank').innerText(), '1');
    assert.equal(await inspector.list.evaluate((list) => list.scrollTop), 0);
  });
});
