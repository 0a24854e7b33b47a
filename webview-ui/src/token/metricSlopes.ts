import type { MetricNeighborsView } from '../../../src/protocol/tokenPageView';

/** A line of the slope chart between the two lists. */
export interface Slope {
  /** Places in the two lists, counted from 0. */
  readonly left: number;
  readonly right: number;
  /** How many ranks it moves. */
  readonly moved: number;
}

/** Neighbors that stay within one rank are drawn quietly: they are where they were. */
export const MOVED_FROM = 2;

/** The neighbors that both lists show, in the order of the left one. */
export function slopesBetween([left, right]: readonly [MetricNeighborsView, MetricNeighborsView]): Slope[] {
  const places = new Map(right.neighbors.map(({ token }, place) => [token.id, place]));
  return left.neighbors.flatMap(({ token, rank, otherRank }, place) => {
    const other = places.get(token.id);
    return other === undefined ? [] : [{ left: place, right: other, moved: Math.abs(otherRank - rank) }];
  });
}

/** A smooth line from the left edge to the right one; heights are in CSS pixels. */
export function slopePath(from: number, to: number, width: number): string {
  const bend = width * 0.42;
  return `M0 ${from}C${bend} ${from} ${width - bend} ${to} ${width} ${to}`;
}
