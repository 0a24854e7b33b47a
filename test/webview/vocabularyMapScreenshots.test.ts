import fs from 'node:fs';
import path from 'node:path';
import { pictured } from '../fixtures/pictures';
import { useInspector } from './inspectorPage';
import { projectFolder, themes, type Theme } from './pageServer';
import { MapPage } from './vocabularyMap/mapPage';
import { sampleMap } from './vocabularyMap/sampleMap';

const SIZES = [
  [520, 820],
  [320, 700],
  [900, 820],
] as const;

/** Pictures to look at; what can be asserted stands in the other suites. */
describe('screenshots of the map of all tokens', () => {
  const open = useInspector();

  for (const theme of pictured(Object.keys(themes) as Theme[])) {
    for (const [width, height] of pictured(SIZES)) {
      it(`shows it ${width} px wide in ${theme}`, async () => {
        const inspector = await open({ theme, width, height });
        // A picture is of where a flight ends.
        await inspector.page.emulateMedia({ reducedMotion: 'reduce' });
        const map = new MapPage(inspector, await sampleMap());
        const { figures, linear, tokens, positions, layout, explained } = map.sample;
        const picture = async (name: string) => {
          await map.answer();
          await map.atRest();
          await inspector.screenshot(`map-${name}-${width}`, theme, 5_000);
        };
        const listButton = inspector.button('Show as list');

        await map.show({
          stage: 'linear',
          explained,
          graph: { state: 'building', fraction: 0.42, secondsLeft: 9 },
        });
        await map.post(tokens);
        await map.post(linear);
        await picture('f1-linear');
        await map.show({ stage: 'unfolding', fraction: 0.35, secondsLeft: 3, epoch: 140, epochs: 400 });
        await map.post(unfolding(linear.positions, positions.positions));
        await picture('f2-unfolding');
        await map.show({ stage: 'ready', figures });
        await map.post(positions);
        await map.post(layout);
        await picture('a-far');

        await map.color('truth');
        await picture('h-truth');
        await inspector.button('What is this?').click();
        await picture('h-truth-explained');
        await inspector.button('Close').click();

        await map.color('document');
        await map.postDocument(
          'decisions.md',
          fs.readFileSync(path.join(projectFolder, 'docs/decisions.md'), 'utf8'),
        );
        await listButton.click();
        await picture('g-document');
        await listButton.click();

        await map.color('similarity');
        await map.ask(' banana');
        await inspector.button('Whole map').click();
        await picture('d-similarity');

        await map.color('plain');
        // A narrow list covers the map, which flies nowhere while nobody sees it.
        await map.ask('Mike');
        await listButton.click();
        await picture('c-selected');
        await listButton.click();
        await map.ask(' python');
        await listButton.click();
        await picture('c2-farther');

        await map.color('kind');
        await listButton.click();
        await map.ask(' London');
        await map.stage.press('Escape');
        await map.pointAtMiddle();
        await picture('b-mid');
        if (width === 320) {
          // The lists of an area and of a way cover a map as narrow as this; other suites open them there.
          return;
        }

        await map.ask(' banana');
        await map.drawAround(0.3);
        await picture('e-lasso');
        await inspector.button('Close the area').click();

        await map.ask(' king');
        await inspector.button('Way to another token').click();
        await inspector.page.getByRole('textbox', { name: /^Token at the end/ }).fill('banana');
        await inspector.page.keyboard.press('Enter');
        await picture('way');
        await inspector.button('Close the way').click();

        await map.stage.focus();
        await inspector.page.keyboard.press('t');
        await inspector.button('Whole map').click();
        await picture('regions');
      });
    }
  }
});

/** Half way from a linear map to the layout: enough for a picture of what lies between. */
function unfolding(linear: ArrayBuffer, ready: ArrayBuffer): object {
  const from = new Float32Array(linear);
  const scale = Math.max(...from.filter(Number.isFinite).map(Math.abs));
  const positions = new Float32Array(ready).map(
    (value, place) => 0.35 * value + (12 * (from[place] ?? 0)) / scale,
  );
  return { type: 'mapPositions', model: 'sample', stage: 'unfolding', positions: positions.buffer };
}
