import assert from 'node:assert/strict';
import { useInspector } from './inspectorPage';
import { memento, mikePanel, panel } from './inspectorSnapshots';

describe('what an empty query line offers', () => {
  const open = useInspector();
  const suggestions = {
    recent: ['cosmic', 'Mike'],
    examples: [
      { text: 'Mike', shows: 'nearest tokens of a word' },
      { text: 'walrus', shows: 'a word of 2 tokens' },
      { text: 'king - man + woman', shows: 'a formula over tokens' },
    ],
  };

  it('are recent queries of panel and workspace and other examples, once the line was emptied; a click asks', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ suggestions }), memento('banana', 'Mike'));
    await inspector.newRequests();
    const list = inspector.page.getByRole('listbox', { name: 'Recent queries and examples' });
    assert.equal(await list.count(), 0);
    await inspector.query.fill('');
    assert.equal(await inspector.query.getAttribute('aria-expanded'), 'true');
    const groups = async (name: string): Promise<string[]> =>
      list.getByRole('group', { name }).getByRole('option').locator('.tok').allInnerTexts();
    assert.deepEqual(await groups('Recent'), ['Mike', 'banana', 'cosmic']);
    assert.deepEqual(await groups('Examples'), ['walrus', 'king - man + woman']);
    await list.getByRole('option', { name: /walrus/ }).click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'search', text: 'walrus' }]);
    assert.equal(await list.count(), 0);
  });

  it('are reached by the arrow keys and asked for by Enter; Escape closes them, and then gives the line up', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ suggestions }), memento('Mike'));
    await inspector.newRequests();
    const list = inspector.page.getByRole('listbox', { name: 'Recent queries and examples' });
    await inspector.query.fill('');
    await inspector.query.press('ArrowUp');
    const active = await inspector.query.getAttribute('aria-activedescendant');
    assert.match(await inspector.page.locator(`#${active}`).innerText(), /king - man \+ woman/);
    await inspector.query.press('Escape');
    assert.equal(await list.count(), 0);
    assert.equal(await inspector.query.inputValue(), '');
    await inspector.query.press('ArrowDown');
    await inspector.query.press('ArrowDown');
    await inspector.query.press('ArrowDown');
    await inspector.query.press('Enter');
    assert.deepEqual(await inspector.newRequests(), [{ type: 'search', text: 'cosmic' }]);
    await inspector.query.fill('');
    await inspector.query.press('Escape');
    await inspector.query.press('Escape');
    assert.notEqual(await inspector.query.inputValue(), '');
  });

  it('go as soon as something is typed, and when the field is left', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ suggestions }));
    const list = inspector.page.getByRole('listbox', { name: 'Recent queries and examples' });
    await inspector.query.fill('');
    await inspector.query.press('b');
    assert.equal(await list.count(), 0);
    await inspector.query.press('Backspace');
    assert.equal(await list.count(), 1);
    await inspector.query.press('Tab');
    assert.equal(await list.count(), 0);
    await inspector.query.click();
    assert.equal(await list.count(), 1);
  });

  it('do not cover the page that shows the same before the first query, until a key asks for them', async () => {
    const inspector = await open();
    await inspector.show(panel({ suggestions }), memento());
    const list = inspector.page.getByRole('listbox', { name: 'Recent queries and examples' });
    assert.deepEqual(await inspector.page.locator('.examples').getByRole('button').allInnerTexts(), [
      'Mike',
      'walrus',
      'king - man + woman',
    ]);
    assert.deepEqual(await inspector.page.locator('.recent').getByRole('button').allInnerTexts(), [
      'cosmic',
      'Mike',
    ]);
    await inspector.query.click();
    assert.equal(await list.count(), 0);
    await inspector.query.press('ArrowDown');
    assert.equal(await list.count(), 1);
  });
});
