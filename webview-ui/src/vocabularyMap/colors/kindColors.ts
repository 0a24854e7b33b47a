import { TOKEN_KINDS } from '../../../../src/core/query/mapLabels/tokenKinds';
import { KIND_NAMES } from '../kindNames';
import { DIM_COLOR, type PointColors } from './pointColors';

/** A color for each kind of token. */
export function kindColors(kinds: Uint8Array): PointColors {
  return {
    index: kinds,
    palette: TOKEN_KINDS.map((kind) => ({ color: KIND_NAMES[kind].color })),
    onTop: 'common',
  };
}

/** All points alike, where nothing tells their kinds. */
export function oneColor(count: number): PointColors {
  return { index: new Uint8Array(count), palette: [{ color: KIND_NAMES.spaced.color }], onTop: 'common' };
}

/** All points alike and dim, so that only what is selected stands out. */
export function plainColors(count: number): PointColors {
  return { index: new Uint8Array(count), palette: [{ color: DIM_COLOR }], onTop: 'common' };
}
