/** Sub-pixel phases along an axis: a disc can stand at 4 × 4 places within a pixel. */
export const PHASES = 4;
/** Horizontal cuts through a pixel, each of which is measured exactly. */
const CUTS = 16;
/** Full weight. */
export const OPAQUE = 256;

/**
 * What a disc covers, at each sub-pixel phase: pixels relative to the one that its middle lies in, with weights. Phase `p` is
 * `PHASES * row + column`; its pixels are those from `starts[p]` to `starts[p + 1]`.
 */
export interface DiscStamp {
  readonly starts: Uint32Array;
  readonly dx: Int8Array;
  readonly dy: Int8Array;
  /** Share of the pixel that is covered × opacity, 1 … {@link OPAQUE}. */
  readonly weights: Uint16Array;
  /** No pixel is farther away, along an axis. */
  readonly reach: number;
}

/**
 * @param radius in pixels of the device, 0 … 120
 * @param opacity 0 … 1
 */
export function discStamp(radius: number, opacity: number): DiscStamp {
  const reach = Math.ceil(radius + 1);
  const size = 2 * reach + 1;
  const starts = new Uint32Array(PHASES * PHASES + 1);
  const dx: number[] = [];
  const dy: number[] = [];
  const weights: number[] = [];
  const row = new Float64Array(size);
  for (let phase = 0; phase < PHASES * PHASES; phase++) {
    // The middle of the disc, from the left and the top of the stamp.
    const middleX = reach + ((phase % PHASES) + 0.5) / PHASES;
    const middleY = reach + (Math.floor(phase / PHASES) + 0.5) / PHASES;
    for (let y = 0; y < size; y++) {
      row.fill(0);
      for (let cut = 0; cut < CUTS; cut++) {
        const off = y + (cut + 0.5) / CUTS - middleY;
        const half = Math.sqrt(radius * radius - off * off);
        if (half > 0) {
          addSpan(row, middleX - half, middleX + half);
        }
      }
      for (let x = 0; x < size; x++) {
        const weight = Math.round((row[x] / CUTS) * opacity * OPAQUE);
        if (weight > 0) {
          dx.push(x - reach);
          dy.push(y - reach);
          weights.push(weight);
        }
      }
    }
    starts[phase + 1] = weights.length;
  }
  return {
    starts,
    dx: Int8Array.from(dx),
    dy: Int8Array.from(dy),
    weights: Uint16Array.from(weights),
    reach,
  };
}

/** Adds to each pixel of a row the part of it that lies between two places. */
function addSpan(row: Float64Array, from: number, to: number): void {
  const first = Math.floor(from);
  const last = Math.floor(to);
  if (first === last) {
    row[first] += to - from;
    return;
  }
  row[first] += first + 1 - from;
  for (let x = first + 1; x < last; x++) {
    row[x] += 1;
  }
  row[last] += to - last;
}
