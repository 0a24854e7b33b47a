import type { Camera, StageSize } from './camera';

/** A way from one camera to another. */
export interface CameraFlight {
  /** How long it takes, in milliseconds. */
  readonly duration: number;
  /** @param share how much of the time has passed, 0 … 1 */
  at(share: number): Camera;
}

/** How much a flight rises to see more of its way. √2 is what people preferred in the paper. */
const RHO = Math.SQRT2;
const RHO_2 = RHO * RHO;
const RHO_4 = RHO_2 * RHO_2;
const MILLISECONDS_PER_LENGTH = 420;
const SHORTEST_MS = 180;
const LONGEST_MS = 1400;

/**
 * The smooth way that looks equally fast all along: out, across, in. Van Wijk and Nuij, "Smooth and efficient zooming and panning",
 * InfoVis 2003, section 4 (formulas 9 to 11).
 */
export function cameraFlight(from: Camera, to: Camera, size: StageSize): CameraFlight {
  // Their w is the width of what is seen, in units of the world.
  const extent = Math.max(1, size.width, size.height);
  const w0 = extent / from.scale;
  const w1 = extent / to.scale;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const distance = Math.hypot(dx, dy);
  const isStanding = distance < 1e-6 * Math.min(w0, w1);
  const path = isStanding ? zoomInPlace(w0, w1) : riseAndSink(w0, w1, distance);
  const duration = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, path.length * MILLISECONDS_PER_LENGTH));
  return {
    duration,
    at(share) {
      if (share >= 1) {
        return to;
      }
      if (share <= 0) {
        return from;
      }
      const { moved, width } = path.at(eased(share) * path.length);
      const part = isStanding ? share : moved / distance;
      return { x: from.x + dx * part, y: from.y + dy * part, scale: extent / width };
    },
  };
}

interface FlightPath {
  /** In the paper's measure, in which speed is even. */
  readonly length: number;
  at(s: number): { readonly moved: number; readonly width: number };
}

function zoomInPlace(w0: number, w1: number): FlightPath {
  const length = Math.abs(Math.log(w1 / w0)) / RHO;
  const sign = w1 < w0 ? -1 : 1;
  return { length, at: (s) => ({ moved: 0, width: w0 * Math.exp(sign * RHO * s) }) };
}

function riseAndSink(w0: number, w1: number, distance: number): FlightPath {
  const d2 = distance * distance;
  const b0 = (w1 * w1 - w0 * w0 + RHO_4 * d2) / (2 * w0 * RHO_2 * distance);
  const b1 = (w1 * w1 - w0 * w0 - RHO_4 * d2) / (2 * w1 * RHO_2 * distance);
  const r0 = Math.asinh(-b0);
  const r1 = Math.asinh(-b1);
  const coshR0 = Math.cosh(r0);
  const sinhR0 = Math.sinh(r0);
  return {
    length: (r1 - r0) / RHO,
    at(s) {
      const r = RHO * s + r0;
      return {
        moved: (w0 / RHO_2) * (coshR0 * Math.tanh(r) - sinhR0),
        width: (w0 * coshR0) / Math.cosh(r),
      };
    },
  };
}

/** Starts and ends at rest. */
function eased(share: number): number {
  return share * share * (3 - 2 * share);
}
