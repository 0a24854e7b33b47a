import assert from 'node:assert/strict';
import type { CDPSession } from 'playwright-core';
import type { ScreenPoint } from '../../webview-ui/src/vocabularyMap/stage/camera';
import { useWatchedPages, WatchedPage } from './watchedPage';
import type {} from './mapStagePage';

/** A token whose point stands alone enough to be hit. */
const TOKEN = 1234;
/** Where no point is when the map is looked at from so near. */
const ZOOM = 100;

/** The stage under fingers: the browser gets what a touch screen reports, and makes of it what it makes of that. */
class TouchedStage extends WatchedPage {
  private session: CDPSession | undefined;

  /** @param fingers that are on the screen now, in pixels of the window; none where the last was lifted */
  async touch(type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: readonly ScreenPoint[]): Promise<void> {
    this.session ??= await this.page.context().newCDPSession(this.page);
    const touchPoints = fingers.map(({ x, y }, id) => ({ x, y, id }));
    await this.session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }

  async tap(at: ScreenPoint): Promise<void> {
    await this.touch('touchStart', [at]);
    await this.touch('touchEnd', []);
  }

  placeOf(id: number): Promise<ScreenPoint> {
    return this.page.evaluate((token) => window.stage.placeOf(token)!, id);
  }

  async lookAt(id: number, zoom: number): Promise<ScreenPoint> {
    await this.page.evaluate(
      ([token, times]) => {
        const [x, y] = window.stagePositions.subarray(2 * token!, 2 * token! + 2);
        window.stage.camera = { x: x!, y: y!, zoom: times! };
      },
      [id, zoom],
    );
    await this.page.evaluate(() => window.stage.drawn());
    return this.placeOf(id);
  }

  /** What was told since the last call. */
  told(): Promise<{
    hovers: (number | undefined)[];
    selections: (number | undefined)[];
    walks: number[];
  }> {
    return this.page.evaluate(() => {
      const { hovers, selections, walks } = window.stageRecord;
      return { hovers: hovers.splice(0), selections: selections.splice(0), walks: walks.splice(0) };
    });
  }
}

describe('the stage of the map under fingers', () => {
  const open = useWatchedPages({
    script: 'test/webview/mapStagePage.ts',
    width: 900,
    watch: (page) => new TouchedStage(page),
  });

  it('is dragged by one finger, and zoomed and dragged by two', async () => {
    const page = await open();
    const before = await page.lookAt(TOKEN, 8);
    await page.touch('touchStart', [{ x: 300, y: 300 }]);
    await page.touch('touchMove', [{ x: 320, y: 300 }]);
    await page.touch('touchMove', [{ x: 340, y: 280 }]);
    await page.page.waitForFunction(
      ([token, x]) => Math.abs(window.stage.placeOf(token!)!.x - x! - 40) < 0.1,
      [TOKEN, before.x],
    );
    const dragged = await page.placeOf(TOKEN);
    assert.ok(Math.abs(dragged.y - before.y + 20) < 0.1);
    await page.touch('touchEnd', []);
    // Two fingers 100 pixels apart go to 200: what is between them is twice as large, and lies where their middle has gone.
    const { x, y } = dragged;
    await page.touch('touchStart', [
      { x: x - 50, y },
      { x: x + 50, y },
    ]);
    await page.touch('touchMove', [
      { x: x - 70, y: y + 30 },
      { x: x + 130, y: y + 30 },
    ]);
    await page.page.waitForFunction(() => Math.abs(window.stage.camera.zoom - 16) < 0.1);
    const pinched = await page.placeOf(TOKEN);
    assert.ok(Math.hypot(pinched.x - x - 30, pinched.y - y - 30) < 1, JSON.stringify([pinched, dragged]));
    await page.touch('touchEnd', []);
    assert.deepEqual((await page.told()).selections, [], 'a drag selects nothing');
  });

  it('selects the token that is tapped near to, goes to it by a second tap, and names the one that a finger rests on', async () => {
    const page = await open();
    const at = await page.lookAt(TOKEN, ZOOM);
    // Farther from the point than a mouse may be.
    const beside = { x: at.x + 12, y: at.y + 10 };
    await page.tap(beside);
    assert.deepEqual(await page.told(), { hovers: [], selections: [TOKEN], walks: [] });
    await page.tap(beside);
    assert.deepEqual(await page.told(), { hovers: [], selections: [], walks: [TOKEN] });
    await page.touch('touchStart', [beside]);
    await page.page.waitForFunction(() => window.stageRecord.hovers.length > 0);
    await page.touch('touchEnd', []);
    assert.deepEqual(await page.told(), { hovers: [TOKEN], selections: [], walks: [] });
    const { x, y } = await page.placeOf(TOKEN);
    assert.deepEqual([x, y], [at.x, at.y], 'a finger that rests moves nothing');
  });
});
