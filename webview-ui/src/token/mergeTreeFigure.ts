import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import type { TokenView } from '../../../src/protocol/tokenView';
import type { PlotExport } from '../plots/drawingControls';
import { provenance, provenanceLine } from '../plots/provenance';
import type { MergeBox, MergeTreeLayout } from './mergeTreeLayout';

const BYTE_WIDTH = 48;
const ROW = 28;
const EDGE = 12;
const FOOT = 28;

/** The merge tree as it is saved. */
export function mergeTreeExport(
  token: TokenView,
  layout: MergeTreeLayout,
  model: ModelView | undefined,
): PlotExport {
  return { what: 'merge tree', plot: 'merges', figure: () => mergeTreeFigure(token, layout, model) };
}

function mergeTreeFigure(
  token: TokenView,
  layout: MergeTreeLayout,
  model: ModelView | undefined,
): TemplateResult {
  const width = Math.max(420, 2 * EDGE + layout.columns * BYTE_WIDTH);
  const height = EDGE + layout.rows * ROW + FOOT;
  return html`<svg class="drawing" width=${width} height=${height}>
    <title>Merge tree of token ${token.id}</title>
    <desc>
      ${`token ${JSON.stringify(token.plain)} (${token.id}), ${layout.columns} bytes, merged ${layout.rows - 1} levels deep; ${provenance(model)}`}
    </desc>
    ${layout.boxes.map(drawnBox)} ${provenanceLine(model, EDGE, height - 10)}
  </svg>`;
}

function drawnBox({ view, start, end, top, bottom, parent }: MergeBox): SVGTemplateResult {
  const kind = parent === undefined ? 'root' : top === 0 ? 'leaf' : 'inner';
  const x = EDGE + start * BYTE_WIDTH;
  const y = EDGE + top * ROW;
  const width = (end - start) * BYTE_WIDTH;
  const { token } = view;
  return svg`<rect class="tree-rect ${kind}" x=${x + 0.5} y=${y + 0.5} width=${width} height=${(bottom - top) * ROW} />
    <text class="middle" x=${x + width / 2} y=${y + 18}><tspan class="name">${token.plain}</tspan>${
      top === 0 ? '' : svg`<tspan class="quiet-text" dx="6">${token.id}</tspan>`
    }</text>`;
}
