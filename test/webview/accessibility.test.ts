import assert from 'node:assert/strict';
import { useInspector } from './inspectorPage';
import { completions, manyNeighbors, mikePanel } from './inspectorSnapshots';
import { themes, type Theme } from './pageServer';
import { panelStates } from './panelStates';

describe('accessibility of the inspector', () => {
  const open = useInspector();

  it('gives axe nothing to object to in any state, in any theme', async () => {
    const inspector = await open();
    for (const [name, snapshot] of Object.entries(panelStates)) {
      await inspector.show(snapshot);
      assert.deepEqual(await inspector.axeViolationsInThemes(), [], name);
    }
    await inspector.show(panelStates.answered!);
    await inspector.list.press('ArrowDown');
    assert.deepEqual(await inspector.axeViolationsInThemes(), [], 'with the list focused');
    await inspector.map.press('T');
    await inspector.button('Show similarities as table').click();
    assert.deepEqual(await inspector.axeViolationsInThemes(), [], 'with tables');
    await inspector.show(panelStates.filtered!);
    await inspector.button('Filters, 4 in force').click();
    assert.deepEqual(await inspector.axeViolationsInThemes(), [], 'with the filters open');
    await inspector.page.keyboard.press('Escape');
    await inspector.button('Export and more').click();
    assert.deepEqual(await inspector.axeViolationsInThemes(), [], 'with the export menu open');
    await inspector.page.keyboard.press('Escape');
    await inspector.button('What is this metric?').click();
    await inspector.query.fill('king - Mi');
    await inspector.complete(completions);
    await inspector.query.press('ArrowDown');
    assert.deepEqual(await inspector.axeViolationsInThemes(), [], 'with an explanation and completions');
    await inspector.query.fill('');
    await inspector.query.press('ArrowDown');
    assert.equal(await inspector.page.getByRole('listbox').count(), 1);
    assert.deepEqual(await inspector.axeViolationsInThemes(), [], 'with what an empty line offers');
    await inspector.query.press('Escape');
    await inspector.show(mikePanel());
    await inspector.list.press('End');
    await inspector.list.press('ArrowDown');
    assert.deepEqual(await inspector.axeViolationsInThemes(), [], 'with the offer of more reached');
  });

  it('would hear from axe about a text that only one theme hides', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    assert.deepEqual(await inspector.axeViolationsInThemes(), []);
    await inspector.page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'body.vscode-light .footer * { color: #eee !important; background: #fff !important; }',
      );
      document.adoptedStyleSheets.push(sheet);
    });
    const found = await inspector.axeViolationsInThemes();
    assert.match(found.join('\n'), /^lightModern: color-contrast/);
    assert.equal(found.length, 1);
  });

  it('would hear from axe about an unnamed button', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.page.evaluate(() => document.querySelector('.back')?.removeAttribute('aria-label'));
    await inspector.page.evaluate(() => document.querySelector('.back')?.removeAttribute('title'));
    assert.match((await inspector.axeViolations()).join(), /button-name/);
  });

  for (const width of [320, 520, 900]) {
    it(`fits into ${width} px in every state`, async () => {
      const inspector = await open({ width });
      for (const [name, snapshot] of Object.entries(panelStates)) {
        await inspector.show(snapshot);
        const overflowing = await inspector.page.evaluate(() =>
          [
            'html',
            'body',
            '.panel',
            '.list',
            '.bar.query',
            '.body',
            '.results',
            '.selection',
            '.selection-line',
            '.places',
            '.bar.views',
            '.list-choices',
            '.operands',
            '.verification-facts',
            '.section-head',
            '.message',
            '.facts-list',
            '.buttons',
            '.footer',
          ]
            .flatMap((selector) => [...document.querySelectorAll(selector)])
            .filter((element) => element.scrollWidth > element.clientWidth)
            .map(
              ({ className, scrollWidth, clientWidth }) => `${className}: ${scrollWidth} in ${clientWidth}`,
            ),
        );
        assert.deepEqual(overflowing, [], name);
      }
    });
  }

  it('gives every control at least 22 px', async () => {
    for (const width of [320, 520]) {
      const inspector = await open({ width });
      for (const [name, snapshot] of Object.entries(panelStates)) {
        await inspector.show(snapshot);
        const small = await inspector.page.evaluate(() =>
          [...document.querySelectorAll('button, input, select, [role=row]')]
            .filter((element) => element.getClientRects().length > 0)
            .map((element) => ({ element, box: element.getBoundingClientRect() }))
            .filter(({ box }) => Math.round(box.width) < 22 || Math.round(box.height) < 22)
            .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`),
        );
        assert.deepEqual(small, [], name);
      }
    }
  });

  it('can be used at 400 % zoom: everything can be scrolled to', async () => {
    const inspector = await open({ width: 320, height: 256 });
    await inspector.show(panelStates.sample!);
    const footer = await inspector.page.locator('.footer').boundingBox();
    assert.ok(footer && footer.y + footer.height <= 256);
    assert.ok(((await inspector.list.boundingBox())?.height ?? 0) >= 150);
    await inspector.showMap();
    await inspector.map.scrollIntoViewIfNeeded();
    const map = await inspector.map.boundingBox();
    assert.ok(map && map.height >= 150 && map.y < 256);
  });

  it('can be reached by Tab in the order query, form, view, choices, list, selection, drawings', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ canGoForward: true }));
    await inspector.button('Back').focus();
    const order: (string | null)[] = [];
    for (let step = 0; step < 28; step++) {
      order.push(
        await inspector.page.evaluate(
          () =>
            document.activeElement!.getAttribute('aria-label') ?? document.activeElement!.textContent.trim(),
        ),
      );
      await inspector.page.keyboard.press('Tab');
    }
    assert.deepEqual(order, [
      'Back',
      'Forward',
      'Word, #id or formula',
      'Pin to this query',
      'Export and more',
      'bare: Mike',
      'Neighbors',
      'Metric',
      'What is this metric?',
      'Number of neighbors, k',
      'Fold spelling variants',
      'Filters',
      'Neighbors of Mike',
      'Under every metric',
      'Copy space Mike, its id and similarity',
      'Open the token page of space Mike',
      'Compare space Mike with the query',
      'Go to space Mike',
      'Between list and drawings',
      'Neighborhood',
      'spread',
      'misplaced',
      'Show neighborhood as table',
      'Neighborhood map: arrow keys select a point, Enter goes to it',
      'All 50,257 similarities',
      'average',
      'Show similarities as table',
      'Verify',
    ]);
  });

  it('shows where the focus is, in every theme', async () => {
    for (const theme of Object.keys(themes) as Theme[]) {
      const inspector = await open({ theme });
      await inspector.show(mikePanel());
      await inspector.list.press('ArrowDown');
      const outline = await inspector.selectedRow.evaluate((row) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(row);
        return { outlineStyle, outlineWidth, outlineColor };
      });
      assert.equal(outline.outlineStyle, 'solid', theme);
      assert.equal(outline.outlineWidth, '1px', theme);
      assert.notEqual(outline.outlineColor, 'rgba(0, 0, 0, 0)', theme);
    }
  });

  it('keeps bars and selection visible under forced colors', async () => {
    const inspector = await open();
    await inspector.page.emulateMedia({ forcedColors: 'active' });
    await inspector.show(mikePanel({ answer: manyNeighbors(30) }));
    const colors = await inspector.selectedRow.evaluate((row) => ({
      outline: getComputedStyle(row).outlineStyle,
      bar: getComputedStyle(row.querySelector('.similarity-bar')!).backgroundColor,
      background: getComputedStyle(document.body).backgroundColor,
    }));
    assert.equal(colors.outline, 'solid');
    assert.notEqual(colors.bar, colors.background);
  });
});
