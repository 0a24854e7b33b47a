import assert from 'node:assert/strict';
import { WatchedPage, useWatchedPages } from './watchedPage';
import type { KeptCamera } from '../../webview-ui/src/vocabularyMap/stage/cameraControl';
import type {} from './mapStagePage';

/** A token whose point stands alone enough to be hit. */
const TOKEN = 1234;

class StagePage extends WatchedPage {
  get stage() {
    return this.page.getByRole('application', { name: 'Map of 50,257 tokens' });
  }

  async drawn(): Promise<void> {
    await this.page.evaluate(() => window.stage.drawn());
  }

  /** Pixels of the points' canvas: how many are not of the ground, and a checksum. */
  picture(): Promise<{ inked: number; sum: number; width: number }> {
    return this.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.map-points')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(data.buffer);
      // The corner is outside of the map.
      const ground = pixels[0];
      let inked = 0;
      let sum = 0;
      for (const pixel of pixels) {
        inked += pixel === ground ? 0 : 1;
        sum = (Math.imul(sum, 31) + pixel) | 0;
      }
      return { inked, sum, width: canvas.width };
    });
  }

  placeOf(id: number): Promise<{ x: number; y: number }> {
    return this.page.evaluate((token) => window.stage.placeOf(token)!, id);
  }

  camera(): Promise<KeptCamera> {
    return this.page.evaluate(() => window.stage.camera);
  }

  /** A camera right above a token. */
  async lookAt(id: number, zoom: number): Promise<void> {
    await this.page.evaluate(
      ([token, times]) => {
        const [x, y] = window.stagePositions.subarray(2 * token!, 2 * token! + 2);
        window.stage.camera = { x: x!, y: y!, zoom: times! };
      },
      [id, zoom],
    );
    await this.drawn();
  }
}

describe('the stage of the map of all tokens', () => {
  const open = useWatchedPages({
    script: 'test/webview/mapStagePage.ts',
    width: 900,
    watch: (page) => new StagePage(page),
  });

  it('draws all points, and the same picture again', async () => {
    const page = await open();
    await page.drawn();
    const { inked, sum, width } = await page.picture();
    assert.equal(width, 900);
    // Discs of 2.7 pixels that overlap: far more than a few, far fewer than all.
    assert.ok(inked > 30_000 && inked < 400_000, `${inked} pixels are drawn on`);
    await page.page.evaluate(() => window.stage.setPoints(window.stagePositions));
    await page.drawn();
    assert.equal((await page.picture()).sum, sum);
  });

  it('is dragged by the mouse, as far as the mouse goes', async () => {
    const page = await open();
    await page.lookAt(TOKEN, 8);
    const before = await page.placeOf(TOKEN);
    const pictureBefore = await page.picture();
    await page.page.mouse.move(300, 300);
    await page.page.mouse.down();
    await page.page.mouse.move(340, 280, { steps: 5 });
    await page.page.mouse.up();
    await page.drawn();
    const after = await page.placeOf(TOKEN);
    assert.ok(Math.abs(after.x - before.x - 40) < 0.01 && Math.abs(after.y - before.y + 20) < 0.01);
    assert.notEqual((await page.picture()).sum, pictureBefore.sum);
    await page.page.waitForFunction(() => window.stageRecord.cameras.length > 0);
  });

  it('zooms by the wheel around the pointer', async () => {
    const page = await open();
    await page.lookAt(TOKEN, 4);
    const { x, y } = await page.placeOf(TOKEN);
    await page.page.mouse.move(x, y);
    await page.page.mouse.wheel(0, -300);
    await page.page.waitForFunction(() => window.stage.camera.zoom > 5);
    const after = await page.placeOf(TOKEN);
    assert.ok(Math.hypot(after.x - x, after.y - y) < 0.01);
  });

  it('selects the token that is clicked, tells the one that is pointed at, and goes to the one that is double-clicked', async () => {
    const page = await open();
    await page.lookAt(TOKEN, 100);
    const { x, y } = await page.placeOf(TOKEN);
    await page.page.mouse.move(x + 2, y + 1);
    await page.page.mouse.click(x + 2, y + 1);
    await page.page.mouse.dblclick(x + 2, y + 1);
    const record = await page.page.evaluate(() => window.stageRecord);
    assert.deepEqual([...new Set(record.hovers)], [TOKEN]);
    assert.deepEqual([...new Set(record.selections)], [TOKEN]);
    assert.deepEqual(record.walks, [TOKEN]);
  });

  it('does by keys what it does by the mouse', async () => {
    const page = await open();
    await page.lookAt(TOKEN, 100);
    await page.stage.focus();
    const { keyboard } = page.page;
    await keyboard.press('Space');
    assert.deepEqual(await page.page.evaluate(() => window.stageRecord.selections), [TOKEN]);
    await page.page.evaluate(
      (id) =>
        window.stage.setSelection({
          id,
          neighbors: [
            { id: 5, near: true },
            { id: 7, near: false },
          ],
        }),
      TOKEN,
    );
    await keyboard.press('Enter');
    assert.deepEqual(await page.page.evaluate(() => window.stageRecord.walks), [TOKEN]);
    const before = await page.camera();
    await keyboard.press('ArrowRight');
    await keyboard.press('+');
    const after = await page.camera();
    assert.ok(after.x > before.x && after.zoom > before.zoom);
    await page.page.emulateMedia({ reducedMotion: 'reduce' });
    await keyboard.press('0');
    assert.ok(Math.abs((await page.camera()).zoom - 1) < 1e-9);
  });

  it('takes the tokens in an area drawn by hand, and in a square set by keys', async () => {
    const page = await open();
    await page.page.evaluate(() => {
      window.stage.isDrawing = true;
    });
    const { mouse, keyboard } = page.page;
    await mouse.move(350, 350);
    await mouse.down();
    for (const [x, y] of [
      [550, 350],
      [550, 550],
      [350, 550],
    ] as const) {
      await mouse.move(x, y, { steps: 10 });
    }
    await mouse.up();
    await page.page.evaluate(() => {
      window.stage.isDrawing = false;
    });
    await page.stage.focus();
    await keyboard.press('l');
    await keyboard.press('+');
    await keyboard.press('Enter');
    const [drawn, square] = await page.page.evaluate(() => window.stageRecord.lassos);
    const within = async (box: readonly [number, number, number, number]) =>
      page.page.evaluate((bounds) => {
        const ids: number[] = [];
        for (let id = 0; id < window.stagePositions.length / 2; id++) {
          const place = window.stage.placeOf(id);
          if (
            place &&
            place.x > bounds[0] &&
            place.y > bounds[1] &&
            place.x < bounds[2] &&
            place.y < bounds[3]
          ) {
            ids.push(id);
          }
        }
        return ids;
      }, box);
    assert.ok(drawn!.ids.length > 500);
    assert.deepEqual(drawn!.ids, await within([350, 350, 550, 550]));
    // 160 pixels, and a quarter more, around the middle of 900 × 900.
    assert.deepEqual(square!.ids, await within([350, 350, 550, 550]));
    const spoken = await page.page.evaluate(() => window.stageRecord.spoken);
    assert.match(spoken.at(-1)!, /^Square around the middle: [\d,]+ tokens\./);
  });

  it('flies to a token, at once under reduced motion', async () => {
    const page = await open();
    await page.page.emulateMedia({ reducedMotion: 'reduce' });
    await page.page.evaluate((id) => window.stage.flyTo(id), TOKEN);
    const { x, y } = await page.placeOf(TOKEN);
    assert.ok(Math.hypot(x - 450, y - 450) < 0.01);
    await page.page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.page.evaluate(() => window.stage.flyTo(4321));
    await page.page.waitForFunction(() => {
      const place = window.stage.placeOf(4321)!;
      return Math.hypot(place.x - 450, place.y - 450) < 0.01;
    });
  });

  it('draws no frame while nothing changes', async () => {
    const page = await open();
    await page.drawn();
    await page.page.waitForFunction(() => window.stageRecord.cameras.length > 0);
    await page.drawn();
    const frames = await page.page.evaluate(async () => {
      let count = 0;
      for (const method of ['putImageData', 'clearRect']) {
        const drawing = Reflect.get(CanvasRenderingContext2D.prototype, method) as () => void;
        Reflect.set(
          CanvasRenderingContext2D.prototype,
          method,
          new Proxy(drawing, {
            apply(target, context, parameters: []) {
              count++;
              Reflect.apply(target, context, parameters);
            },
          }),
        );
      }
      for (let frame = 0; frame < 5; frame++) {
        await new Promise(requestAnimationFrame);
      }
      const atRest = count;
      window.stage.setHovered({ id: 1, neighbors: [] });
      await window.stage.drawn();
      return [atRest, count];
    });
    // What is over the points is drawn alone.
    assert.deepEqual(frames, [0, 1]);
  });

  it('is saved as it is seen, in light colors: points as a path for each color, names as text', async () => {
    const page = await open();
    await page.lookAt(TOKEN, 6);
    const saved = await page.page.evaluate(async () => {
      window.stage.setSelection({ id: 1234, neighbors: [{ id: 45_000, near: false }] });
      const text = { title: 'Map <of> tokens', description: 'a & b', foot: ['Tokenscope · seed 1'] };
      const svg = window.stage.toSvg(text);
      const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
      const dots = [...parsed.querySelectorAll('svg > svg > path')];
      const image = new Image();
      image.src = `data:image/png;base64,${window.stage.toPng(text)}`;
      await image.decode();
      return {
        root: parsed.localName,
        title: parsed.querySelector('title')?.textContent,
        description: parsed.querySelector('desc')?.textContent,
        colors: dots.map((dot) => dot.getAttribute('stroke')),
        dotCount: dots.reduce((sum, dot) => sum + (dot.getAttribute('d')?.match(/h0/g)?.length ?? 0), 0),
        texts: [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent),
        size: [image.width, image.height],
        length: svg.length,
        left: document.querySelectorAll('.export-light').length,
      };
    });
    const visible = await page.page.evaluate(() => {
      let count = 0;
      for (let id = 0; id < 50_257; id++) {
        const place = window.stage.placeOf(id);
        count += place && place.x > 0 && place.y > 0 && place.x < 900 && place.y < 900 ? 1 : 0;
      }
      return count;
    });
    assert.equal(saved.root, 'svg');
    assert.deepEqual([saved.title, saved.description], ['Map <of> tokens', 'a & b']);
    // Series A of the light theme, and others; one path each.
    assert.ok(saved.colors.includes('#0063d3') && new Set(saved.colors).size === saved.colors.length);
    // Those at the edge are seen in part.
    assert.ok(
      saved.dotCount >= visible && saved.dotCount < visible * 1.05,
      `${saved.dotCount} of ${visible}`,
    );
    assert.ok(saved.texts.includes('␣t1234') && saved.texts.includes('Tokenscope · seed 1'));
    assert.ok(saved.texts.some((text) => /^([←↑↓] )?␣t45000( [→↑↓])?$/.test(text)));
    assert.deepEqual(saved.size, [1800, 2 * (900 + 32)]);
    assert.equal(saved.left, 0);
  });

  for (const theme of ['darkModern', 'lightModern', 'highContrast'] as const) {
    it(`looks like its theme: ${theme}`, async () => {
      const page = await open({ theme });
      await page.drawn();
      await page.screenshot('map-stage-whole', theme, 40_000);
      await page.page.evaluate(() => {
        const near = window.stagePositions.subarray(2 * 1234, 2 * 1234 + 2);
        const by = (id: number) =>
          Math.hypot(
            window.stagePositions[2 * id]! - near[0]!,
            window.stagePositions[2 * id + 1]! - near[1]!,
          );
        const nearest = Array.from({ length: 50_257 }, (_, id) => id)
          .filter((id) => by(id) > 0)
          .sort((a, b) => by(a) - by(b));
        const neighbors = [
          ...nearest
            .slice(0, 40)
            .filter((_, rank) => rank % 8 === 0)
            .map((id) => ({ id, near: true })),
          ...[300, 400, 20_000, 30_000, 45_000].map((rank) => ({ id: nearest[rank]!, near: false })),
        ];
        window.stage.setSelection({ id: 1234, neighbors });
        window.stage.camera = { x: near[0]!, y: near[1]!, zoom: 24 };
      });
      await page.drawn();
      await page.screenshot('map-stage-selected', theme, 20_000);
      assert.deepEqual(await page.axeViolations(), []);
    });
  }
});
