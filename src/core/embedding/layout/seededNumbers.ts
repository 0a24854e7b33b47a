/** Seeded random numbers (mulberry32): whole-number arithmetic, so the same everywhere. Not for cryptography. */
export class SeededNumbers {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** A whole number, 0 ≤ x < 2³². */
  uint32(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** −1 ≤ x < 1. */
  signed(): number {
    return this.uint32() / 2 ** 31 - 1;
  }
}
