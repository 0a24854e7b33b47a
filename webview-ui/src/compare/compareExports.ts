import type { PanelRequest } from '../../../src/protocol/panelMessages';
import type { PlotExport } from '../plots/drawingControls';
import { pairItems } from './compareItem';
import type { CompareHolder } from './compareState';
import { matrixExport } from './matrixFigure';
import { pairExport } from './pairFigure';
import { shownOrder } from './shownOrder';

/** What can be saved of a comparison: its numbers, by a request, and its drawing. */
interface ComparisonExports {
  /** What the numbers are called: `matrix`, `values`. */
  readonly table: string;
  readonly request: (to: 'file' | 'clipboard') => PanelRequest;
  readonly plot: PlotExport;
}

/** What the Compare view shows as far as it can be saved; undefined while nothing is drawn. */
export function comparisonExports({ snapshot, compareView }: CompareHolder): ComparisonExports | undefined {
  const compare = snapshot?.compare;
  if (compare?.mode === 'matrix' && compare.matrix && compare.items.length > 1) {
    const order = shownOrder(compare.matrix, compareView);
    return {
      table: 'matrix',
      request: (to) => ({ type: 'exportMatrix', to, order }),
      plot: matrixExport(compare, compare.matrix, order),
    };
  }
  const [a, b] = pairItems(compare);
  return compare?.mode === 'pair' && compare.pair && a && b
    ? {
        table: 'values',
        request: (to) => ({ type: 'exportPair', to }),
        plot: pairExport(compare.pair, [a, b], compare.model),
      }
    : undefined;
}
