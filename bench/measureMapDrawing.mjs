// node bench/measureMapDrawing.mjs: how the map of all tokens is drawn, in the browser of the tests. Alone it prints its figures.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { isStartedModule } from '../scripts/startedModule.mjs';
import { launchBrowser } from '../test/host/browser.mjs';
import { summarize } from './statistics.mjs';

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const COUNTS = [50_257, 262_144];
const RATIOS = [1, 2];
const MOVES = ['pan', 'zoom'];

const summarized = (times) =>
  Object.fromEntries(
    Object.entries(times)
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => [name, summarize(values)]),
  );

/** @returns {Promise<object>} figures in milliseconds */
export async function measureMapDrawing() {
  console.error('measureMapDrawing …');
  const { outputFiles } = await esbuild.build({
    absWorkingDir: PROJECT,
    entryPoints: ['bench/mapDrawingPage.mjs'],
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'chrome128',
    logLevel: 'warning',
  });
  const browser = await launchBrowser();
  try {
    const figures = { browser: browser.version(), raster: [], hit: [], frames: [] };
    for (const ratio of RATIOS) {
      const page = await browser.newPage({
        viewport: { width: 1000, height: 800 },
        deviceScaleFactor: ratio,
      });
      await page.setContent('<!DOCTYPE html><title>map</title><body></body>');
      await page.addScriptTag({ content: outputFiles[0].text });
      for (const count of COUNTS) {
        for (const move of MOVES) {
          const withPeers = move === 'pan' && count === COUNTS[0];
          const times = await page.evaluate(
            (parameters) => globalThis.measureRaster(...parameters),
            [count, ratio, move, withPeers],
          );
          figures.raster.push({ count, ratio, move, ...summarized(times) });
        }
        const frames = await page.evaluate((points) => globalThis.measureFrames(points), count);
        figures.frames.push({ count, ratio, ...summarize(frames) });
        if (ratio === 1) {
          const times = await page.evaluate((points) => globalThis.measureHit(points), count);
          figures.hit.push({ count, ...summarized(times) });
        }
      }
      await page.close();
    }
    return figures;
  } finally {
    await browser.close();
  }
}

if (isStartedModule(import.meta.url)) {
  console.log(JSON.stringify(await measureMapDrawing(), undefined, 1));
}
