import type { Polygon } from './lasso';
import { toScreen } from './camera';
import { drawDiamond } from './drawLinks';
import { nameBeside, pointOf, type SceneView } from './sceneView';

const QUERY_DIAMOND = 5;

/** The tokens of the query: diamonds with names. */
export function drawQuery(view: SceneView, ids: readonly number[], except: number | undefined): void {
  for (const id of ids) {
    const point = id === except ? undefined : pointOf(view, id);
    if (point) {
      drawDiamond(view, point, QUERY_DIAMOND);
      nameBeside(view, point, 6, view.nameOf(id), 700);
    }
  }
}

/** A way over tokens: a line through their points, each with its name. */
export function drawWay(view: SceneView, ids: readonly number[]): void {
  const { pen, colors } = view;
  const points = ids.flatMap((id) => {
    const point = pointOf(view, id);
    return point ? [{ id, ...point }] : [];
  });
  pen.path(
    points.flatMap(({ x, y }) => [x, y]),
    { color: colors.seriesB, width: 2, opacity: 0.9 },
  );
  points.forEach((point, index) => {
    pen.disc(point.x, point.y, 4.4, { color: colors.groundText });
    pen.disc(point.x, point.y, 3.4, { color: colors.seriesB });
    const isEnd = index === 0 || index === points.length - 1;
    nameBeside(view, point, 4, view.nameOf(point.id), isEnd ? 700 : 400);
  });
}

/** An area that was selected, or is being drawn, and a ring around each token in it. */
export function drawArea(view: SceneView, area: Polygon, ringed: Uint32Array): void {
  const { pen, colors, camera, size } = view;
  const corners: number[] = [];
  for (let i = 0; i + 1 < area.length; i += 2) {
    const { x, y } = toScreen(camera, size, area[i], area[i + 1]);
    corners.push(x, y);
  }
  pen.path(corners, { color: colors.focus, width: 1, dash: [4, 3] }, { color: colors.focus, opacity: 0.1 });
  for (const id of ringed) {
    const point = pointOf(view, id);
    if (point && point.x > 0 && point.y > 0 && point.x < size.width && point.y < size.height) {
      pen.disc(point.x, point.y, view.radius + 0.8, undefined, { color: colors.focus, width: 1 });
    }
  }
}
