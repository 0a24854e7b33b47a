/** How a layout is made. The same settings and the same graph give the same positions, bit for bit. */
export interface LayoutSettings {
  /** Rounds in which points move, a whole number ≥ 1. */
  readonly epochs: number;
  /** Decides what is left to chance: a whole number, 0 … 2³² − 1. */
  readonly seed: number;
}

export const LAYOUT_SETTINGS: LayoutSettings = { epochs: 400, seed: 1 };

/** True neighbors of a row that the layout tries to keep near it; the row itself is none. */
export const LAYOUT_NEIGHBORS = 15;

/** To be raised with every change that gives other positions, regions or places of these. */
export const LAYOUT_VERSION = 3;

/** @throws {RangeError} for settings that no layout can have. */
export function checkLayoutSettings({ epochs, seed }: LayoutSettings): void {
  if (!(Number.isInteger(epochs) && epochs >= 1 && epochs <= 10_000)) {
    throw new RangeError(`A layout of ${epochs} epochs is not possible.`);
  }
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new RangeError(`A layout cannot have the seed ${seed}.`);
  }
}
