/** Of the exponent, for a pixel that the wheel turns. */
const WHEEL_FACTOR = 0.0016;
/** A pinch on a touch pad comes as a wheel with Ctrl, in smaller steps. */
const PINCH_FACTOR = 0.01;
const LINE_PIXELS = 16;
const PAGE_PIXELS = 400;
/** The wheel of some mice jumps: one event does not zoom further. */
const MOST_AT_ONCE = 2.5;

/** How much a turn of the wheel zooms: above 1 in, below 1 out. */
export function wheelFactor({ deltaMode, deltaY, ctrlKey }: WheelEvent): number {
  const unit = deltaMode === 1 ? LINE_PIXELS : deltaMode === 2 ? PAGE_PIXELS : 1;
  const exponent = -deltaY * unit * (ctrlKey ? PINCH_FACTOR : WHEEL_FACTOR);
  return Math.min(MOST_AT_ONCE, Math.max(1 / MOST_AT_ONCE, Math.exp(exponent)));
}
