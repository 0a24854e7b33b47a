import assert from 'node:assert/strict';
import { useInspector } from './inspectorPage';
import { MapPage } from './vocabularyMap/mapPage';
import { sampleMap } from './vocabularyMap/sampleMap';

describe('accessibility of the map of all tokens', () => {
  const open = useInspector();

  /** What the map shows, one after the other; each begins where the one before has ended. */
  const states: readonly (readonly [string, (map: MapPage) => Promise<unknown>])[] = [
    ['whole', (map) => map.open()],
    ['colored by truth', (map) => map.color('truth')],
    ['explained', (map) => map.inspector.button('What is this?').click()],
    ['no longer explained', (map) => map.inspector.button('Close').click()],
    [
      'colored by a document',
      async (map) => {
        await map.color('document');
        await map.postDocument('a.md', 'The king and the queen, the king and I.\n');
      },
    ],
    ['a list of its tokens', (map) => map.inspector.button('Show as list').click()],
    [
      'colored by similarity',
      async (map) => {
        await map.color('similarity');
        await map.ask(' banana');
      },
    ],
    ['the end of a way', (map) => map.inspector.button('Way to another token').click()],
    [
      'a way',
      async (map) => {
        await map.inspector.page.locator('.way-input').fill('king');
        await map.inspector.page.keyboard.press('Enter');
        await map.answer();
      },
    ],
    ['no way', (map) => map.inspector.button('Close the way').click()],
    [
      'a token pointed at, of which more is known than has room',
      async (map) => {
        await map.ask(' unconstitutional');
        await map.rows.nth(1).hover();
        await map.answer();
        await map.strip.getByText(/nearest/).waitFor();
      },
    ],
    ['an area', (map) => map.drawAround(0.2)],
    ['regions', (map) => map.stage.press('t')],
  ];

  it('gives axe nothing to object to, in any theme', async () => {
    const map = new MapPage(await open({ width: 900, height: 820 }), await sampleMap());
    await map.inspector.page.emulateMedia({ reducedMotion: 'reduce' });
    for (const [name, change] of states) {
      await change(map);
      await map.answer();
      await map.atRest();
      assert.deepEqual(await map.inspector.axeViolationsInThemes(), [], name);
    }
    await map.show({ stage: 'unfolding', fraction: 0.35, epoch: 140, epochs: 400 });
    assert.deepEqual(await map.inspector.axeViolationsInThemes(), [], 'unfolding');
    await map.show({ stage: 'failed', message: 'Its file is gone.' });
    assert.deepEqual(await map.inspector.axeViolationsInThemes(), [], 'failed');
  });

  for (const width of [320, 520]) {
    it(`fits into ${width} px and gives every control 22 px`, async () => {
      const map = new MapPage(await open({ width, height: 700 }), await sampleMap());
      await map.inspector.page.emulateMedia({ reducedMotion: 'reduce' });
      for (const [name, change] of states) {
        await change(map);
        await map.answer();
        await map.inspector.settle();
        const { page } = map.inspector;
        const wide = await page.evaluate(() =>
          [...document.querySelectorAll('html, body, .panel, .body, .vocabulary-map, .vocabulary-map > div')]
            .filter((element) => element.scrollWidth > element.clientWidth + 1)
            .map(
              ({ className, scrollWidth, clientWidth }) => `${className}: ${scrollWidth} in ${clientWidth}`,
            ),
        );
        assert.deepEqual(wide, [], name);
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('button, input, select')]
            .map((element) => ({ element, box: element.getBoundingClientRect() }))
            .filter(
              ({ element, box }) =>
                box.width > 0 &&
                !element.closest('.segment') &&
                (Math.round(box.width) < 22 || Math.round(box.height) < 22),
            )
            .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`),
        );
        assert.deepEqual(small, [], name);
      }
    });
  }

  it('flies at once where motion is not wanted', async () => {
    const map = new MapPage(await open({ width: 900, height: 820 }), await sampleMap());
    await map.inspector.page.emulateMedia({ reducedMotion: 'reduce' });
    await map.open();
    await map.show({ stage: 'ready', figures: map.sample.figures }, map.query(' banana'));
    await map.answer();
    await map.inspector.settle();
    const before = await map.picture();
    await map.inspector.settle();
    await map.inspector.settle();
    assert.equal(await map.picture(), before);
  });
});
