/** Points of a cell: those from one place to before another, and how many there are with those in the eight cells around it. */
export interface RadiusCell {
  readonly first: number;
  readonly end: number;
  readonly countAround: number;
}

/** Some points in the cells of a grid that is as wide as a radius, so that what is near a point lies in the nine cells around it. */
export class RadiusCells {
  /** The points, cell by cell, rows of cells one after the other. What is called a place counts them. */
  readonly points: Uint32Array;
  private readonly xs: Float64Array;
  private readonly ys: Float64Array;
  private readonly squaredRadius: number;
  /** Of each cell that holds any: its number, rising, and its first place; behind them the count of all. */
  private readonly numbers: number[] = [];
  private readonly firsts: number[] = [];
  private readonly cellOf: Uint32Array;
  /** Cells of a row, with room for one beyond each end. */
  private readonly stride: number;
  /** Of each cell the places that lie around it: from and to, for each of the three rows. */
  private readonly around: Uint32Array;

  /**
   * @param positions x and y of each point, finite.
   * @param points Which of them, by rising number.
   * @param radius ≥ 0; so near counts as near.
   */
  constructor(positions: Float32Array, points: Uint32Array, radius: number) {
    this.squaredRadius = radius * radius;
    // A little wider, so that rounding takes no near points two cells apart. Where all coincide, any width will do.
    const side = radius > 0 ? radius * (1 + 1e-6) : 1;
    const columns = Float64Array.from(points, (point) => Math.floor(positions[2 * point] / side));
    const rows = Float64Array.from(points, (point) => Math.floor(positions[2 * point + 1] / side));
    const firstColumn = columns.reduce((least, column) => Math.min(least, column), Infinity);
    const lastColumn = columns.reduce((most, column) => Math.max(most, column), -Infinity);
    this.stride = lastColumn - firstColumn + 3;
    const numberOf = rows.map((row, at) => row * this.stride + columns[at] - firstColumn);
    const order = Uint32Array.from(points.keys()).sort((a, b) => numberOf[a] - numberOf[b] || a - b);
    this.points = order.map((at) => points[at]);
    this.xs = Float64Array.from(this.points, (point) => positions[2 * point]);
    this.ys = Float64Array.from(this.points, (point) => positions[2 * point + 1]);
    this.cellOf = new Uint32Array(points.length);
    order.forEach((at, place) => {
      if (this.numbers.at(-1) !== numberOf[at]) {
        this.numbers.push(numberOf[at]);
        this.firsts.push(place);
      }
      this.cellOf[place] = this.numbers.length - 1;
    });
    this.firsts.push(points.length);
    this.around = this.findAround();
  }

  /** Those with the most points around them first. */
  byCountAround(): RadiusCell[] {
    return this.numbers
      .map((_, cell) => ({
        first: this.firsts[cell],
        end: this.firsts[cell + 1],
        countAround: this.countAround(cell),
      }))
      .sort((a, b) => b.countAround - a.countAround);
  }

  /** How many points are near the one at a place, itself counted. */
  countNear(place: number): number {
    const { xs, ys, squaredRadius, around } = this;
    const x = xs[place];
    const y = ys[place];
    let count = 0;
    for (let range = 6 * this.cellOf[place], end = range + 6; range < end; range += 2) {
      for (let other = around[range]; other < around[range + 1]; other++) {
        const toX = xs[other] - x;
        const toY = ys[other] - y;
        count += toX * toX + toY * toY <= squaredRadius ? 1 : 0;
      }
    }
    return count;
  }

  /** The mean of the points near the one at a place. */
  meanNear(place: number): readonly [x: number, y: number] {
    const { xs, ys, squaredRadius } = this;
    let count = 0;
    let sumX = 0;
    let sumY = 0;
    for (let other = 0; other < xs.length; other++) {
      if ((xs[other] - xs[place]) ** 2 + (ys[other] - ys[place]) ** 2 <= squaredRadius) {
        count++;
        sumX += xs[other];
        sumY += ys[other];
      }
    }
    return [sumX / count, sumY / count];
  }

  private countAround(cell: number): number {
    let count = 0;
    for (let range = 6 * cell; range < 6 * cell + 6; range += 2) {
      count += this.around[range + 1] - this.around[range];
    }
    return count;
  }

  /** Three cells of a row that lie beside each other hold points one after the other. */
  private findAround(): Uint32Array {
    const around = new Uint32Array(6 * this.numbers.length);
    [-1, 0, 1].forEach((row, range) => {
      let first = 0;
      let end = 0;
      // Cells come by rising number, so that their ranges rise, too.
      this.numbers.forEach((number, cell) => {
        const middle = number + row * this.stride;
        while (first < this.numbers.length && this.numbers[first] < middle - 1) {
          first++;
        }
        while (end < this.numbers.length && this.numbers[end] <= middle + 1) {
          end++;
        }
        around[6 * cell + 2 * range] = this.firsts[first];
        around[6 * cell + 2 * range + 1] = this.firsts[Math.max(first, end)];
      });
    });
    return around;
  }
}
