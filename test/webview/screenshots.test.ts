import { pictured } from '../fixtures/pictures';
import { useInspector, type InspectorPage } from './inspectorPage';
import { completions, mikePanel } from './inspectorSnapshots';
import { themes, type Theme } from './pageServer';
import { panelStates } from './panelStates';

/** Everything at once: folded, with places under all metrics, pinned. */
const instrument = {
  ...mikePanel(),
  ...panelStates['with places'],
  isFolded: true,
  isPinned: true,
  canGoBack: true,
};

/** What opens above the page or in it. */
const opened: Readonly<Record<string, (inspector: InspectorPage) => Promise<void>>> = {
  'the export menu': async (inspector) => {
    await inspector.show(instrument);
    await inspector.button('Export and more').click();
    await inspector.page.keyboard.press('ArrowDown');
  },
  'the export menu of a matrix': async (inspector) => {
    await inspector.show(panelStates.matrix!);
    await inspector.button('Export and more').click();
  },
  'a pair': (inspector) => inspector.show(panelStates.pair!),
  'the filters': async (inspector) => {
    await inspector.show(panelStates.filtered!);
    await inspector.button('Filters, 4 in force').click();
  },
  completions: async (inspector) => {
    await inspector.show(instrument);
    await inspector.query.fill('king - Mi');
    await inspector.complete(completions);
    await inspector.query.press('ArrowDown');
  },
  'the explanation of a metric': async (inspector) => {
    await inspector.show(instrument);
    await inspector.button('What is this metric?').click();
  },
  tables: async (inspector) => {
    await inspector.show(instrument);
    await inspector.list.press('T');
    await inspector.button('Show similarities as table').click();
    await inspector.button('Show similarities as table').scrollIntoViewIfNeeded();
  },
};

/** Pictures to look at; what can be asserted stands in the other suites. */
describe('screenshots of the inspector', () => {
  const open = useInspector();

  for (const theme of pictured(Object.keys(themes) as Theme[])) {
    for (const width of [320, 520, 900]) {
      it(`shows neighbors ${width} px wide in ${theme}`, async () => {
        const inspector = await open({ theme, width, height: 900 });
        await inspector.show(instrument);
        await inspector.row('4: Chris').hover();
        await inspector.list.press('ArrowDown');
        await inspector.list.press('ArrowDown');
        await inspector.screenshot(`neighbors-${width}`, theme, 5_000);
      });
    }

    for (const [name, prepare] of Object.entries(opened)) {
      it(`shows ${name} in ${theme}`, async () => {
        for (const width of [320, 520]) {
          const inspector = await open({ theme, width, height: 600 });
          await prepare(inspector);
          await inspector.screenshot(`${name.replaceAll(' ', '-')}-${width}`, theme, 2_000);
        }
      });
    }

    it(`shows every state in ${theme}`, async () => {
      const inspector = await open({ theme, width: 420, height: 420 });
      for (const [name, snapshot] of Object.entries(panelStates)) {
        await inspector.show(snapshot);
        await inspector.screenshot(`states-${name.replaceAll(' ', '-')}`, theme, 2_000);
      }
    });
  }
});
