import { discStamp, OPAQUE, PHASES, type DiscStamp } from './discStamp';
import type { PackedColor } from './packedColor';

/** How points of one style are drawn. */
export interface DiscStyle {
  readonly color: PackedColor;
  /** 0 … 1. */
  readonly opacity: number;
  /** In pixels of the device, 0 … {@link LARGEST_DISC}. */
  readonly radius: number;
  /** Width of a rim around it in the color of the ground, in pixels of the device; none without it. */
  readonly rim?: number;
}

/** Points in the order in which they are drawn. */
export interface OrderedPoints {
  /** x and y in turn, in units of the world. */
  readonly places: Float32Array;
  /** For each point a place in the list of styles. */
  readonly styles: Uint16Array;
}

/** From the world to pixels of the device: x · scale + left, y · scale + top. */
export interface PixelView {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Radius in pixels of the device beyond which a disc is drawn as if it had this one. */
export const LARGEST_DISC = 60;
/** Wide enough for all discs of the usual sizes, so that no buffer is made anew while the map is zoomed. */
const LEAST_MARGIN = 16;
/** So finely are radii and opacities told apart: their stamps are kept. */
const RADIUS_STEPS = 16;
const OPACITY_STEPS = 64;
const MOST_STAMPS = 128;
const PHASE_COUNT = PHASES * PHASES;

/**
 * Draws discs by the processor into a picture. Buffers are kept from one picture to the next.
 *
 * The picture has a margin on all sides, as wide as the largest disc reaches: no disc has to be cut, and those at the edge are seen
 * in part. A point whose middle lies in the margin's outer part, or outside, is left out, and so is one without a place.
 */
export class PointRaster {
  private readonly stamps = new Map<number, DiscStamp>();
  private pixels = new Uint32Array(0);
  private image: ImageData | undefined;
  private width = 0;
  private height = 0;
  private margin = 0;

  /** @param makeImage `ImageData` of a width and height; a test without one passes its own */
  constructor(private readonly makeImage = (width: number, height: number) => new ImageData(width, height)) {}

  /**
   * Draws points over a plain ground.
   *
   * @param width of the picture in pixels, without the margin; as `height`
   * @param every only each so-manieth point: while a large map moves
   * @returns the picture, good until the next call
   */
  draw(
    width: number,
    height: number,
    points: OrderedPoints,
    view: PixelView,
    styles: readonly DiscStyle[],
    ground: PackedColor,
    every = 1,
  ): RasterPicture {
    const stamps = styles.map(({ radius, opacity }) => this.stampOf(radius, opacity));
    const rimOf = new Int32Array(styles.length).fill(-1);
    styles.forEach(({ radius, rim }, place) => {
      if (rim !== undefined) {
        rimOf[place] = stamps.push(this.stampOf(radius + rim, 1)) - 1;
      }
    });
    const reach = stamps.reduce((most, stamp) => Math.max(most, stamp.reach), 1);
    const image = this.imageFor(width, height, Math.max(LEAST_MARGIN, 2 * reach));
    this.pixels.fill(ground);
    const colors = Uint32Array.from(styles, ({ color }) => color);
    this.stampAll(points, view, { stamps, colors, rimOf, ground, reach }, every);
    return { image, margin: this.margin, width, height };
  }

  private stampAll(
    { places, styles: styleOf }: OrderedPoints,
    { scale, left, top }: PixelView,
    { stamps, colors, rimOf, ground, reach }: Stamping,
    every: number,
  ): void {
    const { pixels } = this;
    const stride = this.width + 2 * this.margin;
    const rowCount = this.height + 2 * this.margin;
    const joined = joinStamps(stamps, stride);
    const shiftX = left + this.margin;
    const shiftY = top + this.margin;
    const lastX = stride - reach;
    const lastY = rowCount - reach;
    const count = styleOf.length;
    for (let i = 0; i < count; i += every) {
      const x = places[2 * i] * scale + shiftX;
      const y = places[2 * i + 1] * scale + shiftY;
      // In this form, so that a place that is no number is out.
      if (!(x >= reach && y >= reach && x < lastX && y < lastY)) {
        continue;
      }
      const style = styleOf[i];
      const column = x | 0;
      const row = y | 0;
      const phase = (((y - row) * PHASES) | 0) * PHASES + (((x - column) * PHASES) | 0);
      const middle = row * stride + column;
      const rim = rimOf[style];
      if (rim >= 0) {
        mixStamp(pixels, middle, joined, rim * PHASE_COUNT + phase, ground);
      }
      mixStamp(pixels, middle, joined, style * PHASE_COUNT + phase, colors[style]);
    }
  }

  private imageFor(width: number, height: number, margin: number): ImageData {
    if (this.image && width === this.width && height === this.height && margin <= this.margin) {
      return this.image;
    }
    this.width = width;
    this.height = height;
    this.margin = margin;
    this.image = this.makeImage(width + 2 * margin, height + 2 * margin);
    this.pixels = new Uint32Array(this.image.data.buffer);
    return this.image;
  }

  private stampOf(radius: number, opacity: number): DiscStamp {
    const radiusSteps = Math.round(Math.min(LARGEST_DISC, Math.max(0, radius)) * RADIUS_STEPS);
    const opacitySteps = Math.round(Math.min(1, Math.max(0, opacity)) * OPACITY_STEPS);
    const key = radiusSteps * (OPACITY_STEPS + 1) + opacitySteps;
    const kept = this.stamps.get(key);
    if (kept) {
      return kept;
    }
    if (this.stamps.size >= MOST_STAMPS) {
      this.stamps.clear();
    }
    const made = discStamp(radiusSteps / RADIUS_STEPS, opacitySteps / OPACITY_STEPS);
    this.stamps.set(key, made);
    return made;
  }
}

/** A picture within its margin. */
export interface RasterPicture {
  readonly image: ImageData;
  /** In pixels, on all four sides. */
  readonly margin: number;
  readonly width: number;
  readonly height: number;
}

/** Puts a picture at the top left of a canvas, without its margin. */
export function showPicture(
  context: Pick<CanvasRenderingContext2D, 'putImageData'>,
  { image, margin, width, height }: RasterPicture,
): void {
  context.putImageData(image, -margin, -margin, margin, margin, width, height);
}

/** What the discs of a picture are drawn with. */
interface Stamping {
  /** One a style, and then those of rims. */
  readonly stamps: readonly DiscStamp[];
  /** By style. */
  readonly colors: Uint32Array;
  /** By style the place of its rim among the stamps; −1 for none. */
  readonly rimOf: Int32Array;
  readonly ground: PackedColor;
  readonly reach: number;
}

interface JoinedStamps {
  /** Of each stamp at each phase, where its pixels begin. */
  readonly starts: Uint32Array;
  /** Of each pixel from the disc's middle. */
  readonly offsets: Int32Array;
  readonly weights: Uint16Array;
}

/** Mixes a color into the pixels under a stamp. @param stamp with its phase */
function mixStamp(
  pixels: Uint32Array,
  middle: number,
  { starts, offsets, weights }: JoinedStamps,
  stamp: number,
  color: PackedColor,
): void {
  const redBlue = color & 0xff00ff;
  const green = color & 0x00ff00;
  const end = starts[stamp + 1];
  for (let at = starts[stamp]; at < end; at++) {
    const pixel = middle + offsets[at];
    const weight = weights[at];
    const rest = OPAQUE - weight;
    const under = pixels[pixel];
    // Red and blue in one product, which cannot run into each other; green between them in another. Rounded.
    pixels[pixel] =
      0xff000000 |
      (((Math.imul(under & 0xff00ff, rest) + Math.imul(redBlue, weight) + 0x800080) >>> 8) & 0xff00ff) |
      (((Math.imul(under & 0x00ff00, rest) + Math.imul(green, weight) + 0x8000) >>> 8) & 0x00ff00);
  }
}

/** All stamps in three lists, with offsets for pictures of a width. */
function joinStamps(stamps: readonly DiscStamp[], stride: number): JoinedStamps {
  const total = stamps.reduce((sum, stamp) => sum + stamp.weights.length, 0);
  const starts = new Uint32Array(stamps.length * PHASE_COUNT + 1);
  const offsets = new Int32Array(total);
  const weights = new Uint16Array(total);
  let before = 0;
  stamps.forEach((stamp, index) => {
    for (let phase = 0; phase < PHASE_COUNT; phase++) {
      starts[index * PHASE_COUNT + phase] = before + stamp.starts[phase];
    }
    for (let i = 0; i < stamp.weights.length; i++) {
      offsets[before + i] = stamp.dy[i] * stride + stamp.dx[i];
    }
    weights.set(stamp.weights, before);
    before += stamp.weights.length;
  });
  starts[stamps.length * PHASE_COUNT] = before;
  return { starts, offsets, weights };
}
