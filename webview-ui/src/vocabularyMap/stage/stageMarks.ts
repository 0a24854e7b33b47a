import type { Polygon } from './lasso';

/** A token with its true neighbors, to which lines are drawn. */
export interface TokenLinks {
  readonly id: number;
  /** Nearest first. */
  readonly neighbors: readonly {
    readonly id: number;
    /** Whether it is among the 100 points around the token. */
    readonly near: boolean;
  }[];
}

/** What is drawn over the points beside labels. */
export interface StageMarks {
  readonly selection: TokenLinks | undefined;
  /** The token under the pointer, or pointed at elsewhere. */
  readonly hovered: TokenLinks | undefined;
  /** Tokens of the query. */
  readonly query: readonly number[];
  /** A way over tokens. */
  readonly way: readonly number[];
  /** Corners in units of the world, of an area that was selected or is being drawn. */
  readonly area: Polygon | undefined;
  /** Tokens within the area, each with a ring. */
  readonly ringed: Uint32Array;
}

export const NO_MARKS: StageMarks = {
  selection: undefined,
  hovered: undefined,
  query: [],
  way: [],
  area: undefined,
  ringed: new Uint32Array(0),
};
