import assert from 'node:assert/strict';
import { discStamp, OPAQUE } from '../../../webview-ui/src/vocabularyMap/stage/raster/discStamp';
import { drawOrder } from '../../../webview-ui/src/vocabularyMap/stage/raster/drawOrder';
import { packedColor } from '../../../webview-ui/src/vocabularyMap/stage/raster/packedColor';
import { PointRaster, type DiscStyle } from '../../../webview-ui/src/vocabularyMap/stage/raster/pointRaster';
import { PointCloud } from '../../../webview-ui/src/vocabularyMap/stage/pointCloud';
import { pointsLikeMap, seeded } from '../../webview/pointsLikeMap';

const BLACK = packedColor([0, 0, 0]);
const WHITE = packedColor([255, 255, 255]);
const VIEW = { scale: 1, left: 0, top: 0 };

// prettier-ignore
const PICTURE = [
  0, 0, 0, 0, 0,
  0, 140, 190, 7, 0,
  0, 190, 239, 14, 0,
  0, 7, 15, 0, 0,
  0, 0, 0, 0, 0,
];

const makeImage = (width: number, height: number) =>
  ({ width, height, data: new Uint8ClampedArray(4 * width * height) }) as ImageData;

/** The picture without its margin, as packed colors. */
function picture(
  raster: PointRaster,
  width: number,
  height: number,
  places: readonly number[],
  styles: readonly DiscStyle[],
  styleOf: readonly number[] = [],
): Uint32Array {
  const points = {
    places: Float32Array.from(places),
    styles: Uint16Array.from({ length: places.length / 2 }, (_, i) => styleOf[i] ?? 0),
  };
  const { image, margin } = raster.draw(width, height, points, VIEW, styles, BLACK);
  const pixels = new Uint32Array(image.data.buffer);
  return Uint32Array.from({ length: width * height }, (_, i) => {
    const row = Math.floor(i / width) + margin;
    return pixels[row * (width + 2 * margin) + (i % width) + margin]!;
  });
}

const gray = (packed: number) => packed & 255;

describe('the raster of the map', () => {
  const raster = () => new PointRaster(makeImage);

  it('covers as much as the area of a disc, at every size and phase', () => {
    for (const radius of [0.5, 0.92, 1.2, 1.84, 2.4, 3.2, 5, 6.4, 12]) {
      const { starts, weights } = discStamp(radius, 1);
      for (let phase = 0; phase < 16; phase++) {
        const covered = weights
          .subarray(starts[phase], starts[phase + 1])
          .reduce((sum, weight) => sum + weight, 0);
        const share = covered / OPAQUE / (Math.PI * radius * radius);
        assert.ok(Math.abs(share - 1) < 0.02, `radius ${radius}, phase ${phase}: ${share}`);
      }
    }
  });

  it('weighs each pixel by the part of it that the disc covers: compared with 64 × 64 samples of it', () => {
    const { starts, dx, dy, weights, reach } = discStamp(2.3, 1);
    for (const phase of [0, 5, 11, 15]) {
      const middle = [((phase % 4) + 0.5) / 4, (Math.floor(phase / 4) + 0.5) / 4] as const;
      const found = new Map<string, number>();
      for (let i = starts[phase]!; i < starts[phase + 1]!; i++) {
        found.set(`${dx[i]} ${dy[i]}`, weights[i]! / OPAQUE);
      }
      for (let y = -reach; y <= reach; y++) {
        for (let x = -reach; x <= reach; x++) {
          let inside = 0;
          for (let sample = 0; sample < 4096; sample++) {
            const px = x + ((sample % 64) + 0.5) / 64 - middle[0];
            const py = y + (Math.floor(sample / 64) + 0.5) / 64 - middle[1];
            inside += px * px + py * py <= 2.3 * 2.3 ? 1 : 0;
          }
          assert.ok(Math.abs((found.get(`${x} ${y}`) ?? 0) - inside / 4096) < 0.02, `${x} ${y}`);
        }
      }
    }
  });

  it('draws a picture pixel by pixel as it is expected', () => {
    // A disc of radius 1 whose middle is brought to an eighth of a pixel.
    const drawn = picture(raster(), 5, 5, [2.1, 2.1], [{ color: WHITE, opacity: 1, radius: 1 }]);
    const shown = Array.from(drawn, gray);
    // 255 × the part of each pixel that lies within, as integrals give it.
    shown.forEach((value, pixel) => {
      assert.ok(Math.abs(value - 255 * partOfDisc(pixel % 5, Math.floor(pixel / 5), 2.125, 1)) < 2.5);
    });
    assert.deepEqual(shown, PICTURE);
  });

  it('mixes colors by opacity, channel by channel', () => {
    const color = packedColor([200, 100, 50]);
    const over = packedColor([10, 220, 130]);
    const styles = [
      { color, opacity: 1, radius: 4 },
      { color: over, opacity: 0.5, radius: 4 },
    ];
    const drawn = picture(raster(), 9, 9, [4.5, 4.5, 4.5, 4.5], styles, [0, 1]);
    const middle = drawn[4 * 9 + 4]!;
    assert.deepEqual(
      [middle & 255, (middle >> 8) & 255, (middle >> 16) & 255, middle >>> 24],
      [105, 160, 90, 255],
    );
    assert.equal(drawn[0], BLACK);
  });

  it('equals a plain loop over pixels in floating point, within the roundings of eight bits', () => {
    const random = seeded(5);
    const styles: DiscStyle[] = [
      { color: packedColor([250, 20, 90]), opacity: 0.625, radius: 1.25 },
      { color: packedColor([30, 200, 60]), opacity: 0.875, radius: 2.5 },
    ];
    const places = Array.from({ length: 200 }, () => [random() * 44 - 2, random() * 44 - 2]).flat();
    const styleOf = Array.from({ length: 200 }, (_, i) => i % 2);
    const drawn = picture(raster(), 40, 40, places, styles, styleOf);
    const plain = plainPicture(40, places, styles, styleOf);
    drawn.forEach((pixel, i) => {
      for (const channel of [0, 1, 2]) {
        const difference = Math.abs(((pixel >> (8 * channel)) & 255) - plain[3 * i + channel]!);
        assert.ok(difference < 7, `pixel ${i}, channel ${channel}: off by ${difference}`);
      }
    });
  });

  it('draws a rim of the ground around discs that have one, over what lies below', () => {
    const discs = { color: WHITE, opacity: 1, radius: 6 } as const;
    const places = [10.125, 10.125, 16.125, 10.125];
    const plain = picture(raster(), 32, 20, places, [discs]);
    const rimmed = picture(raster(), 32, 20, places, [{ ...discs, rim: 2 }]);
    const row = (pixels: Uint32Array) => Array.from(pixels.subarray(10 * 32, 11 * 32), gray);
    assert.deepEqual([row(plain)[8], row(plain)[9], row(plain)[12]], [255, 255, 255]);
    // The rim of the second one lies over the first, and its disc is whole.
    assert.deepEqual([row(rimmed)[7], row(rimmed)[9], row(rimmed)[12]], [255, 0, 255]);
    assert.deepEqual(row(rimmed).slice(11), row(plain).slice(11));
  });

  it('draws no point without a place, and those at the edge in part', () => {
    const style = [{ color: WHITE, opacity: 1, radius: 2 }];
    const nowhere = [NaN, 5, 5, NaN, NaN, NaN, Infinity, 5, 5, -Infinity, 1e30, 5, -1e30, -1e30];
    assert.ok(picture(raster(), 10, 10, nowhere, style).every((pixel) => pixel === BLACK));
    const places = [-1, 5, 10.9, 11.4, 5, 0.25, -1.9, -1.2, 9.75, 4];
    const cut = picture(raster(), 10, 10, places, style);
    const larger = picture(
      raster(),
      20,
      20,
      places.map((place) => place + 5),
      style,
    );
    assert.deepEqual(
      [...cut],
      [...larger].filter((_, pixel) => {
        const [x, y] = [(pixel % 20) - 5, Math.floor(pixel / 20) - 5];
        return x >= 0 && y >= 0 && x < 10 && y < 10;
      }),
    );
    assert.ok(cut[50] !== BLACK && cut[99] !== BLACK);
  });

  it('makes no buffer anew while sizes stay', () => {
    let made = 0;
    const counting = new PointRaster((width, height) => {
      made++;
      return makeImage(width, height);
    });
    for (const radius of [1, 2, 3, 1.5, 6]) {
      picture(counting, 20, 20, [5, 5], [{ color: WHITE, opacity: 1, radius }]);
    }
    assert.equal(made, 1);
  });
});

describe('the order of drawing', () => {
  it('has every point with a place once, higher layers and commoner groups later', () => {
    const { positions, kinds } = pointsLikeMap(4_000);
    const layers = Uint16Array.from(kinds, (kind) => kind * 60);
    const order = drawOrder(positions, layers);
    assert.equal(order.length, 3_996);
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      Array.from({ length: 4_000 }, (_, id) => id).filter((id) => id % 1000 !== 999),
    );
    for (let i = 1; i < order.length; i++) {
      const [before, after] = [order[i - 1]!, order[i]!];
      assert.ok(layers[before]! <= layers[after]!);
      if (layers[before] === layers[after]) {
        assert.ok(Math.floor(before / 500) >= Math.floor(after / 500), `${before} before ${after}`);
      }
    }
  });

  it('keeps neighbors on the map near each other in the order', () => {
    const { positions } = pointsLikeMap(20_000);
    const order = drawOrder(positions);
    const length = (ids: ArrayLike<number>) => {
      let sum = 0;
      for (let i = 1; i < ids.length; i++) {
        const [a, b] = [ids[i - 1]!, ids[i]!];
        const step = Math.hypot(
          positions[2 * a]! - positions[2 * b]!,
          positions[2 * a + 1]! - positions[2 * b + 1]!,
        );
        sum += Number.isNaN(step) ? 0 : step;
      }
      return sum;
    };
    assert.ok(length(order) < 0.1 * length([...positions.keys()].slice(0, 20_000)));
  });

  it('is that of before while points move, and is worked out anew when they rest', () => {
    const { positions } = pointsLikeMap(3_000);
    const cloud = new PointCloud();
    cloud.setPositions(positions, false);
    const before = [...cloud.order];
    const moved = positions.map((value) => -value);
    cloud.setPositions(moved, true);
    assert.deepEqual([...cloud.order], before);
    assert.equal(cloud.ordered.places[0], moved[2 * before[0]!]);
    cloud.setPositions(moved, false);
    assert.notDeepEqual([...cloud.order], before);
  });

  it('draws dim points first', () => {
    const { positions } = pointsLikeMap(2_000);
    const cloud = new PointCloud();
    cloud.setPositions(positions, false);
    cloud.setDim(Uint8Array.from({ length: 2_000 }, (_, id) => (id < 1_000 ? 1 : 0)));
    const order = [...cloud.order];
    assert.ok(order.slice(0, 999).every((id) => id < 1_000));
    assert.ok(cloud.ordered.styles.slice(0, 999).every((style) => style === 256));
    assert.ok(cloud.ordered.styles.slice(999).every((style) => style === 0));
  });
});

/** The part of a pixel that lies within a disc: the lengths of a thousand cuts through it. @param middle of the disc, along both axes */
function partOfDisc(x: number, y: number, middle: number, radius: number): number {
  let sum = 0;
  for (let cut = 0; cut < 1000; cut++) {
    const off = y + (cut + 0.5) / 1000 - middle;
    const half = Math.sqrt(Math.max(0, radius * radius - off * off));
    sum += Math.max(0, Math.min(x + 1, middle + half) - Math.max(x, middle - half)) / 1000;
  }
  return sum;
}

/** Each pixel from 16 × 16 samples of each disc, whose middle is brought to a quarter of a pixel; opacity in floating point. */
function plainPicture(
  side: number,
  places: readonly number[],
  styles: readonly DiscStyle[],
  styleOf: readonly number[],
): Float64Array {
  const channels = new Float64Array(3 * side * side);
  styleOf.forEach((style, i) => {
    const { color, opacity, radius } = styles[style]!;
    const quarter = (value: number) => (Math.floor(value * 4) + 0.5) / 4;
    const [cx, cy] = [quarter(Math.fround(places[2 * i]!)), quarter(Math.fround(places[2 * i + 1]!))];
    for (let pixel = 0; pixel < side * side; pixel++) {
      let inside = 0;
      for (let sample = 0; sample < 256; sample++) {
        const x = (pixel % side) + ((sample % 16) + 0.5) / 16 - cx;
        const y = Math.floor(pixel / side) + (Math.floor(sample / 16) + 0.5) / 16 - cy;
        inside += x * x + y * y <= radius * radius ? 1 : 0;
      }
      const weight = (inside / 256) * opacity;
      for (const channel of [0, 1, 2]) {
        const at = 3 * pixel + channel;
        channels[at] = channels[at]! * (1 - weight) + ((color >> (8 * channel)) & 255) * weight;
      }
    }
  });
  return channels;
}
