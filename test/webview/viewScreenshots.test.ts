import { pictured } from '../fixtures/pictures';
import { themes, type Theme } from './pageServer';
import { berryPage } from './views/tokenPageSnapshots';
import { largeMatrix, matrixCompare, pairCompare, snapshot } from './views/viewSnapshots';
import { useViews } from './views/viewsPage';

/** Pictures to look at; what can be asserted stands in the other suites. */
describe('screenshots of the Compare view and the Token page', () => {
  const open = useViews();

  for (const theme of pictured(Object.keys(themes) as Theme[])) {
    for (const width of [320, 900]) {
      it(`shows them ${width} px wide in ${theme}`, async () => {
        const views = await open({ theme, width, height: width === 320 ? 1500 : 900 });
        const picture = (name: string) => views.screenshot(`${name}-${width}`, theme, 5_000);
        await views.show(snapshot({ compare: pairCompare() }), 'compare');
        await picture('compare');
        const slider = views.page.locator('.line-plot .probe');
        await slider.focus();
        for (let step = 0; step < 4; step++) {
          await slider.press('Shift+PageDown');
        }
        await picture('compare-brushed');
        await views.show(snapshot({ compare: matrixCompare() }), 'compare');
        await picture('matrix');
        await views.show(snapshot({ compare: largeMatrix(40) }), 'compare');
        await picture('matrix-40');
        await views.show(snapshot({ tokenPage: berryPage() }), 'token');
        await picture('token');
      });
    }
  }
});
