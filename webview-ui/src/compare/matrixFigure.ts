import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import type { CompareView, MatrixView } from '../../../src/protocol/compareView';
import type { PlotExport } from '../plots/drawingControls';
import { METRIC_NAMES } from '../plots/metricNames';
import { provenance, provenanceLine } from '../plots/provenance';
import { itemName } from './compareItem';
import { colorShare, heatNumber, heatScale, MOST_COLOR, needsStrongText, type HeatScale } from './heatScale';

const CELL_WIDTH = 48;
const CELL_HEIGHT = 28;
/** Width of a letter of the names in CSS pixels, for the room that they need. */
const LETTER = 7;
/** Names of columns stand at this angle, in degrees. */
const SLANT = -45;

/** The heat map as it is saved. */
export function matrixExport(compare: CompareView, matrix: MatrixView, order: readonly number[]): PlotExport {
  return { what: 'matrix', plot: 'matrix', figure: () => matrixFigure(compare, matrix, order) };
}

function matrixFigure(compare: CompareView, matrix: MatrixView, order: readonly number[]): TemplateResult {
  const names = compare.items.map(itemName);
  const scale = heatScale(matrix);
  const longest = Math.max(...names.map(({ length }) => length)) * LETTER;
  const left = longest + 20;
  const top = Math.ceil(longest * 0.71) + 24;
  const width = Math.max(480, left + order.length * CELL_WIDTH + Math.ceil(longest * 0.71) + 12);
  const height = top + order.length * CELL_HEIGHT + 32;
  return html`<svg class="drawing" width=${width} height=${height}>
    <title>${METRIC_NAMES[matrix.metric]} of ${order.length} texts, every pair</title>
    <desc>
      ${[...order.map((item) => JSON.stringify(compare.items[item]?.text)), matrix.metric, provenance(compare.model)].join('; ')}
    </desc>
    ${order.map((item, place) => {
      const x = left + (place + 0.5) * CELL_WIDTH;
      const y = top + (place + 0.5) * CELL_HEIGHT + 4;
      return svg`<text class="name" transform="translate(${x} ${top - 6}) rotate(${SLANT})">${names[item]}</text>
        <text class="name end" x=${left - 8} y=${y}>${names[item]}</text>`;
    })}
    ${order.map((row, rowPlace) =>
      order.map((column, columnPlace) =>
        cell(matrix, scale, row, column, left + columnPlace * CELL_WIDTH, top + rowPlace * CELL_HEIGHT),
      ),
    )}
    ${provenanceLine(compare.model, 12, height - 10)}
  </svg>`;
}

function cell(
  matrix: MatrixView,
  scale: HeatScale,
  row: number,
  column: number,
  x: number,
  y: number,
): SVGTemplateResult {
  const value = matrix.values[row]?.[column] ?? null;
  const share = value === null ? 0 : colorShare(value, scale);
  return svg`<rect class="heat-cell" x=${x} y=${y} width=${CELL_WIDTH - 1} height=${CELL_HEIGHT - 1} fill-opacity=${(share / MOST_COLOR).toFixed(3)} />
    <text class=${needsStrongText(share) ? 'heat-number middle strong' : 'heat-number middle'} x=${x + CELL_WIDTH / 2} y=${y + CELL_HEIGHT / 2 + 4}>${value === null ? '–' : heatNumber(value, matrix)}</text>`;
}
