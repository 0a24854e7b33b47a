import assert from 'node:assert/strict';
import { useInspector, type InspectorPage } from './inspectorPage';
import { analogyQuery, answer, brokenQuery, completions, mikePanel, panel } from './inspectorSnapshots';

async function typed(open: () => Promise<InspectorPage>): Promise<InspectorPage> {
  const inspector = await open();
  await inspector.show(mikePanel());
  await inspector.query.fill('king - Mi');
  await inspector.complete(completions);
  return inspector;
}

describe('completion in the query line', () => {
  const open = useInspector();

  it('asks for the word at the cursor while somebody types', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.query.fill('');
    await inspector.query.pressSequentially('ki');
    assert.equal((await inspector.nextRequest('complete')).cursor, 1);
    const second = await inspector.nextRequest('complete');
    assert.deepEqual([second.text, second.cursor], ['ki', 2]);
  });

  it('offers tokens with their ids in a list box that the field names', async () => {
    const inspector = await typed(open);
    const options = inspector.page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
    assert.deepEqual(
      (await options.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')),
      ['Mike id 16073', 'space Mike Mike id 4995', 'Michael id 13256'],
    );
    assert.equal(await inspector.query.getAttribute('aria-expanded'), 'true');
    assert.equal(await inspector.query.getAttribute('aria-activedescendant'), null);
    await inspector.query.press('ArrowDown');
    const active = await inspector.query.getAttribute('aria-activedescendant');
    assert.equal(await options.first().getAttribute('id'), active);
    assert.equal(await options.first().getAttribute('aria-selected'), 'true');
  });

  for (const key of ['Enter', 'Tab']) {
    it(`takes the option that the arrow keys have reached by ${key}, and puts the cursor behind it`, async () => {
      const inspector = await typed(open);
      await inspector.newRequests();
      await inspector.query.press('ArrowDown');
      await inspector.query.press('ArrowDown');
      await inspector.query.press(key);
      assert.equal(await inspector.query.inputValue(), 'king - " Mike"');
      assert.equal(await inspector.page.getByRole('listbox', { name: 'Completions' }).count(), 0);
      assert.deepEqual(await inspector.newRequests(), []);
      await inspector.page.keyboard.type('!');
      assert.equal(await inspector.query.inputValue(), 'king - " Mike"!');
    });
  }

  it('takes nothing that was offered for what stood there before, by no key and not by the mouse', async () => {
    const inspector = await typed(open);
    await inspector.query.press('ArrowDown');
    await inspector.query.fill('king - (man + woman');
    const options = inspector.page.locator('.completion');
    // They stay in sight until the next answer.
    assert.equal(await options.count(), 3);
    await inspector.newRequests();
    await options.last().dispatchEvent('pointerdown');
    await inspector.query.press('ArrowDown');
    assert.equal(await inspector.query.getAttribute('aria-activedescendant'), null);
    await inspector.query.press('Enter');
    assert.equal(await inspector.query.inputValue(), 'king - (man + woman');
    assert.deepEqual(await inspector.newRequests(), [{ type: 'search', text: 'king - (man + woman' }]);
  });

  it('searches what was typed by Enter where no option was reached, and takes one by the mouse', async () => {
    const inspector = await typed(open);
    await inspector.newRequests();
    await inspector.query.press('Enter');
    assert.deepEqual(await inspector.newRequests(), [{ type: 'search', text: 'king - Mi' }]);
    await inspector.query.fill('king - Mi');
    await inspector.complete(completions);
    await inspector.page.getByRole('option', { name: 'Michael' }).click();
    assert.equal(await inspector.query.inputValue(), 'king - "Michael"');
    assert.equal(await inspector.query.evaluate((field) => field === document.activeElement), true);
  });

  it('closes by Escape before what was typed is given up, and goes round through what was typed', async () => {
    const inspector = await typed(open);
    for (const key of ['ArrowUp', 'ArrowDown', 'ArrowDown']) {
      await inspector.query.press(key);
    }
    assert.match((await inspector.query.getAttribute('aria-activedescendant')) ?? '', /-0$/);
    await inspector.query.press('Escape');
    assert.equal(await inspector.query.getAttribute('aria-expanded'), 'false');
    assert.equal(await inspector.query.inputValue(), 'king - Mi');
    await inspector.query.press('Escape');
    assert.equal(await inspector.query.inputValue(), 'Mike');
  });

  it('gives up what was typed by one Escape where there is nothing to complete', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.query.fill('king - Mi');
    await inspector.complete([]);
    await inspector.query.press('Escape');
    assert.equal(await inspector.query.inputValue(), 'Mike');
  });

  it('abandons completions that were about to open by an Escape, which keeps what was typed', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.query.fill('king - Mi');
    const late = await inspector.nextRequest('complete');
    await inspector.query.press('Escape');
    assert.equal(await inspector.query.inputValue(), 'king - Mi');
    await inspector.post({ type: 'completions', to: late.request, completions });
    assert.equal(await inspector.page.locator('.completion').count(), 0);
    await inspector.query.press('Escape');
    assert.equal(await inspector.query.inputValue(), 'Mike');
  });

  it('keeps what was typed when Escape comes just after the last completions have gone by themselves', async () => {
    const inspector = await typed(open);
    await inspector.query.fill('king - Mix');
    await inspector.complete([]);
    assert.equal(await inspector.query.getAttribute('aria-expanded'), 'false');
    await inspector.query.press('Escape');
    assert.equal(await inspector.query.inputValue(), 'king - Mix');
    await inspector.query.press('Escape');
    assert.equal(await inspector.query.inputValue(), 'Mike');
  });

  it('shows no answer that comes after the field was left or more was typed', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.query.fill('king - Mi');
    const late = await inspector.nextRequest('complete');
    await inspector.query.fill('king - Mik');
    await inspector.post({ type: 'completions', to: late.request, completions });
    assert.equal(await inspector.page.locator('.completion').count(), 0);
    const left = await inspector.nextRequest('complete');
    await inspector.list.focus();
    await inspector.post({ type: 'completions', to: left.request, completions });
    assert.equal(await inspector.page.locator('.completion').count(), 0);
  });
});

describe('formulas in the query line', () => {
  const open = useInspector();

  it('shows every operand with its weight and the tokens that it became', async () => {
    const inspector = await open();
    await inspector.show(panel({ query: analogyQuery, answer: answer() }));
    const operands = inspector.page.getByRole('list').locator('.operand .drawn-only');
    assert.deepEqual(
      (await operands.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()),
      ['2 × king 3364', '− man 805', '+ ban ana'],
    );
    assert.deepEqual(await inspector.page.locator('.operand .spoken-only').allInnerTexts(), [
      'plus 2 times king, id 3364',
      'minus man, id 805',
      'plus ban, ana, 2 tokens',
    ]);
    assert.match(
      await inspector.announcement(),
      /^20 neighbors of 2\*king - man \+ banana, best: .* Its own words are left out\.$/,
    );
  });

  it('marks a syntax error under its characters, says what and where, and takes it back while somebody types', async () => {
    const inspector = await open();
    await inspector.show(panel({ query: brokenQuery }));
    const alert = inspector.page.getByRole('alert');
    assert.match(await alert.innerText(), /A number has to stand beside “\*”\.\s+At character 8\./);
    assert.equal(await inspector.query.getAttribute('aria-invalid'), 'true');
    assert.equal(await inspector.query.getAttribute('aria-describedby'), await alert.getAttribute('id'));
    const { mark, field, letter } = await inspector.page.evaluate(() => {
      const input = document.querySelector('.field input')!;
      const context = document.createElement('canvas').getContext('2d')!;
      context.font = getComputedStyle(input).font;
      return {
        mark: document.querySelector('.squiggle')!.getBoundingClientRect().toJSON() as DOMRect,
        field: input.getBoundingClientRect().toJSON() as DOMRect,
        letter: context.measureText('m').width,
      };
    });
    // The seventh character of a font whose characters are equally wide.
    assert.ok(Math.abs(mark.left - (field.left + 7 * letter)) < 1, `${mark.left}`);
    assert.ok(Math.abs(mark.width - letter) < 1);
    assert.equal(await inspector.list.count(), 0);
    assert.match(await inspector.page.locator('.body').innerText(), /mean\(apple, pear\)/);
    await inspector.query.press('End');
    await inspector.page.keyboard.type('x');
    assert.equal(await alert.count(), 0);
    assert.equal(await inspector.query.getAttribute('aria-invalid'), 'false');
  });

  it('marks a place at the end where something is missing', async () => {
    const inspector = await open();
    const query = {
      ...brokenQuery,
      text: 'king +',
      syntaxError: { message: 'A word is missing.', start: 6, end: 6 },
    };
    await inspector.show(panel({ query }));
    const width = await inspector.page
      .locator('.squiggle')
      .evaluate((mark) => mark.getBoundingClientRect().width);
    assert.ok(width > 4);
  });
});
