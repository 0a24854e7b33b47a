/**
 * The mean cosine of all pairs of rows (each with itself too), plain and centered, from one pass over the rows: the mean of uᵢ·uⱼ over
 * all i and j is ‖mean of uᵢ‖², with uᵢ the rows at unit length. Zero rows have a cosine of 0 with everything. Rows that hold NaN or
 * infinity do not count.
 */
export class AverageCosines {
  private readonly units: Float64Array;
  private readonly centeredUnits: Float64Array;
  private count = 0;

  /** @param meanRow Mean of all rows that count, in double precision. */
  constructor(private readonly meanRow: Float64Array) {
    this.units = new Float64Array(meanRow.length);
    this.centeredUnits = new Float64Array(meanRow.length);
  }

  /** @param rows Whole rows, row-major. */
  add(rows: Float32Array): void {
    const { meanRow } = this;
    const dimension = meanRow.length;
    for (let start = 0; start + dimension <= rows.length; start += dimension) {
      let squared = 0;
      let centeredSquared = 0;
      for (let j = 0; j < dimension; j++) {
        const value = rows[start + j];
        const centered = value - meanRow[j];
        squared += value * value;
        centeredSquared += centered * centered;
      }
      if (Number.isFinite(squared)) {
        this.count++;
        this.addRow(rows, start, inverseLength(squared), inverseLength(centeredSquared));
      }
    }
  }

  get averageCosine(): number {
    return this.squaredMean(this.units);
  }

  get averageCentered(): number {
    return this.squaredMean(this.centeredUnits);
  }

  private addRow(rows: Float32Array, start: number, factor: number, centeredFactor: number): void {
    const { units, centeredUnits, meanRow } = this;
    for (let j = 0; j < meanRow.length; j++) {
      const value = rows[start + j];
      units[j] += value * factor;
      centeredUnits[j] += (value - meanRow[j]) * centeredFactor;
    }
  }

  private squaredMean(sums: Float64Array): number {
    const count = Math.max(1, this.count);
    return sums.reduce((sum, value) => sum + (value / count) ** 2, 0);
  }
}

function inverseLength(squared: number): number {
  return squared === 0 ? 0 : 1 / Math.sqrt(squared);
}
