import type { ScreenPoint } from './camera';
import { nameBeside, pointOf, type SceneView } from './sceneView';
import type { TokenLinks } from './stageMarks';

/** Distance from the edge at which lines to what is out of view end. */
const EDGE = 10;
/** A point nearer to the edge than this counts as out of view. */
const BORDER = 8;
const DIAMOND = 6.4;
const LINE_HEIGHT = 14;

/** The end of a line on the stage. */
interface LinkEnd extends ScreenPoint {
  readonly id: number;
  readonly near: boolean;
  /** At the edge, on the way to a point that is out of view. */
  readonly isCut: boolean;
}

/**
 * The selected token: lines to its true neighbors wherever they lie, to those out of view dashed up to the edge; discs, filled where the
 * neighbor is near on the map, hollow where it is not; names.
 */
export function drawSelection(view: SceneView, links: TokenLinks): void {
  const { pen, colors } = view;
  const from = pointOf(view, links.id);
  if (!from) {
    return;
  }
  const ends = linkEnds(view, from, links);
  for (const end of ends) {
    pen.path([from.x, from.y, end.x, end.y], {
      color: colors.focus,
      width: 1,
      opacity: end.isCut ? 0.55 : 0.8,
      ...(end.isCut && { dash: [3, 3] }),
    });
  }
  for (const end of ends.filter(({ isCut }) => !isCut)) {
    pen.disc(end.x, end.y, 4.4, { color: colors.groundText });
    if (end.near) {
      pen.disc(end.x, end.y, 3.4, { color: colors.series });
    } else {
      pen.disc(end.x, end.y, 3.2, undefined, { color: colors.series, width: 1.5 });
    }
  }
  drawDiamond(view, from, DIAMOND);
  nameBeside(view, from, 7, view.nameOf(links.id), 700);
  for (const end of ends) {
    if (end.isCut) {
      nameAtEdge(view, end);
    } else {
      nameBeside(view, end, 4, view.nameOf(end.id), 400);
    }
  }
}

/** The token under the pointer: a ring, its name, and thin lines to its true neighbors. */
export function drawHovered(view: SceneView, links: TokenLinks, hasName: boolean): void {
  const { pen, colors } = view;
  const from = pointOf(view, links.id);
  if (!from) {
    return;
  }
  for (const { id } of links.neighbors) {
    const to = pointOf(view, id);
    if (to) {
      pen.path([from.x, from.y, to.x, to.y], { color: colors.focus, width: 1, opacity: 0.5 });
    }
  }
  pen.disc(from.x, from.y, Math.max(5.5, view.radius + 2.5), undefined, { color: colors.focus, width: 1.5 });
  if (!hasName) {
    nameBeside(view, from, 7, view.nameOf(links.id), 700);
  }
}

/** A square on its corner, with a rim that parts it from the points. @param size half its diagonal in CSS pixels */
export function drawDiamond({ pen, colors }: SceneView, { x, y }: ScreenPoint, size: number): void {
  const corners = (half: number) => [x - half, y, x, y - half, x + half, y, x, y + half];
  pen.path(corners(size), { color: colors.groundText, width: 3 }, { color: colors.series });
  pen.path(corners(size), { color: colors.series, width: 0.5 }, { color: colors.series });
}

function linkEnds(view: SceneView, from: ScreenPoint, { neighbors }: TokenLinks): LinkEnd[] {
  const { width, height } = view.size;
  return neighbors.flatMap(({ id, near }) => {
    const to = pointOf(view, id);
    if (!to) {
      return [];
    }
    const isCut = to.x < BORDER || to.y < BORDER || to.x > width - BORDER || to.y > height - BORDER;
    return [{ id, near, isCut, ...(isCut ? cutAtEdge(from, to, width, height) : to) }];
  });
}

/** Where a line leaves the stage, a little within the edge. */
function cutAtEdge(from: ScreenPoint, to: ScreenPoint, width: number, height: number): ScreenPoint {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const shares = [
    dx < 0 ? (EDGE - from.x) / dx : dx > 0 ? (width - EDGE - from.x) / dx : 1,
    dy < 0 ? (EDGE - from.y) / dy : dy > 0 ? (height - EDGE - from.y) / dy : 1,
  ];
  // Where the token itself is out of view, its lines begin there.
  const share = Math.max(0, Math.min(1, ...shares));
  return { x: from.x + dx * share, y: from.y + dy * share };
}

/** The name of a neighbor that is out of view, with an arrow, in the first free line toward the middle. */
function nameAtEdge(view: SceneView, { id, x, y }: LinkEnd): void {
  const { pen, colors, room, size, nameOf } = view;
  const isRight = x > size.width / 2;
  const arrow = y <= EDGE + 1 ? '↑' : y >= size.height - EDGE - 1 ? '↓' : isRight ? '→' : '←';
  const text = isRight ? `${nameOf(id)} ${arrow}` : `${arrow} ${nameOf(id)}`;
  const look = { size: 11, family: 'mono', color: colors.quiet, halo: colors.groundText } as const;
  const width = pen.widthOf(text, look);
  const isHigh = y < size.height / 2;
  const left = Math.min(size.width - width - 6, Math.max(6, isRight ? x - width - 4 : x + 4));
  const first = Math.min(size.height - 6, Math.max(14, y + (isHigh ? 10 : -4)));
  for (let line = 0; line < 6; line++) {
    const baseline = first + line * LINE_HEIGHT * (isHigh ? 1 : -1);
    if (room.claim({ left: left - 2, top: baseline - 11, right: left + width + 2, bottom: baseline + 3 })) {
      pen.text(text, left, baseline, look);
      return;
    }
  }
}
