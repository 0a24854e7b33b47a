import assert from 'node:assert/strict';
import { plainDrawing } from '../../src/editor/panel/exports/plainDrawing';
import { useInspector } from './inspectorPage';
import { analogyQuery, answer, bananaQuery, mikePanel, panel } from './inspectorSnapshots';
import { berryPage } from './views/tokenPageSnapshots';
import { matrixCompare, pairCompare } from './views/viewSnapshots';

describe('the views of the inspector', () => {
  const open = useInspector();

  it('are four tabs, of which the shown one can be focused', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    const tabs = inspector.page.getByRole('tab');
    assert.deepEqual(await tabs.allInnerTexts(), ['Neighbors', 'Compare', 'Token', 'Map']);
    const attributes = (name: string) =>
      tabs.evaluateAll((all, attribute) => all.map((tab) => tab.getAttribute(attribute)), name);
    assert.deepEqual(await attributes('aria-selected'), ['true', 'false', 'false', 'false']);
    assert.deepEqual(await attributes('tabindex'), ['0', '-1', '-1', '-1']);
    const panelName = await inspector.page.getByRole('tabpanel').getAttribute('aria-labelledby');
    assert.equal(panelName, await tabs.first().getAttribute('id'));
  });

  it('change at once, before the host has answered, and go back where it refuses', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.setAnswers(false);
    await inspector.page.getByRole('tab', { name: 'Compare' }).click();
    assert.equal(await inspector.list.count(), 0);
    const request = await inspector.nextRequest('chooseView');
    assert.equal(request.view, 'compare');
    await inspector.post({ type: 'answer', to: request.request, ok: false, message: 'No.' });
    assert.equal(await inspector.list.count(), 1);
  });

  it('change by arrow keys on the tabs, with the focus, and by 1, 2, 3, 4 from the list', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.setAnswers(false);
    await inspector.page.getByRole('tab', { name: 'Neighbors' }).press('ArrowLeft');
    assert.equal((await inspector.nextRequest('chooseView')).view, 'map');
    const focused = () => inspector.page.evaluate(() => document.activeElement!.textContent.trim());
    assert.equal(await focused(), 'Map');
    await inspector.page.keyboard.press('1');
    assert.equal((await inspector.nextRequest('chooseView')).view, 'neighbors');
    await inspector.list.press('2');
    assert.equal((await inspector.nextRequest('chooseView')).view, 'compare');
    await inspector.page.getByRole('tab', { name: 'Compare' }).press('3');
    assert.equal((await inspector.nextRequest('chooseView')).view, 'token');
    await inspector.page.getByRole('tab', { name: 'Token' }).press('4');
    assert.equal((await inspector.nextRequest('chooseView')).view, 'map');
  });

  it('keep the scroll position and the selection of the list', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ k: 20 }));
    await inspector.list.press('End');
    await inspector.settle();
    const before = await inspector.list.evaluate((list) => list.scrollTop);
    assert.ok(before > 0);
    await inspector.show(mikePanel({ view: 'token' }));
    await inspector.show(mikePanel());
    await inspector.settle();
    assert.equal(await inspector.list.evaluate((list) => list.scrollTop), before);
    assert.equal(await inspector.selectedRow.locator('.rank').innerText(), '20');
  });

  it('have letters only where nothing is typed', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.query.fill('');
    await inspector.query.pressSequentially('123pfci');
    await inspector.page.getByLabel('Number of neighbors, k').pressSequentially('12');
    assert.deepEqual(
      (await inspector.newRequests()).filter(({ type }) => type !== 'chooseCount'),
      [],
    );
    await inspector.button('Filters').press('p');
    assert.deepEqual(
      (await inspector.newRequests()).filter(({ type }) => type !== 'chooseCount'),
      [],
    );
  });

  it('compare the selected row with the query, and open its token page', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.list.press('c');
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'compare', texts: ['#16073', '#4995'], mode: 'pair' },
      { type: 'chooseView', view: 'compare' },
    ]);
    await inspector.show(mikePanel());
    await inspector.list.press('i');
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'openToken', id: 4995 },
      { type: 'chooseView', view: 'token' },
    ]);
    await inspector.show(mikePanel());
    await inspector.button('Compare space Mike with the query').click();
    assert.equal((await inspector.newRequests()).length, 2);
  });

  it('compare with the whole of a query that is more than one token', async () => {
    const inspector = await open();
    const leading = bananaQuery.forms.map((form) => ({ ...form, selected: form.kind === 'leadingSpace' }));
    for (const [query, text] of [
      [bananaQuery, 'banana'],
      [analogyQuery, analogyQuery.text],
      [{ ...bananaQuery, forms: leading }, '" banana"'],
      [
        { ...bananaQuery, vectors: bananaQuery.vectors.map((v, i) => ({ ...v, selected: i === 2 })) },
        '#2271',
      ],
    ] as const) {
      await inspector.show(panel({ query, answer: answer() }));
      await inspector.newRequests();
      await inspector.list.press('c');
      const [request] = await inspector.newRequests();
      assert.ok(request?.type === 'compare');
      assert.equal(request.texts[0], text);
    }
  });

  it('have the query and its form in their header, but for Compare, which has what is compared there', async () => {
    const inspector = await open();
    const fields = inspector.page.locator('.bar.query').getByRole('textbox');
    await inspector.show(mikePanel());
    assert.equal(await inspector.query.isVisible(), true);
    assert.equal(await inspector.page.getByRole('radiogroup').count(), 1);
    await inspector.show(mikePanel({ view: 'compare', compare: pairCompare() }));
    assert.equal(await inspector.query.count(), 0);
    assert.deepEqual(
      await fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value)),
      ['ban', 'ana'],
    );
    const groups = inspector.page.getByRole('radiogroup');
    assert.deepEqual(await groups.evaluateAll((all) => all.map((group) => group.ariaLabel)), [
      'Kind of comparison',
    ]);
    await inspector.page.getByRole('tab', { name: 'Compare' }).press('/');
    assert.equal(await fields.first().evaluate((field) => field === document.activeElement), true);
    await inspector.show(mikePanel({ view: 'compare', compare: matrixCompare() }));
    assert.equal(await inspector.query.count(), 0);
    assert.equal(await inspector.page.locator('.bar.query .chip').count(), 6);
    await inspector.show(mikePanel());
    assert.equal(await inspector.query.inputValue(), 'Mike');
  });

  it('pin and unpin by button and by key', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.button('Pin to this query').click();
    await inspector.show(mikePanel({ isPinned: true }));
    assert.equal(await inspector.button('Pin to this query').getAttribute('aria-pressed'), 'true');
    await inspector.list.press('P');
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'pin', isPinned: true },
      { type: 'pin', isPinned: false },
    ]);
  });
});

describe('the export menu', () => {
  const open = useInspector();

  it('saves and copies the list, saves embeddings and drawings', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    const choose = async (label: string) => {
      await inspector.button('Export and more').click();
      await inspector.page.getByRole('menuitem', { name: label }).click();
      return (await inspector.newRequests())[0];
    };
    assert.deepEqual(await choose('Save List as CSV…'), { type: 'exportList', format: 'csv', to: 'file' });
    assert.deepEqual(await choose('Copy List as Markdown'), {
      type: 'exportList',
      format: 'markdown',
      to: 'clipboard',
    });
    assert.deepEqual(await choose('Save Embeddings for the TensorFlow Projector…'), {
      type: 'exportEmbeddings',
    });
    for (const [label, plot, holds] of [
      ['Save Neighborhood as SVG…', 'neighborhood', 'Scott'],
      ['Save Histogram as SVG…', 'similarities', 'top 20 from 0.556'],
    ] as const) {
      const request = await choose(label);
      assert.ok(request?.type === 'exportPlot' && request.format === 'svg' && request.plot === plot);
      assert.match(request.content, /^(<\?xml[^>]*>\s*)?<svg/);
      assert.ok(request.content.includes(holds));
      assert.doesNotMatch(request.content, /var\(/);
      assert.ok(plainDrawing(request.content).rootEnd > 0, 'the host takes it');
    }
  });

  it('saves a drawing as a picture of twice its size', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.button('Export and more').click();
    await inspector.page.getByRole('menuitem', { name: 'Save Histogram as PNG…' }).click();
    const request = await inspector.nextRequest('exportPlot');
    const bytes = Buffer.from(request.content, 'base64');
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
    const drawn = await inspector.page.locator('.distribution svg.plot').boundingBox();
    assert.ok(drawn);
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [drawn.width * 2, drawn.height * 2]);
  });

  it('offers what the view shows', async () => {
    const inspector = await open();
    const labels = async (): Promise<string[]> => {
      await inspector.button('Export and more').click();
      const items = inspector.page.getByRole('menuitem');
      const texts = (await items.allInnerTexts()).map((text) => text.trim());
      await inspector.page.keyboard.press('Escape');
      return texts.filter((text) => text !== '' && text !== 'Forward');
    };
    const choose = async (label: string) => {
      await inspector.newRequests();
      await inspector.button('Export and more').click();
      await inspector.page.getByRole('menuitem', { name: label }).click();
      const [request] = await inspector.newRequests();
      return request;
    };
    await inspector.show(mikePanel({ view: 'compare', compare: pairCompare() }));
    assert.deepEqual(await labels(), [
      'Save Values as CSV…',
      'Copy Values as CSV',
      'Save Figure as SVG…',
      'Save Figure as PNG…',
    ]);
    assert.deepEqual(await choose('Copy Values as CSV'), { type: 'exportPair', to: 'clipboard' });
    await inspector.show(mikePanel({ view: 'compare', compare: matrixCompare() }));
    assert.deepEqual(await labels(), [
      'Save Matrix as CSV…',
      'Copy Matrix as CSV',
      'Save Matrix as SVG…',
      'Save Matrix as PNG…',
    ]);
    await inspector.page.getByRole('combobox', { name: 'Order of the texts' }).selectOption('similarity');
    const request = await choose('Save Matrix as CSV…');
    assert.ok(request?.type === 'exportMatrix');
    assert.notDeepEqual(request.order, [0, 1, 2, 3, 4, 5]);
    assert.deepEqual([...request.order].sort(), [0, 1, 2, 3, 4, 5]);
    assert.equal((await choose('Save Matrix as SVG…'))?.type, 'exportPlot');
    await inspector.show(mikePanel({ view: 'compare' }));
    assert.deepEqual(await labels(), ['Nothing to Save Yet']);
    await inspector.show(mikePanel({ view: 'token', tokenPage: berryPage() }));
    assert.deepEqual(await labels(), [
      'Save Merge Tree as SVG…',
      'Save Merge Tree as PNG…',
      'Save Norms as SVG…',
      'Save Norms as PNG…',
      'Save Slope Chart as SVG…',
      'Save Slope Chart as PNG…',
    ]);
    const drawing = await choose('Save Merge Tree as SVG…');
    assert.ok(drawing?.type === 'exportPlot' && drawing.plot === 'merges');
  });

  for (const width of [520, 320]) {
    it(`has a line only between its parts, ${width} px wide`, async () => {
      const inspector = await open({ width });
      await inspector.show(mikePanel());
      await inspector.button('Export and more').click();
      const items = inspector.page.locator('.menu-item:visible');
      const begins = await items.evaluateAll((all) =>
        all.map((item) => getComputedStyle(item, '::before').borderTopStyle === 'solid'),
      );
      assert.equal(begins[0], false);
      assert.ok(begins.includes(true));
    });
  }

  it('moves by arrow keys, closes by Escape with the focus on its button, and by a click elsewhere', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    const button = inspector.button('Export and more');
    const focused = () => inspector.page.evaluate(() => document.activeElement!.textContent.trim());
    await button.press('Enter');
    assert.equal(await focused(), 'Save List as CSV…');
    await inspector.page.keyboard.press('ArrowUp');
    assert.equal(await focused(), 'Save Histogram as PNG…');
    await inspector.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'Save List as CSV…');
    await inspector.page.keyboard.press('Escape');
    assert.equal(await inspector.page.getByRole('menu').count(), 0);
    assert.equal(await button.evaluate((element) => element === document.activeElement), true);
    await button.click();
    await inspector.page.locator('.footer').click();
    assert.equal(await inspector.page.getByRole('menu').count(), 0);
  });

  it('holds what has no room where it is narrow, and nothing that cannot be done', async () => {
    const inspector = await open({ width: 320 });
    await inspector.show(mikePanel({ canGoForward: true }));
    assert.equal(await inspector.button('Forward').isVisible(), false);
    await inspector.newRequests();
    await inspector.button('Export and more').click();
    await inspector.page.getByRole('menuitem', { name: 'Forward' }).click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'forward' }]);
    await inspector.button('Export and more').click();
    const map = inspector.page.getByRole('menuitem', { name: 'Save Neighborhood as SVG…' });
    assert.equal(await map.getAttribute('aria-disabled'), 'true');
    await map.press('Enter');
    assert.deepEqual(await inspector.newRequests(), []);
  });
});
