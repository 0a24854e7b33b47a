/** Share of the points that the typical diameter holds. */
const WITHIN = 0.95;

/** Twice the distance from the mean that 95 % of the points do not exceed: islands that drifted far out do not count. */
export function typicalDiameter(positions: Float32Array): number {
  const radii = squaredRadii(positions).sort();
  return radii.length === 0 ? 0 : 2 * Math.sqrt(radii[Math.ceil(WITHIN * radii.length) - 1]);
}

/** Root of the mean of the squared distances from the mean. */
export function rootMeanSquareRadius(positions: Float32Array): number {
  const radii = squaredRadii(positions);
  return Math.sqrt(radii.reduce((sum, squared) => sum + squared, 0) / Math.max(1, radii.length));
}

function squaredRadii(positions: Float32Array): Float64Array {
  const count = positions.length / 2;
  let meanX = 0;
  let meanY = 0;
  for (let point = 0; point < count; point++) {
    meanX += positions[2 * point] / count;
    meanY += positions[2 * point + 1] / count;
  }
  return Float64Array.from({ length: count }, (_, point) => {
    const x = positions[2 * point] - meanX;
    const y = positions[2 * point + 1] - meanY;
    return x * x + y * y;
  });
}
