import type { ExportedPlot } from '../../../src/protocol/panelMessages';
import { exportPlot } from '../plots/exportPlot';
import type { ViewActions } from '../plots/viewActions';
import type { PlotName } from './plotName';

const EXPORTED: Readonly<Record<PlotName, ExportedPlot>> = {
  map: 'neighborhood',
  distribution: 'similarities',
};

/** Saves a drawing of the Neighbors view, if it is shown. @param page the element that holds it */
export function exportDrawing(
  page: Element,
  plot: PlotName,
  format: 'svg' | 'png',
  actions: ViewActions,
): void {
  const drawing = page.querySelector<SVGElement>(`svg[data-plot=${plot}]`);
  if (drawing) {
    void exportPlot(drawing, EXPORTED[plot], format, actions);
  }
}
