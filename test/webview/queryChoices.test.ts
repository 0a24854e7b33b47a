import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { useInspector } from './inspectorPage';
import { analogyQuery, answer, bananaQuery, idQuery, mikePanel, panel, token } from './inspectorSnapshots';

async function names(radios: Locator): Promise<(string | null)[]> {
  return Promise.all((await radios.all()).map((radio) => radio.getAttribute('aria-label')));
}

describe('forms, vectors and the number of neighbors', () => {
  const open = useInspector();

  it('offers the forms of a word with ids and line, the chosen one checked', async () => {
    const inspector = await open({ width: 700 });
    await inspector.show(mikePanel());
    const group = inspector.page.getByRole('radiogroup', { name: 'Form' });
    assert.deepEqual(await names(group.getByRole('radio')), [
      'bare: Mike',
      'with leading space: space Mike',
      'in document, line 12: space Mike',
    ]);
    assert.equal(await group.getByRole('radio', { name: 'bare' }).isChecked(), true);
    const texts = await group.locator('.segment').allInnerTexts();
    assert.deepEqual(
      texts.map((text) => text.replace(/\s+/g, ' ').trim()),
      ['Mike 16073', 'Mike 4995', 'in document Mike line 12'],
    );
  });

  it('says why a form was taken that nobody chose', async () => {
    const inspector = await open();
    const query = mikePanel().query!;
    const [bare, ...others] = query.forms;
    await inspector.show(
      mikePanel({ query: { ...query, forms: [{ ...bare!, reason: 'oneToken' }, ...others] } }),
    );
    const taken = inspector.page.getByRole('radio', { name: 'bare' });
    const why = 'bare: Mike. Taken because the word is one token in this form.';
    assert.equal(await taken.getAttribute('aria-label'), why);
    assert.equal(await inspector.page.locator('.segment', { has: taken }).getAttribute('title'), why);
  });

  it('offers the forms of all words of a formula', async () => {
    const inspector = await open();
    await inspector.show(panel({ query: analogyQuery, answer: answer() }));
    await inspector.newRequests();
    const group = inspector.page.getByRole('radiogroup', { name: 'Form of the words' });
    assert.deepEqual(await group.locator('.segment').allInnerTexts(), [
      'fewest tokens',
      'bare',
      'with space',
    ]);
    assert.equal(await group.getByRole('radio', { name: 'bare' }).isChecked(), true);
    await group.getByText('fewest tokens').click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'chooseForm', form: 'automatic' }]);
  });

  it('leaves the words of formulas out unless that is switched off, and of several tokens when it is switched on', async () => {
    const inspector = await open();
    const box = inspector.page.getByRole('checkbox', { name: 'leave out its words' });
    await inspector.show(panel({ query: analogyQuery, answer: answer() }));
    await inspector.newRequests();
    assert.equal(await box.isChecked(), true);
    await box.press('Space');
    await inspector.show(panel({ query: bananaQuery, answer: answer() }));
    assert.equal(await box.isChecked(), false);
    await box.click();
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'leaveOut', leftOut: { formulas: false, texts: false } },
      { type: 'leaveOut', leftOut: { formulas: true, texts: true } },
    ]);
    await inspector.show(mikePanel());
    assert.equal(await box.count(), 0);
  });

  it('says what becomes of an analogy with its words left in', async () => {
    const inspector = await open();
    const trap = inspector.page.getByText('an analogy mostly answers one of them');
    await inspector.show(panel({ query: analogyQuery, answer: answer() }));
    assert.equal(await trap.count(), 0);
    const leftOut = { formulas: false, texts: false };
    await inspector.show(panel({ query: analogyQuery, answer: answer(), leftOut }));
    assert.equal(await trap.isVisible(), true);
  });

  it('asks for another form by click and by arrow keys', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.page.getByRole('radio', { name: 'with leading space' }).click();
    await inspector.page.getByRole('radio', { name: 'with leading space' }).press('ArrowRight');
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'chooseForm', form: 'leadingSpace' },
      { type: 'chooseForm', form: 'inDocument' },
    ]);
  });

  it('shows the form that the host has chosen, whatever was clicked before', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.page.getByRole('radio', { name: 'with leading space' }).click();
    await inspector.show(mikePanel());
    assert.equal(await inspector.page.getByRole('radio', { name: 'bare' }).isChecked(), true);
  });

  it('asks which vector is meant for a word of several tokens, and says why', async () => {
    const inspector = await open();
    await inspector.show(panel({ query: bananaQuery, answer: answer() }));
    await inspector.newRequests();
    const group = inspector.page.getByRole('radiogroup', { name: 'Vector' });
    assert.deepEqual(await names(group.getByRole('radio')), [
      'average of ban, ana',
      'ban, id 3820',
      'ana, id 2271',
    ]);
    assert.match(
      await inspector.page.locator('.vectors').innerText(),
      /2 tokens, so there is no row for the whole/,
    );
    await group.getByRole('radio', { name: 'ana, id 2271' }).click();
    await group.getByRole('radio', { name: 'ana, id 2271' }).press('ArrowRight');
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'chooseVector', vector: 1 },
      { type: 'chooseVector', vector: 'mean' },
    ]);
  });

  it('marks the boundaries of pieces by a gap', async () => {
    const inspector = await open();
    await inspector.show(panel({ query: bananaQuery, answer: answer() }));
    const boxes = await inspector.page
      .locator('.segment')
      .first()
      .locator('.piece')
      .evaluateAll((pieces) => pieces.map((piece) => piece.getBoundingClientRect().toJSON() as DOMRect));
    assert.equal(boxes.length, 2);
    assert.ok(boxes[1]!.left - boxes[0]!.right >= 2);
  });

  it('offers the vectors of a long word in a list', async () => {
    const inspector = await open();
    const pieces = [...Array(300).keys()].map((index) => token(`p${index}`, index));
    const query = {
      text: 'long',
      pieces,
      forms: [{ kind: 'bare' as const, selected: true, pieces }],
      vectors: [
        { choice: 'mean' as const, selected: true, pieces },
        ...pieces.map((piece, choice) => ({ choice, selected: false, pieces: [piece] })),
      ],
    };
    await inspector.show(panel({ query, answer: answer() }));
    await inspector.newRequests();
    const list = inspector.page.getByRole('combobox', { name: 'Vector' });
    await list.selectOption({ label: '8: p7 (7)' });
    assert.deepEqual(await inspector.newRequests(), [{ type: 'chooseVector', vector: 7 }]);
  });

  it('shows the token of an id without a choice of forms', async () => {
    const inspector = await open();
    await inspector.show(panel({ query: idQuery, answer: answer() }));
    assert.equal(await inspector.page.getByRole('radiogroup').count(), 0);
    assert.match(await inspector.page.locator('.token-alone').innerText(), /Mike\s*4995/);
  });

  it('takes any number of neighbors from 1 to 1,000, and offers some', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    const field = inspector.page.getByLabel('Number of neighbors, k');
    const offered = await inspector.page
      .locator('#counts option')
      .evaluateAll((options) => options.map((option) => option.getAttribute('value')));
    assert.deepEqual(offered, ['10', '20', '50', '100', '200', '500', '1000']);
    assert.equal(await field.inputValue(), '20');
    for (const typed of ['37', '5000', '0', 'e', '20']) {
      await field.fill('');
      await field.pressSequentially(typed);
      await field.press('Tab');
    }
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'chooseCount', k: 37 },
      { type: 'chooseCount', k: 1_000 },
      { type: 'chooseCount', k: 1 },
    ]);
    await inspector.show(mikePanel({ k: 33 }));
    assert.equal(await field.inputValue(), '33');
  });

  it('keeps a number that is being typed while the panel is drawn anew, as by an answer that comes', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    const field = inspector.page.getByLabel('Number of neighbors, k');
    await field.fill('6');
    await inspector.show(mikePanel({ isPinned: false }));
    await inspector.settle();
    assert.equal(await field.inputValue(), '6');
    await field.pressSequentially('0');
    await field.press('Enter');
    assert.deepEqual(await inspector.newRequests(), [{ type: 'chooseCount', k: 60 }]);
  });
});
