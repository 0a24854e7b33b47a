import type { IndexMemory } from './indexMemory';

/** Figures about a finished index, beside its arrays. */
export interface IndexFigures {
  /** The largest √Σ code² of a row. */
  readonly largestCodeLength: number;
  /** At least the largest ‖scale · code‖ of a row. */
  readonly largestCodedLength: number;
  /** Rows that hold neither NaN nor infinity. */
  readonly rankedCount: number;
  /** Mean of Σ value² over them. */
  readonly meanSquaredNorm: number;
}

/** Names and bytes of the arrays that make a finished index: all that has to be kept to have it again. */
export function indexSections(memory: IndexMemory): ReadonlyMap<string, Uint8Array> {
  const { layout, paddedRows, paddedDimension } = memory;
  const perRow = (address: number, bytes: number): Uint8Array => memory.bytes(address, paddedRows * bytes);
  const bitPerRow = (address: number): Uint8Array => memory.bytes(address, Math.ceil(paddedRows / 32) * 4);
  return new Map([
    ['codes', perRow(layout.codes, paddedDimension)],
    ['scales', perRow(layout.scales, 4)],
    ['residuals', perRow(layout.residuals, 4)],
    ['codeSums', perRow(layout.codeSums, 4)],
    ['squaredNorms', perRow(layout.squaredNorms, 8)],
    ['norms', perRow(layout.norms, 8)],
    ['rankedRows', bitPerRow(layout.rankedRows)],
    ['moderateRows', bitPerRow(layout.moderateRows)],
    ['centeredRows', bitPerRow(layout.centeredRows)],
    ['centeredSquares', perRow(layout.centeredSquares, 8)],
    ['center', memory.bytes(layout.center, paddedDimension * 4)],
    ['mean', memory.bytes(layout.mean, paddedDimension * 8)],
    ['codedSum', memory.bytes(layout.codedSum, paddedDimension * 4)],
    // They follow from the others; reading them is quicker than computing them.
    ['lengthGains', perRow(layout.lengthGains, 4)],
    ['euclideanOffsets', perRow(layout.euclideanOffsets, 4)],
    ['centeredGains', perRow(layout.centeredGains, 4)],
    ['centeredOffsets', perRow(layout.centeredOffsets, 4)],
  ]);
}
