import { html, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import type { PairView } from '../../../src/protocol/compareView';
import { icon } from '../icon';
import { formatCount, formatSimilarity } from '../numbers';
import type { ViewActions } from '../plots/viewActions';
import type { CompareState } from './compareState';
import { signed } from './signedNumber';
import { toggleValueTable } from './toggleValueTable';

/** Rows of one page: few enough to be read and drawn at once. */
const TABLE_PAGE = 64;

/** What both drawings show, as a table: the two values of every dimension, a page at a time. */
export function valueTable(
  pair: PairView,
  names: readonly [string, string],
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const count = pair.a.length;
  const start = Math.min(state.tableStart, Math.max(0, count - 1));
  const end = Math.min(count, start + TABLE_PAGE);
  const product = pair.norms[0] * pair.norms[1];
  const { range } = state;
  return html`<div class="value-table">
    <div class="table-pages">
      ${pageButton('Dimensions before', 'arrowLeft', start - TABLE_PAGE, start === 0, state, actions)}
      <span class="small" role="status">Dimensions ${start} to ${end - 1} of ${formatCount(count)}</span>
      ${pageButton('Dimensions after', 'arrowRight', end, end >= count, state, actions)}
    </div>
    <div
      class="table-scroll"
      role="region"
      tabindex="0"
      aria-label="Values by dimension"
      @keydown=${(event: KeyboardEvent) => {
        const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
        if (isPlain && event.key.toLowerCase() === 't' && event.currentTarget instanceof Element) {
          event.preventDefault();
          event.stopPropagation();
          toggleValueTable(state, actions, event.currentTarget);
        }
      }}
    >
      <table class="number-table">
        <thead>
          <tr>
            <th scope="col">dimension</th>
            <th scope="col" class="number">${names[0]}</th>
            <th scope="col" class="number">${names[1]}</th>
            <th scope="col" class="number">share of cosine</th>
          </tr>
        </thead>
        <tbody>
          ${Array.from({ length: end - start }, (_, index) => {
            const dimension = start + index;
            const [a, b] = [pair.a[dimension] ?? 0, pair.b[dimension] ?? 0];
            const isBrushed = range !== undefined && dimension >= range.from && dimension <= range.to;
            return html`<tr class=${classMap({ pointed: isBrushed })}>
              <th scope="row">${dimension}</th>
              <td class="number">${formatSimilarity(a)}</td>
              <td class="number">${formatSimilarity(b)}</td>
              <td class="number">${signed(product > 0 ? (a * b) / product : 0)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </div>`;
}

function pageButton(
  label: string,
  sign: 'arrowLeft' | 'arrowRight',
  start: number,
  isDisabled: boolean,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  return html`<button
    class="button"
    aria-label=${label}
    title=${label}
    ?disabled=${isDisabled}
    @click=${() => {
      state.tableStart = Math.max(0, start);
      actions.redraw();
    }}
  >
    ${icon(sign)}
  </button>`;
}
