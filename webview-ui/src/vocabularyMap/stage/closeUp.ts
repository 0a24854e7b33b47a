import type { Camera, StageSize } from './camera';

/** Of the near neighbors, so many are in view; those that lie farthest may not be. */
const SEEN_SHARE = 0.8;
/** Of the stage's lesser half side, how much the way to them takes. */
const REACH_SHARE = 0.35;
const LEAST_ZOOM = 4;
const MOST_ZOOM = 80;
/** For a token whose neighbors are not known. */
const USUAL_ZOOM = 8;

/**
 * The camera that shows a token from near.
 *
 * @param positions x and y by id
 * @param near tokens to be in view
 * @param view how the map is looked at now
 * @returns undefined for a token without a place
 */
export function closeUp(
  positions: Float32Array,
  id: number,
  near: readonly number[],
  view: { readonly camera: Camera; readonly size: StageSize; readonly fitScale: number },
): Camera | undefined {
  const x = positions[2 * id];
  const y = positions[2 * id + 1];
  if (!Number.isFinite(x + y)) {
    return undefined;
  }
  const distances = near
    .map((other) => Math.hypot(positions[2 * other] - x, positions[2 * other + 1] - y))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (distances.length === 0) {
    return { x, y, scale: Math.max(view.camera.scale, USUAL_ZOOM * view.fitScale) };
  }
  const reach = distances[Math.floor(SEEN_SHARE * distances.length)];
  const room = (REACH_SHARE * Math.min(view.size.width, view.size.height)) / 2;
  const zoom = reach > 0 ? room / reach / view.fitScale : MOST_ZOOM;
  return { x, y, scale: Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom)) * view.fitScale };
}
