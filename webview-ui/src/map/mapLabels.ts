import type { TokenView } from '../../../src/protocol/tokenView';
import { placeLabels, type Anchor, type Box } from './labelPlacement';
import type { MapGeometry, Point } from './mapGeometry';

/** A label as it is drawn: its text, and the open boxes for its spaces, relative to the start of its baseline. */
export interface MapLabel extends Point {
  /** −1 for the query. */
  readonly index: number;
  readonly text: string;
  readonly spaces: readonly { readonly x: number; readonly width: number }[];
}

type Labeled = Pick<TokenView, 'label'>;

/** Longer labels end in an ellipsis; the list and the tooltip have the whole token. */
const MAX_LABEL_CHARACTERS = 20;
const graphemes = new Intl.Segmenter('en');
const POINT_RADIUS = 4.5;
const QUERY_RADIUS = 7;
/** The captions of the axes, top left and bottom right. */
const CAPTION_WIDTH = 76;
const CAPTION_HEIGHT = 18;

/**
 * Labels for the query, the selected point, then the others by rank, as far as there is room.
 *
 * @param tokens those of the points
 * @param selected number of the selected point, −1 for none
 * @param measure the width of a text in CSS pixels, in the font of the labels
 * @param queryPoint number of the point that is the query itself and has its label already; −1 for none
 */
export function mapLabels(
  geometry: MapGeometry,
  queryToken: Labeled | undefined,
  tokens: readonly Labeled[],
  selected: number,
  measure: (text: string, bold: boolean) => number,
  queryPoint = -1,
): MapLabel[] {
  const order = [...geometry.points.keys()].filter((index) => index !== selected && index !== queryPoint);
  if (selected >= 0 && selected < geometry.points.length && selected !== queryPoint) {
    order.unshift(selected);
  }
  const drafts: (Omit<MapLabel, 'x' | 'y'> & Anchor)[] = [];
  const add = (index: number, token: Labeled | undefined, point: Point | undefined): void => {
    if (token && point) {
      const isBold = index === -1 || index === selected;
      drafts.push({
        index,
        mustShow: isBold,
        ...point,
        ...labelText(token, (text) => measure(text, isBold)),
      });
    }
  };
  add(-1, queryToken, geometry.query);
  order.forEach((index) => add(index, tokens[index], geometry.points[index]));
  const { width, height } = geometry;
  const bounds = { left: 2, top: 2, right: width - 2, bottom: height - 2 };
  return placeLabels(drafts, obstacles(geometry), bounds).flatMap((place, number) => {
    const draft = drafts[number];
    return place && draft
      ? [{ index: draft.index, text: draft.text, spaces: draft.spaces, x: place.x, y: place.y }]
      : [];
  });
}

function obstacles({ width, height, query, points }: MapGeometry): Box[] {
  const captions = [
    { left: 0, top: 0, right: CAPTION_WIDTH, bottom: CAPTION_HEIGHT },
    { left: width - CAPTION_WIDTH, top: height - CAPTION_HEIGHT, right: width, bottom: height },
  ];
  return [...captions, around(query, QUERY_RADIUS), ...points.map((point) => around(point, POINT_RADIUS))];
}

function around({ x, y }: Point, radius: number): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function labelText(
  token: Labeled,
  measure: (text: string) => number,
): { text: string; width: number; spaces: { x: number; width: number }[] } {
  let text = '';
  let length = 0;
  const spaces: { x: number; width: number }[] = [];
  for (const segment of token.label.segments) {
    if (segment.kind === 'space') {
      spaces.push({ x: measure(text), width: measure(' ') });
    }
    for (const { segment: character } of graphemes.segment(segment.text)) {
      if (length === MAX_LABEL_CHARACTERS) {
        return { text: `${text}…`, width: measure(`${text}…`), spaces };
      }
      text += character;
      length++;
    }
  }
  return { text, width: measure(text), spaces };
}
