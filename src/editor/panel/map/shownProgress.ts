import type { MapProgressView } from '../../../protocol/map/mapView';

/** Steps of the share of a work that a bar tells apart. */
const STEPS = 400;

/** A progress as a page shows it, so that what looks the same is the same: the share in steps, and whole seconds. */
export function shownProgress({ fraction, secondsLeft }: MapProgressView): MapProgressView {
  return {
    fraction: Math.floor(Math.min(1, Math.max(0, fraction)) * STEPS) / STEPS,
    ...(secondsLeft !== undefined && { secondsLeft: Math.max(0, Math.ceil(secondsLeft)) }),
  };
}
