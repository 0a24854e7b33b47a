/*
 * How strongly points push each other away grows from half to twenty-four within the first half of the epochs. Full strength at once
 * would freeze what the two axes of the start happen to tear apart: the first of them often is "with a space before it or not".
 */
const FIRST_STRENGTH = 0.5;
const GROWTH = 48;

/** The strength of each epoch. By multiplications alone: what `Math.pow` gives differs between engines. */
export function repulsionRamp(epochs: number): Float32Array {
  const growing = Math.max(1, Math.floor(epochs / 2));
  const factor = rootOf(GROWTH, growing);
  const strengths = new Float32Array(epochs);
  let strength = FIRST_STRENGTH;
  for (let epoch = 0; epoch < epochs; epoch++) {
    strengths[epoch] = strength;
    strength = epoch + 1 < growing ? strength * factor : FIRST_STRENGTH * GROWTH;
  }
  return strengths;
}

/** The n-th root of a value above 1, to the last bits. */
function rootOf(value: number, n: number): number {
  let low = 1;
  let high = value;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) {
      return low;
    }
    let power = 1;
    for (let i = 0; i < n && power <= value; i++) {
      power *= middle;
    }
    if (power <= value) {
      low = middle;
    } else {
      high = middle;
    }
  }
}
