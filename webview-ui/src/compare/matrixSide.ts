import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { CompareView, MatrixView } from '../../../src/protocol/compareView';
import { icon } from '../icon';
import { selectOf } from '../inputOf';
import { formatNorm, formatSimilarity } from '../numbers';
import { place } from '../place';
import { METRIC_NAMES } from '../plots/metricNames';
import { formatTick } from '../plots/symmetricAxis';
import type { ViewActions } from '../plots/viewActions';
import { itemText } from './compareItem';
import type { CompareState } from './compareState';
import { MOST_COLOR, type HeatScale } from './heatScale';
import { ofRows } from '../rowNames';

/** Steps of the legend. */
const STEPS = 6;

/** Beside the heat map: the selected pair, the scale, and the order. */
export function matrixSide(
  compare: CompareView,
  matrix: MatrixView,
  scale: HeatScale,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  return html`<div class="matrix-side">
    ${selectedPair(compare, matrix, state, actions)}
    <section aria-labelledby="scale-title">
      <h2 id="scale-title">Scale</h2>
      ${legend(scale)}
      ${
        matrix.average === undefined
          ? nothing
          : html`<p class="quiet tiny">Two random ${ofRows('tokens')}: ${formatNorm(matrix.average)}</p>`
      }
    </section>
    <section aria-labelledby="order-title">
      <h2 id="order-title">Order</h2>
      <span class="select">
        <select
          aria-label="Order of the texts"
          .value=${live(state.order)}
          @change=${(event: Event) => {
            state.order = selectOf(event).value === 'typed' ? 'typed' : 'similarity';
            actions.redraw();
          }}
        >
          <option value="typed">As typed</option>
          <option value="similarity">By similarity</option>
        </select>
        ${icon('chevronDown')}
      </span>
    </section>
  </div>`;
}

function selectedPair(
  compare: CompareView,
  matrix: MatrixView,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const { row, column } = state.cell;
  const [a, b] = [compare.items[row], compare.items[column]];
  const value = matrix.values[row]?.[column] ?? null;
  return html`<section aria-labelledby="selected-title">
    <h2 id="selected-title">Selected pair</h2>
    ${
      a && b
        ? html`<p class="small selected-pair">
              <span>${itemText(a)} and ${itemText(b)}</span>
              <span class="quiet">${METRIC_NAMES[matrix.metric].toLowerCase()}</span>
              <b class="number">${value === null ? 'no vector' : formatSimilarity(value)}</b>
            </p>
            ${
              row === column
                ? nothing
                : html`<button class="link" @click=${() => openPair(compare, state, actions)}>
                    Open pair
                  </button>`
            }`
        : nothing
    }
  </section>`;
}

/** Shows the two texts of the selected cell as a pair. */
export function openPair(compare: CompareView, { cell }: CompareState, actions: ViewActions): void {
  if (cell.row !== cell.column) {
    actions.send({ type: 'compare', texts: compare.items.map(({ text }) => text), mode: 'pair' });
    actions.send({ type: 'comparePair', pairOf: [cell.row, cell.column] });
  }
}

function legend({ from, to }: HeatScale): TemplateResult {
  const shares = Array.from({ length: STEPS }, (_, step) => (MOST_COLOR * step) / (STEPS - 1));
  const ticks = Array.from({ length: 5 }, (_, step) => from + ((to - from) * step) / 4);
  return html`<div
    class="heat-legend"
    role="img"
    aria-label="Colors from ${formatTick(from)} to ${formatTick(to)}"
  >
    <div class="heat-steps">
      ${shares.map((share) => html`<i ${place({ '--share': `${(share * 100).toFixed(1)}%` })}></i>`)}
    </div>
    <div class="heat-ticks quiet tiny number">
      ${ticks.map((tick) => html`<span>${formatTick(tick)}</span>`)}
    </div>
  </div>`;
}
