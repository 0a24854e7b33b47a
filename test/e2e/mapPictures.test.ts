import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { until } from '../fixtures/until';
import { TEST_LIMIT_MS } from '../limits.mjs';
import { startSession, type Session } from './session';
import type { InspectorPage } from './pageObjects/inspectorPage';
import { pictured } from '../fixtures/pictures';
import type { Workbench } from './pageObjects/workbench';

const THEMES = pictured(['dark', 'light', 'high-contrast'] as const);

/** Points of the whole map cover more pixels than this. */
const LEAST_PAINTED = 10_000;

/** A part of the map's page that is drawn in each theme, after the one before. */
type Step = (inspector: InspectorPage, workbench: Workbench) => Promise<void>;

const STEPS: Readonly<Record<string, Step>> = {
  far: async (inspector) => {
    const { painted, named } = await drawn(inspector);
    assert.ok(painted > LEAST_PAINTED, `${painted} pixels are painted`);
    assert.ok(named > 0, 'no names are written');
  },
  selected: async (inspector, workbench) => {
    await workbench.clickWord('Mike');
    await workbench.runCommand('Tokenscope: Show on Map');
    const strip = await stripLike(inspector, /16073 · \d+ of 15/);
    const [near = NaN, farther = NaN] = [...strip.matchAll(/(\d+) of 15|(\d+) farther/g)].map(
      ([, first, second]) => Number(first ?? second),
    );
    assert.equal(near + farther, 15, strip);
  },
  list: async (inspector) => {
    await inspector.button('Show as list').click();
    const rows = inspector.frame.locator('.map-rows > .map-row');
    await until(
      () => rows.count(),
      (count) => count === 15,
      'the 15 true neighbors in the list',
    );
    assert.match(await rows.allInnerTexts().then((texts) => texts.join(' ')), /Chris/);
    await inspector.button('Show as list').click();
  },
  truth: async (inspector) => {
    await stage(inspector).press('Escape');
    await inspector.button('Whole map').click();
    await color(inspector, 'truth');
    await inspector.frame.getByText('true neighbors').first().waitFor();
    await inspector.button('What is this?').click();
    await inspector.frame.getByText('What not to trust:').waitFor();
    await inspector.button('Close').click();
  },
  document: async (inspector) => {
    await color(inspector, 'document');
    await stripLike(inspector, /\d+ tokens, \d+ different/);
    await inspector.frame.getByText('lesson.md').waitFor();
  },
};

describe('pictures of the map of all tokens, in a real VS Code', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    const settings = { 'tokenscope.model': 'sample' };
    session = await startSession({ file: 'lesson.md', checkpoint: 'none', settings });
    ({ workbench } = session);
    const { inspector } = workbench;
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.runCommand('Tokenscope: Open New Inspector');
    await inspector.queryField.waitFor();
    await watchSnapshots(inspector);
    await inspector.tab('Map').click();
    await inspector.button('How true is it?').waitFor({ timeout: TEST_LIMIT_MS });
    await inspector.frame.locator('.map-stage[aria-busy=false]').waitFor();
  });

  after(() => session.close());

  for (const [name, step] of Object.entries(STEPS)) {
    it(`are drawn of ${name}`, async () => {
      const { inspector } = workbench;
      await step(inspector, workbench);
      for (const theme of THEMES) {
        await workbench.useTheme(theme);
        await inspector.settle(theme);
        await workbench.screenshot(`map-${name}`, theme);
      }
      await workbench.useTheme('dark');
    });
  }

  it('are drawn from positions that no snapshot carries', async () => {
    const { snapshots, positions } = await workbench.inspector.frame
      .locator('body')
      .evaluate(() => (window as unknown as { readonly heard: Heard }).heard);
    assert.ok(positions > 0, 'no positions came');
    assert.ok(snapshots.length > 0, 'no snapshots came');
    const longest = Math.max(...snapshots);
    // Positions alone are 400 KB.
    assert.ok(longest < 100_000, `a snapshot is ${longest} characters long`);
  });
});

/** Sizes of what the page has heard. */
interface Heard {
  /** Characters of each snapshot as JSON. */
  readonly snapshots: number[];
  /** Messages with positions. */
  positions: number;
}

async function watchSnapshots({ frame }: InspectorPage): Promise<void> {
  await frame.locator('body').evaluate(() => {
    const heard: Heard = { snapshots: [], positions: 0 };
    Object.assign(window, { heard });
    window.addEventListener('message', ({ data }: MessageEvent<{ type: string }>) => {
      if (data.type === 'snapshot') {
        heard.snapshots.push(JSON.stringify(data).length);
      } else if (data.type === 'mapPositions') {
        heard.positions++;
      }
    });
  });
}

function stage({ frame }: InspectorPage): Locator {
  return frame.getByRole('application', { name: /^Map of/ });
}

async function color({ frame }: InspectorPage, name: string): Promise<void> {
  await frame.getByRole('combobox', { name: 'Color' }).selectOption(name);
}

function stripLike({ frame }: InspectorPage, expected: RegExp): Promise<string> {
  return until(
    async () => (await frame.locator('.map-strip').innerText()).replace(/\s+/g, ' '),
    (text) => expected.test(text),
    `a sentence like ${String(expected)}`,
  );
}

/** How many pixels differ from the ground on the canvas of points, and how many hold something on that of names. */
async function drawn({ frame }: InspectorPage): Promise<{ painted: number; named: number }> {
  return frame.locator('.map-stage').evaluate((element) => {
    const pixelsOf = (name: string): Uint32Array => {
      const canvas = element.querySelector<HTMLCanvasElement>(name)!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Uint32Array(data.buffer);
    };
    const points = pixelsOf('.map-points');
    return {
      painted: points.filter((pixel) => pixel !== points[0]).length,
      named: pixelsOf('.map-over').filter((pixel) => pixel !== 0).length,
    };
  });
}
