// Entry of a page that measures how the map of all tokens is drawn, beside other ways to draw as many points on a canvas.
import { fitCamera } from '../webview-ui/src/vocabularyMap/stage/camera';
import { PointGrid } from '../webview-ui/src/vocabularyMap/stage/hitTest';
import { mapBounds } from '../webview-ui/src/vocabularyMap/stage/mapBounds';
import { MapStage } from '../webview-ui/src/vocabularyMap/stage/mapStage';
import { pixelView } from '../webview-ui/src/vocabularyMap/stage/pointsPainter';
import { drawOrder } from '../webview-ui/src/vocabularyMap/stage/raster/drawOrder';
import { packedColor } from '../webview-ui/src/vocabularyMap/stage/raster/packedColor';
import { pointRadius } from '../webview-ui/src/vocabularyMap/stage/raster/pointRadius';
import { PointRaster, showPicture } from '../webview-ui/src/vocabularyMap/stage/raster/pointRaster';
import { pointsLikeMap, seeded } from '../test/webview/pointsLikeMap';

// What a page has and Node does not.
const { document, requestAnimationFrame } = globalThis;

const SIZE = { width: 1000, height: 800 };
const WARM_UP = 20;
const RUNS = 120;
const PEER_RUNS = 15;
const COLORS = [
  [72, 121, 179],
  [89, 164, 249],
  [255, 166, 87],
  [137, 209, 133],
  [177, 128, 215],
  [204, 167, 0],
];
const OPACITY = 0.7;

function timed(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Points in the order in which they are drawn, and the camera that shows all of them. */
function prepared(count) {
  const { positions, kinds } = pointsLikeMap(count);
  const { most } = mapBounds(positions);
  const order = drawOrder(positions);
  const places = Float32Array.from(
    { length: 2 * order.length },
    (_, i) => positions[2 * order[i >> 1] + (i & 1)],
  );
  const styles = Uint16Array.from(order, (id) => kinds[id]);
  return { positions, most, points: { places, styles }, whole: fitCamera(most, SIZE) };
}

/** Cameras of one picture after the other: the whole map dragged to and fro, or zoomed in up to 12 times. */
const MOVES = {
  pan: (whole, i) => ({ ...whole, x: whole.x + (40 * Math.sin(i / 9)) / whole.scale }),
  zoom: (whole, i) => ({ ...whole, scale: whole.scale * 12 ** (0.5 - 0.5 * Math.cos(i / 12)) }),
};

function contextOf(ratio, isSoftware) {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE.width * ratio;
  canvas.height = SIZE.height * ratio;
  return canvas.getContext('2d', { alpha: false, willReadFrequently: isSoftware });
}

/** Other ways to draw the points, on a canvas as the page would take it. Each makes sure that what it began is done. */
const PEERS = {
  fillRect(context, { places, styles }, view, radius) {
    for (let color = 0; color < COLORS.length; color++) {
      context.fillStyle = `rgb(${COLORS[color].join(' ')} / ${OPACITY})`;
      for (let i = 0; i < styles.length; i++) {
        if (styles[i] === color) {
          const x = places[2 * i] * view.scale + view.left;
          const y = places[2 * i + 1] * view.scale + view.top;
          context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
        }
      }
    }
  },
  arcs(context, { places, styles }, view, radius) {
    for (let color = 0; color < COLORS.length; color++) {
      context.fillStyle = `rgb(${COLORS[color].join(' ')} / ${OPACITY})`;
      context.beginPath();
      for (let i = 0; i < styles.length; i++) {
        if (styles[i] === color) {
          const x = places[2 * i] * view.scale + view.left;
          const y = places[2 * i + 1] * view.scale + view.top;
          context.moveTo(x + radius, y);
          context.arc(x, y, radius, 0, 2 * Math.PI);
        }
      }
      context.fill();
    }
  },
};

/** Milliseconds of each picture, ours with and without putting it on the canvas, and the peers', while the whole map is dragged. */
globalThis.measureRaster = (count, ratio, move, withPeers) => {
  const { points, whole } = prepared(count);
  const raster = new PointRaster();
  const context = contextOf(ratio, true);
  const peerContext = contextOf(ratio, true);
  const times = { raster: [], shown: [], fillRect: [], arcs: [] };
  for (let i = 0; i < WARM_UP + RUNS; i++) {
    const camera = MOVES[move](whole, i);
    const view = pixelView(camera, SIZE, ratio);
    const radius = pointRadius(camera.scale / whole.scale) * ratio;
    const styles = COLORS.map((color) => ({ color: packedColor(color), opacity: OPACITY, radius }));
    let picture;
    const rastered = timed(() => {
      picture = raster.draw(SIZE.width * ratio, SIZE.height * ratio, points, view, styles, 0xff1f1f1f);
    });
    const put = timed(() => showPicture(context, picture));
    if (i >= WARM_UP) {
      times.raster.push(rastered);
      times.shown.push(rastered + put);
    }
    if (withPeers && i >= WARM_UP && i < WARM_UP + PEER_RUNS) {
      for (const [name, draw] of Object.entries(PEERS)) {
        times[name].push(
          timed(() => {
            peerContext.clearRect(0, 0, SIZE.width * ratio, SIZE.height * ratio);
            draw(peerContext, points, view, radius);
            // Calls are only written down until a pixel is asked for.
            peerContext.getImageData(0, 0, 1, 1);
          }),
        );
      }
    }
  }
  return times;
};

/** Milliseconds to be ready for finding points, to find the nearest to a place, and, beside it, by a look at each point. */
globalThis.measureHit = (count) => {
  const { positions, most, whole } = prepared(count);
  const random = seeded(5);
  const reach = 12 / whole.scale;
  const times = { order: [], build: [], nearest: [], loop: [] };
  for (let i = 0; i < 20; i++) {
    times.order.push(timed(() => drawOrder(positions)));
    times.build.push(timed(() => new PointGrid(positions, most)));
  }
  const grid = new PointGrid(positions, most);
  for (let i = 0; i < 200; i++) {
    const x = most.left + random() * (most.right - most.left);
    const y = most.top + random() * (most.bottom - most.top);
    let found;
    let expected;
    // One alone is shorter than what the page's clock tells apart.
    const many = timed(() => {
      for (let repeat = 0; repeat < 20; repeat++) {
        found = grid.nearest(x, y, reach);
      }
    });
    times.nearest.push(many / 20);
    times.loop.push(
      timed(() => {
        let best = reach * reach;
        for (let id = 0; id < count; id++) {
          const distance = (positions[2 * id] - x) ** 2 + (positions[2 * id + 1] - y) ** 2;
          if (distance < best) {
            best = distance;
            expected = id;
          }
        }
      }),
    );
    if (found !== expected) {
      throw new Error(`The grid finds ${found}, a look at each point ${expected}.`);
    }
  }
  return times;
};

/** Milliseconds from frame to frame while the stage is dragged. */
globalThis.measureFrames = async (count) => {
  const { positions, kinds } = pointsLikeMap(count);
  const stage = new MapStage({ label: 'map', nameOf: String, events: {} });
  stage.element.style.cssText = `position:absolute;left:0;top:0;width:${SIZE.width}px;height:${SIZE.height}px`;
  for (const canvas of stage.element.querySelectorAll('canvas')) {
    canvas.style.position = 'absolute';
  }
  document.body.append(stage.element);
  stage.setPoints(positions);
  stage.setColors(
    kinds,
    COLORS.map((color) => ({ color: `rgb(${color.join(' ')})` })),
  );
  await stage.drawn();
  const { x, y } = stage.camera;
  const frames = [];
  let before = await new Promise(requestAnimationFrame);
  for (let i = 0; i < WARM_UP + RUNS; i++) {
    stage.camera = { x: x + 8 * Math.sin(i / 9), y, zoom: 1 };
    const now = await new Promise(requestAnimationFrame);
    if (i >= WARM_UP) {
      frames.push(now - before);
    }
    before = now;
  }
  stage.dispose();
  stage.element.remove();
  return frames;
};
