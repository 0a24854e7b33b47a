import assert from 'node:assert/strict';
import {
  fitCamera,
  GREATEST_ZOOM,
  LEAST_ZOOM,
  limitCamera,
  pan,
  toScreen,
  toWorld,
  visibleBox,
  zoomAt,
} from '../../../webview-ui/src/vocabularyMap/stage/camera';
import { CameraControl } from '../../../webview-ui/src/vocabularyMap/stage/cameraControl';
import { cameraFlight } from '../../../webview-ui/src/vocabularyMap/stage/cameraFlight';
import { closeUp } from '../../../webview-ui/src/vocabularyMap/stage/closeUp';
import { mapBounds } from '../../../webview-ui/src/vocabularyMap/stage/mapBounds';
import { seeded } from '../../webview/pointsLikeMap';

const SIZE = { width: 800, height: 600 };

const near = (actual: number, expected: number, slack = 1e-9) =>
  assert.ok(
    Math.abs(actual - expected) <= slack * Math.max(1, Math.abs(expected)),
    `${actual} ≠ ${expected}`,
  );

describe('the camera of the map', () => {
  const random = seeded(3);
  const cameras = Array.from({ length: 50 }, () => ({
    x: random() * 40 - 20,
    y: random() * 40 - 20,
    scale: Math.exp(random() * 10 - 3),
  }));

  it('brings world to screen and back', () => {
    for (const camera of cameras) {
      const at = { x: random() * 900 - 50, y: random() * 700 - 50 };
      const world = toWorld(camera, SIZE, at);
      const back = toScreen(camera, SIZE, world.x, world.y);
      near(back.x, at.x, 1e-7);
      near(back.y, at.y, 1e-7);
    }
  });

  it('keeps what is under the pointer while zooming, and what is dragged under it while panning', () => {
    for (const camera of cameras) {
      const at = { x: random() * 800, y: random() * 600 };
      const fixed = toWorld(camera, SIZE, at);
      const zoomed = zoomAt(camera, SIZE, at, Math.exp(random() * 4 - 2));
      const after = toScreen(zoomed, SIZE, fixed.x, fixed.y);
      near(after.x, at.x, 1e-7);
      near(after.y, at.y, 1e-7);
      const dragged = toScreen(pan(camera, 13, -7), SIZE, fixed.x, fixed.y);
      near(dragged.x, at.x + 13, 1e-7);
      near(dragged.y, at.y - 7, 1e-7);
    }
  });

  it('shows all of a box, and hardly more', () => {
    for (const box of [
      { left: -10, top: -2, right: 30, bottom: 4 },
      { left: 0, top: 0, right: 1, bottom: 90 },
      { left: 5, top: 5, right: 5, bottom: 5 },
    ]) {
      const seen = visibleBox(fitCamera(box, SIZE), SIZE);
      assert.ok(seen.left <= box.left && seen.right >= box.right);
      assert.ok(seen.top <= box.top && seen.bottom >= box.bottom);
      const filled = Math.max(
        (box.right - box.left) / (seen.right - seen.left),
        (box.bottom - box.top) / (seen.bottom - seen.top),
      );
      assert.ok(filled > 0.9 || box.left === box.right, String(filled));
    }
  });

  it('stays on the map, within its limits of zoom', () => {
    const whole = { left: -1, top: -2, right: 3, bottom: 4 };
    const limited = limitCamera({ x: 99, y: -99, scale: 1e9 }, whole, 10);
    assert.deepEqual(limited, { x: 3, y: -2, scale: GREATEST_ZOOM * 10 });
    assert.equal(limitCamera({ x: 0, y: 0, scale: 1e-9 }, whole, 10).scale, LEAST_ZOOM * 10);
    assert.deepEqual(limitCamera({ x: NaN, y: NaN, scale: NaN }, whole, 10), { x: -1, y: -2, scale: 5 });
  });

  it('fits the map to what lies between its outermost thousandths', () => {
    const count = 10_001;
    const positions = new Float32Array(2 * count);
    for (let id = 0; id < count; id++) {
      positions[2 * id] = id;
      positions[2 * id + 1] = -id;
    }
    positions.set([1e6, 1e6, NaN, 5, 7, Infinity], 0);
    const { most, whole } = mapBounds(positions);
    // 9,999 places are left: the lowest at 2, the highest at a million.
    near(most.left, 13, 0.1);
    near(most.right, 9_990, 0.001);
    assert.equal(whole.right, 1e6);
    assert.equal(whole.bottom, 1e6);
    assert.deepEqual(mapBounds(new Float32Array([NaN, NaN])).most, {
      left: -1,
      top: -1,
      right: 1,
      bottom: 1,
    });
  });

  it('flies from one camera to the other without a jump, and rises on a far way', () => {
    for (let i = 0; i + 1 < cameras.length; i++) {
      const [from, to] = [cameras[i]!, cameras[i + 1]!];
      const flight = cameraFlight(from, to, SIZE);
      assert.deepEqual(flight.at(0), from);
      assert.deepEqual(flight.at(1), to);
      const end = flight.at(1 - 1e-9);
      near(end.scale, to.scale, 1e-4);
      near(end.x, to.x, 1e-4);
      near(flight.at(1e-9).scale, from.scale, 1e-4);
      assert.ok(flight.duration >= 100 && flight.duration <= 2000);
    }
    const far = cameraFlight({ x: 0, y: 0, scale: 100 }, { x: 100, y: 0, scale: 100 }, SIZE);
    assert.ok(far.at(0.5).scale < 25);
    near(far.at(0.5).x, 50, 1e-6);
    const still = cameraFlight({ x: 0, y: 0, scale: 10 }, { x: 0, y: 0, scale: 1000 }, SIZE);
    near(still.at(0.5).scale, 100, 1e-6);
  });

  it('shows a token with most of its near neighbors', () => {
    const positions = new Float32Array([0, 0, 1, 0, 0, 1, -1, 0, 0, -1, 0.5, 0, 50, 50, NaN, NaN]);
    const view = { camera: { x: 9, y: 9, scale: 1 }, size: SIZE, fitScale: 4 };
    const camera = closeUp(positions, 0, [1, 2, 3, 4, 5, 6, 7], view)!;
    assert.equal(camera.x, 0);
    const right = toScreen(camera, SIZE, 1, 0);
    assert.ok(right.x > 450 && right.x < 800);
    assert.equal(closeUp(positions, 7, [], view), undefined);
  });
});

describe('the control of the camera', () => {
  const bounds = (extent: number) => {
    const box = { left: -extent, top: -extent, right: extent, bottom: extent };
    return { most: box, whole: box };
  };
  const started = () => {
    let moves = 0;
    const control = new CameraControl(() => moves++);
    control.setSize(SIZE);
    control.setBounds(bounds(10));
    return { control, moves: () => moves };
  };

  it('shows the whole map until somebody moves it, and then what was in the middle', () => {
    const { control } = started();
    near(control.zoom, 1);
    control.setBounds(bounds(20));
    near(control.zoom, 1);
    control.setSize({ width: 300, height: 300 });
    near(control.zoom, 1);
    control.zoomBy({ x: 150, y: 150 }, 8);
    control.panBy(-40, 0);
    const { x, zoom } = control.keptCamera;
    control.setSize({ width: 900, height: 500 });
    near(control.camera.x, x);
    near(control.zoom, zoom);
  });

  it('takes a camera before there are points or a size', () => {
    const control = new CameraControl(() => undefined);
    control.keptCamera = { x: 3, y: -2, zoom: 12 };
    control.setBounds(bounds(10));
    control.setSize(SIZE);
    assert.deepEqual(
      { ...control.keptCamera, zoom: Math.round(control.zoom * 1e6) / 1e6 },
      { x: 3, y: -2, zoom: 12 },
    );
  });

  it('says nothing while nothing moves', () => {
    const { control, moves } = started();
    const before = moves();
    control.setBounds(bounds(10));
    control.setSize(SIZE);
    control.step(100);
    assert.equal(moves(), before);
  });

  it('ends a flight where it was to, and breaks it off for who moves it', () => {
    const { control } = started();
    control.flyTo({ x: 5, y: 5, scale: 200 }, false, 0);
    control.step(50);
    assert.ok(control.isFlying);
    control.step(10_000);
    assert.ok(!control.isFlying);
    assert.deepEqual(control.camera, { x: 5, y: 5, scale: 200 });
    control.flyTo({ x: 0, y: 0, scale: 100 }, false, 0);
    control.panBy(1, 1);
    assert.ok(!control.isFlying);
    control.flyTo({ x: -5, y: 5, scale: 100 }, true, 0);
    assert.deepEqual(control.camera, { x: -5, y: 5, scale: 100 });
  });
});
