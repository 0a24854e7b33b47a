/**
 * A color as one number, as four bytes of an ImageData hold it: red lowest, then green, blue and alpha. All processors on which VS Code runs
 * have the lowest byte first.
 */
export type PackedColor = number;

/** Channels of a color on the screen, 0 … 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** @returns the color without transparency */
export function packedColor([red, green, blue]: Rgb): PackedColor {
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}
