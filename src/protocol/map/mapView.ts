/**
 * What the snapshot says of the map of all tokens: its state and its figures, a few hundred bytes. The positions travel once, as
 * messages of their own (`mapMessages.ts`).
 */
export type MapView =
  /** Nothing can be drawn yet: the model is being loaded (`PanelSnapshot.embeddings` says more) or its axes are being computed. */
  | { readonly stage: 'waiting' }
  /** All rows on their two principal axes, until there is a layout. */
  | {
      readonly stage: 'linear';
      /** Shares of the spread along the two axes, 0 … 1. */
      readonly explained: readonly [number, number];
      readonly graph: MapGraphView;
    }
  /** The layout is being made: positions come several times a second. */
  | ({ readonly stage: 'unfolding' } & MapProgressView & {
        readonly epoch: number;
        readonly epochs: number;
      })
  /** It was stopped by hand: the positions are those of that moment, and nothing is said of how far they are true. */
  | { readonly stage: 'stopped'; readonly epoch: number; readonly epochs: number }
  | { readonly stage: 'ready'; readonly figures: MapFiguresView }
  /** There is none of such a matrix, however often it is asked for: one sentence or two. */
  | { readonly stage: 'refused'; readonly reason: string }
  | { readonly stage: 'failed'; readonly message: string };

/** What becomes of the neighbor graph, which the layout is made from. */
export type MapGraphView =
  /** It has been waited for, and given up by hand; it can be built on. */
  | { readonly state: 'stopped' }
  | ({ readonly state: 'building' } & MapProgressView)
  /** The matrix is too large for it, or nothing can be kept: one sentence. */
  | { readonly state: 'refused'; readonly reason: string };

export interface MapProgressView {
  /** Share of the work that is done, 0 … 1. */
  readonly fraction: number;
  /** Missing while it cannot be told. */
  readonly secondsLeft?: number;
}

/** How a layout was made, and how far it can be believed: shares 0 … 1, as in `LayoutFigures`. */
export interface MapFiguresView {
  readonly tokenCount: number;
  /** Tokens that have a place. */
  readonly placedCount: number;
  /** Of the 15 true neighbors of a token: those among its 15 nearest points. */
  readonly kept: number;
  /** Of the 15 true neighbors: those among its 100 nearest points. */
  readonly near: number;
  /** Of the tokens: those that keep no true neighbor among their 15 nearest points. */
  readonly noneKept: number;
  /** Of the true neighbors: those farther away than a quarter of the map. */
  readonly torn: number;
  /** Of the tokens: those whose nearest neighbor is so far away. */
  readonly tornFirst: number;
  readonly seed: number;
  readonly epochs: number;
  /** Whether it was opened, or made just now. */
  readonly source: 'kept' | 'made';
  /** How long it took to open or to make it. */
  readonly milliseconds: number;
}
