import assert from 'node:assert/strict';
import type { PanelSnapshot, PanelViewName } from '../../src/protocol/panelSnapshot';
import { useInspector, type InspectorPage } from './inspectorPage';
import { manyNeighbors, mikePanel, panel } from './inspectorSnapshots';
import { panelStates } from './panelStates';

/** The part of the page that has the focus, by its class or id. */
function focused(inspector: InspectorPage): Promise<string> {
  return inspector.page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.classList[0] ?? activeElement?.tagName ?? 'nothing';
  });
}

const VIEWS: readonly Exclude<PanelViewName, 'map'>[] = ['neighbors', 'compare', 'token'];

/** The state of a view, and where the keys of a person in it are. */
const START: Readonly<
  Record<Exclude<PanelViewName, 'map'>, { readonly snapshot: PanelSnapshot; readonly part: string }>
> = {
  neighbors: { snapshot: mikePanel(), part: '.list' },
  compare: { snapshot: mikePanel({ view: 'compare' }), part: '.body' },
  token: { snapshot: mikePanel({ view: 'token' }), part: '.body' },
};

describe('the focus of the inspector', () => {
  const open = useInspector();

  for (const from of VIEWS) {
    for (const [key, to] of [
      ['1', 'neighbors'],
      ['2', 'compare'],
      ['3', 'token'],
      ['4', 'map'],
    ] as const) {
      it(`goes from the view ${from} by ${key} to what the view ${to} is for`, async () => {
        const inspector = await open();
        await inspector.show(START[from].snapshot);
        await inspector.page.locator(START[from].part).focus();
        await inspector.newRequests();
        await inspector.page.keyboard.press(key);
        const part = to === 'neighbors' ? 'list' : 'body';
        await inspector.show(mikePanel({ view: to }));
        assert.equal(await focused(inspector), part);
        assert.deepEqual(await inspector.newRequests(), [{ type: 'chooseView', view: to }]);
      });
    }

    it(`stays where it is in the view ${from} at a key without a meaning`, async () => {
      const inspector = await open();
      await inspector.show(START[from].snapshot);
      await inspector.page.locator(START[from].part).focus();
      for (const key of ['5', '9', 'x', ...(from === 'neighbors' ? [] : ['c', 'i', 't', 'f'])]) {
        await inspector.page.keyboard.press(key);
        assert.equal(`.${await focused(inspector)}`, START[from].part, key);
      }
    });

    it(`comes into the view ${from} with the window, to what the view is for, and to what is clicked`, async () => {
      const inspector = await open();
      await inspector.show(START[from].snapshot);
      await inspector.page.evaluate(() => {
        (document.activeElement as HTMLElement | null)?.blur();
        window.dispatchEvent(new Event('focus'));
      });
      await inspector.page.waitForFunction(() => document.activeElement !== document.body);
      assert.equal(`.${await focused(inspector)}`, START[from].part);
      await inspector.page.locator('.footer').click();
      assert.equal(await focused(inspector), 'panel');
      await inspector.page.keyboard.press('2');
      assert.equal(await focused(inspector), 'body');
    });
  }

  for (const [name, act, view] of [
    ['C', (inspector) => inspector.list.press('c'), 'compare'],
    ['I', (inspector) => inspector.list.press('i'), 'token'],
    ['Compare', (inspector) => inspector.button('Compare space Mike with the query').click(), 'compare'],
    ['Token', (inspector) => inspector.button('Open the token page of space Mike').click(), 'token'],
  ] as [string, (inspector: InspectorPage) => Promise<void>, PanelViewName][]) {
    it(`goes with ${name} into the view that it opens, from where 1 leads back to the list`, async () => {
      const inspector = await open();
      await inspector.show(mikePanel());
      await act(inspector);
      await inspector.show(mikePanel({ view }));
      assert.equal(await focused(inspector), 'body');
      await inspector.page.keyboard.press('1');
      await inspector.show(mikePanel());
      assert.equal(await focused(inspector), 'list');
    });
  }

  it('is on the view while another list is computed, and then on the list', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.button('Go to space Mike').click();
    const { answer, ...computing } = mikePanel();
    assert.ok(answer);
    await inspector.show(computing);
    assert.equal(await focused(inspector), 'body');
    await inspector.newRequests();
    await inspector.page.keyboard.press('p');
    assert.equal((await inspector.newRequests()).length, 1);
    await inspector.show(mikePanel());
    assert.equal(await focused(inspector), 'list');
  });

  it('is on the button that copies as long as that is there', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    const copy = inspector.button('Copy space Mike, its id and similarity');
    await copy.click();
    assert.ok(await copy.evaluate((button) => button === document.activeElement));
  });

  it('leaves a button that cannot be pressed any more, in every view', async () => {
    const inspector = await open();
    for (const view of VIEWS) {
      await inspector.show(mikePanel({ view, canGoBack: true }));
      await inspector.button('Back').click();
      await inspector.show(mikePanel({ view, canGoBack: false }));
      assert.equal(`.${await focused(inspector)}`, START[view].part, view);
    }
  });

  it('follows what takes the place of a part that goes', async () => {
    const inspector = await open({ width: 900 });
    await inspector.show(panelStates.filtered!);
    await inspector.button('Clear filters').click();
    await inspector.show(mikePanel());
    assert.equal(await inspector.page.evaluate(() => document.activeElement?.ariaLabel), 'Filters');
    await inspector.map.press('t');
    assert.equal(await focused(inspector), 'map-table');
    // An answer without points has no map.
    const { map, ...unmapped } = manyNeighbors(30);
    assert.ok(map);
    await inspector.show(mikePanel({ answer: unmapped }));
    assert.equal(await focused(inspector), 'list');
  });

  it('goes from the field of a pair to that of the matrix, which a pasted list makes', async () => {
    const inspector = await open();
    await inspector.show(panelStates.pair!);
    await inspector.page.getByRole('textbox', { name: 'Word, #id or formula B' }).focus();
    await inspector.show(panelStates.matrix!);
    const field = inspector.page.getByRole('textbox', { name: 'Add a word, #id or formula' });
    assert.ok(await field.evaluate((element) => element === document.activeElement));
  });

  it('goes on from the button of a menu that Tab closes', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.button('Export and more').press('Enter');
    await inspector.page.keyboard.press('Tab');
    assert.equal(await inspector.page.getByRole('menu').count(), 0);
    assert.ok(
      await inspector.page.evaluate(() => {
        const button = document.querySelector('.export-button')!;
        const { activeElement } = document;
        return (
          activeElement !== document.body &&
          (button.compareDocumentPosition(activeElement!) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
        );
      }),
    );
  });

  it('is on the query field of a panel that was asked nothing, and on the view of one that waits', async () => {
    const inspector = await open();
    await inspector.show(panel({ embeddings: { state: 'none' } }));
    const comeIn = async (): Promise<string> => {
      await inspector.page.evaluate(() => {
        (document.activeElement as HTMLElement | null)?.blur();
        window.dispatchEvent(new Event('focus'));
      });
      await inspector.page.waitForFunction(() => document.activeElement !== document.body);
      return inspector.page.evaluate(() => document.activeElement!.tagName);
    };
    assert.equal(await comeIn(), 'INPUT');
    await inspector.show(panelStates.undecided!);
    assert.equal(await comeIn(), 'DIV');
  });
});
