import type { MapArrangement, MapColoring } from './mapArrangement';

/** Numbers travel in the order of bytes of the machine: both sides are on it. */

/** Host → webview: what the map draws. Each says which model it is about, so that what comes late is known. */
export type MapToWebview =
  /** The texts and kinds of all tokens. Once for a model. */
  | {
      readonly type: 'mapTokens';
      readonly model: string;
      /** Visible texts by id, which hold no line feed, joined by line feeds. An id without a token has an empty one. */
      readonly texts: string;
      /** A byte a token: its place in `TOKEN_KINDS`. */
      readonly kinds: ArrayBuffer;
    }
  /** Places of all tokens: of the linear map, of a layout while it unfolds, or of the layout. */
  | {
      readonly type: 'mapPositions';
      readonly model: string;
      readonly stage: 'linear' | 'unfolding' | 'ready';
      /** x and y of each token as 32-bit floats; NaN without a place. */
      readonly positions: ArrayBuffer;
    }
  /** What is known of a layout besides its positions, which came before. */
  | {
      readonly type: 'mapLayout';
      readonly model: string;
      /** Checksum of the positions. */
      readonly layout: string;
      /** A byte a token: how many of its 15 true neighbors are near, 0 … 15. */
      readonly near: ArrayBuffer;
      /** From coarse to fine, each by falling size. */
      readonly regions: readonly (readonly MapRegion[])[];
    }
  /** Answers the request with this number. */
  | { readonly type: 'mapAnswer'; readonly to: number; readonly answer: MapAnswer }
  /** Counts of the tokens of the document that is looked at, while the map is colored by it. Comes again after each change, at rest. */
  | {
      readonly type: 'mapDocument';
      /** Its file's name, or its title; empty where there is no document. */
      readonly name: string;
      /** Ids that occur, as 32-bit unsigned numbers, rising. */
      readonly ids: ArrayBuffer;
      /** How often each occurs, as 32-bit unsigned numbers. */
      readonly counts: ArrayBuffer;
    }
  /** Selects the first of these tokens and brings all of them into view. */
  | { readonly type: 'showOnMap'; readonly ids: readonly number[] };

/** A part of the map with a name. */
export interface MapRegion {
  /** Its densest spot, in the units of the positions. */
  readonly x: number;
  readonly y: number;
  /** Tokens in it. */
  readonly size: number;
  /** Up to three typical ones, by id. */
  readonly tokens: readonly number[];
  /** Place in `TOKEN_KINDS` of most of its tokens, where less than half are words. */
  readonly kind?: number;
}

export type MapAnswer =
  /**
   * The true neighbors of a token, most similar first, without itself, with their cosine similarity; and that of all tokens on average,
   * where it is known.
   */
  | { readonly kind: 'neighbors'; readonly neighbors: readonly MapNeighbor[]; readonly average?: number }
  /** A way over true neighbors, both ends included; empty where there is none. */
  | { readonly kind: 'path'; readonly ids: readonly number[] }
  /** A value of each token as 32-bit floats; NaN where it has none. */
  | { readonly kind: 'values'; readonly values: ArrayBuffer }
  /** A bit a token, the lowest first: whether the panel's filters let it through. */
  | { readonly kind: 'allowed'; readonly bits: ArrayBuffer };

export interface MapNeighbor {
  readonly id: number;
  /** Cosine similarity, −1 … 1. */
  readonly score: number;
}

/** Values that the host gives for a coloring. */
export const MAP_VALUES = ['similarity', 'norm', 'centroidDistance'] as const;
export type MapValuesName = Extract<MapColoring, (typeof MAP_VALUES)[number]>;

/** Requests that are answered by `mapAnswer`. */
export const ANSWERED_BY_MAP = ['mapNeighbors', 'mapPath', 'mapValues', 'mapAllowed'] as const;

/** Most tokens of a list that is made on the map. */
export const MAX_MAP_LIST = 1_000_000;

/** Most tokens whose mean can be asked about. */
export const MAX_MEAN_IDS = 200;

/** All that the page asks of the map. */
export const MAP_REQUESTS: readonly MapRequest['type'][] = [
  ...ANSWERED_BY_MAP,
  'makeMap',
  'stopMap',
  'arrangeMap',
  'showTokenOnMap',
  'askMean',
  'compareTokens',
  'exportMap',
  'exportMapList',
];

/** Webview → host. Those of {@link ANSWERED_BY_MAP} are answered by `mapAnswer`, or refused. */
export type MapRequest =
  | { readonly type: 'mapNeighbors'; readonly id: number }
  | { readonly type: 'mapPath'; readonly from: number; readonly to: number }
  /** `similarity` is that to the query that is shown, by its metric. */
  | { readonly type: 'mapValues'; readonly values: MapValuesName }
  /** Which tokens the panel's filters let through. */
  | { readonly type: 'mapAllowed' }
  /** Builds the graph and the layout, after they were stopped or failed. */
  | { readonly type: 'makeMap' }
  /** Stops what is being built; the map stays as it is. */
  | { readonly type: 'stopMap' }
  /** Keeps how the map is left. */
  | { readonly type: 'arrangeMap'; readonly arrangement: MapArrangement }
  /** Opens the map where another view is shown, and shows this token on it: answered by `showOnMap` once there is a map. */
  | { readonly type: 'showTokenOnMap'; readonly id: number }
  /** Asks about the mean of some tokens, at most {@link MAX_MEAN_IDS}, under the panel's views. */
  | { readonly type: 'askMean'; readonly ids: readonly number[] }
  /** Sets some tokens side by side, at most `MAX_COMPARED`. */
  | { readonly type: 'compareTokens'; readonly ids: readonly number[] }
  /** The positions of all tokens as CSV. */
  | { readonly type: 'exportMap' }
  /** Some tokens as CSV: id, token, place, how far it is true; at most {@link MAX_MAP_LIST}. */
  | {
      readonly type: 'exportMapList';
      readonly to: 'file' | 'clipboard';
      readonly ids: readonly number[];
    };
