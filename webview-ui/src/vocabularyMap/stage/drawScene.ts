import { drawHovered, drawSelection } from './drawLinks';
import { drawLabels } from './drawLabels';
import { drawArea, drawQuery, drawWay } from './drawMarks';
import type { LabelSource } from './labelSource';
import type { SceneView } from './sceneView';
import type { StageMarks } from './stageMarks';

/** All that is drawn over the points, back to front. What must have its name comes first; labels take what room is left. */
export function drawScene(
  view: SceneView,
  marks: StageMarks,
  labels: LabelSource | undefined,
  zoom: number,
): void {
  const { selection, hovered, query, way, area, ringed } = marks;
  if (area) {
    drawArea(view, area, ringed);
  }
  const named = new Set<number>();
  if (way.length > 0) {
    drawWay(view, way);
    way.forEach((id) => named.add(id));
  }
  if (selection) {
    drawSelection(view, selection);
    named.add(selection.id);
    selection.neighbors.forEach(({ id }) => named.add(id));
  }
  drawQuery(view, query, selection?.id);
  query.forEach((id) => named.add(id));
  if (hovered) {
    drawHovered(view, hovered, named.has(hovered.id));
    named.add(hovered.id);
  }
  if (labels) {
    drawLabels(view, labels, zoom, named);
  }
}
