import { isFiniteNumber, isWholeNumber, listOf, oneOf, parseFields, parseFlag, type Parse } from '../parsing';

/** What the colors of the map can tell: `plain` is nothing, so that what is selected stands out. */
export const MAP_COLORINGS = [
  'kind',
  'plain',
  'truth',
  'mergeRank',
  'similarity',
  'document',
  'norm',
  'centroidDistance',
] as const;
export type MapColoring = (typeof MAP_COLORINGS)[number];

/** Most kinds of token that there are; see `TOKEN_KINDS`. */
const MAX_KINDS = 16;

/** Which part of the map is looked at. */
export interface MapCamera {
  /** The point in the middle, in the units of the positions. */
  readonly x: number;
  readonly y: number;
  /** 1 for the whole map; twice as much shows half of its width. */
  readonly zoom: number;
}

/** How the map was left. What is missing is as the page finds best. */
export interface MapArrangement {
  readonly coloring?: MapColoring;
  readonly camera?: MapCamera;
  /** Token that is selected on the map; its own id, whatever the query is. */
  readonly selectedId?: number;
  /** Whether the list stands beside the map. */
  readonly isListOpen?: boolean;
  /** Entries of the legend that are dimmed: places in `TOKEN_KINDS`. */
  readonly dimmedKinds?: readonly number[];
}

/** Parses what is looked at; undefined for what no camera can be. */
export const parseMapCamera: Parse<MapCamera> = (value) =>
  parseFields(value, {
    x: parsePlace,
    y: parsePlace,
    zoom: (zoom) => (isFiniteNumber(zoom) && zoom > 0 && zoom <= MAX_ZOOM ? zoom : undefined),
  });

/** Beyond, numbers of single precision do not tell neighboring points apart. */
export const MAX_ZOOM = 4_096;

/** Parses an arrangement; undefined when one of its members is none. */
export const parseMapArrangement: Parse<MapArrangement> = (value) =>
  parseFields<object, MapArrangement>(
    value,
    {},
    {
      coloring: oneOf(...MAP_COLORINGS),
      camera: parseMapCamera,
      selectedId: (id) => (isWholeNumber(id, 0, 2 ** 31) ? id : undefined),
      isListOpen: parseFlag,
      dimmedKinds: listOf((kind) => (isWholeNumber(kind, 0, MAX_KINDS - 1) ? kind : undefined), MAX_KINDS),
    },
  );

function parsePlace(value: unknown): number | undefined {
  return isFiniteNumber(value) && Math.abs(value) <= 1e6 ? value : undefined;
}
