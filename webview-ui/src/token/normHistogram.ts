import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import type { TokenMeasuresView } from '../../../src/protocol/tokenPageView';
import type { TokenView } from '../../../src/protocol/tokenView';
import { formatCount, formatNorm } from '../numbers';
import { exportButtons, tableButton, type PlotExport } from '../plots/drawingControls';
import { ordinalPercentile } from '../plots/percentile';
import { provenance, provenanceLine } from '../plots/provenance';
import type { ViewActions } from '../plots/viewActions';
import type { TokenPageState } from './tokenPageState';
import { ofRows } from '../rowNames';

const WIDTH = 240;
const HEIGHT = 44;
const FIGURE_WIDTH = 480;
const FIGURE_HEIGHT = 200;

/** How the norms of all tokens are distributed, and where this one lies. */
export function normHistogram(
  token: TokenView,
  measures: TokenMeasuresView,
  model: ModelView | undefined,
  state: TokenPageState,
  actions: ViewActions,
): TemplateResult {
  return html`<section class="norms" aria-labelledby="norms-title">
    <div class="norms-head">
      <h2 id="norms-title">Norms of all ${formatCount(measures.norms.total)} ${ofRows('tokens')}</h2>
      <span class="grow"></span>
      ${exportButtons(normExport(token, measures, model), actions)}
      ${tableButton('Show norms as table', state.showsNormTable, () => {
        state.showsNormTable = !state.showsNormTable;
        actions.redraw();
      })}
    </div>
    ${
      state.showsNormTable
        ? normTable(measures)
        : html`<svg
            class="drawing"
            width=${WIDTH}
            height=${HEIGHT + 14}
            role="img"
            aria-label="Norm ${formatNorm(measures.norm)} of ${token.spoken}: ${ordinalPercentile(measures.normPercentile)} percentile of all tokens, which go from ${formatNorm(measures.norms.from)} to ${formatNorm(measures.norms.to)}${spokenBeyond(measures)}"
          >
            ${histogram(measures, WIDTH, HEIGHT)}
          </svg>`
    }
  </section>`;
}

/** Steps as high as the bins, and a mark at the token's norm. */
function histogram({ norms, norm }: TokenMeasuresView, width: number, height: number): SVGTemplateResult {
  const most = Math.max(1, ...norms.counts);
  const step = width / Math.max(1, norms.counts.length);
  const outline = norms.counts
    .map((count) => `V${(height - (count / most) * (height - 4)).toFixed(1)}h${step.toFixed(3)}`)
    .join('');
  const span = norms.to - norms.from;
  const place = span > 0 ? Math.min(1, Math.max(0, (norm - norms.from) / span)) : 0.5;
  const x = 1 + place * (width - 2);
  return svg`<path class="bins" d="M0 ${height}${outline}V${height}Z" />
    <path class="axis" d="M0 ${height + 0.5}h${width}" />
    <path class="norm-mark" d="M${x.toFixed(1)} 2V${height}" />
    <text class="quiet-text" x="0" y=${height + 12}>${endText(norms.from, norms.below)}</text>
    <text class="quiet-text end" x=${width} y=${height + 12}>${endText(norms.to, norms.above)}</text>`;
}

function spokenBeyond({ norms: { below = 0, above = 0 } }: TokenMeasuresView): string {
  return below + above === 0 ? '' : `, but for ${formatCount(below + above)} far from all others`;
}

/** The norm at an end of the axis, with how many tokens lie beyond it: few, and far from all others. */
function endText(norm: number, beyond = 0): string {
  return beyond === 0 ? formatNorm(norm) : `${formatNorm(norm)} (${formatCount(beyond)} beyond)`;
}

function normTable({ norms }: TokenMeasuresView): TemplateResult {
  const step = (norms.to - norms.from) / Math.max(1, norms.counts.length);
  return html`<div class="table-scroll norm-table" role="region" tabindex="0" aria-label="Norms as table">
    <table class="number-table">
      <thead>
        <tr>
          <th scope="col" class="number">from</th>
          <th scope="col" class="number">to</th>
          <th scope="col" class="number">${ofRows('tokens')}</th>
        </tr>
      </thead>
      <tbody>
        ${beyondRow('less', formatNorm(norms.from), norms.below)}
        ${norms.counts.map(
          (count, bin) =>
            html`<tr>
              <td class="number">${formatNorm(norms.from + bin * step)}</td>
              <td class="number">${formatNorm(norms.from + (bin + 1) * step)}</td>
              <td class="number">${formatCount(count)}</td>
            </tr>`,
        )}
        ${beyondRow(formatNorm(norms.to), 'more', norms.above)}
      </tbody>
    </table>
  </div>`;
}

/** The histogram as it is saved. */
export function normExport(
  token: TokenView,
  measures: TokenMeasuresView,
  model: ModelView | undefined,
): PlotExport {
  return { what: 'norms', plot: 'norms', figure: () => normFigure(token, measures, model) };
}

/** @param count Of the tokens beyond an end of the axis; no row for none. */
function beyondRow(from: string, to: string, count = 0): TemplateResult | typeof nothing {
  return count === 0
    ? nothing
    : html`<tr>
        <td class="number">${from}</td>
        <td class="number">${to}</td>
        <td class="number">${formatCount(count)}</td>
      </tr>`;
}

function normFigure(
  token: TokenView,
  measures: TokenMeasuresView,
  model: ModelView | undefined,
): TemplateResult {
  return html`<svg class="drawing" width=${FIGURE_WIDTH} height=${FIGURE_HEIGHT}>
    <title>Norm of token ${token.id} among all ${measures.norms.total}</title>
    <desc>
      ${`token ${JSON.stringify(token.plain)} (${token.id}), norm ${measures.norm}; ${provenance(model)}`}
    </desc>
    <text class="name" x="12" y="20">${token.plain}</text>
    <text class="quiet-text end" x=${FIGURE_WIDTH - 12} y="20">
      norm ${formatNorm(measures.norm)}, ${ordinalPercentile(measures.normPercentile)} percentile
    </text>
    <g transform="translate(12 28)">${histogram(measures, FIGURE_WIDTH - 24, 128)}</g>
    ${provenanceLine(model, 12, FIGURE_HEIGHT - 10)}
  </svg>`;
}
