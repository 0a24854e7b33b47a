import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import type { Metric } from '../../../src/protocol/metric';
import type { MetricNeighborsView } from '../../../src/protocol/tokenPageView';
import type { TokenView } from '../../../src/protocol/tokenView';
import { formatShortCount, formatSimilarity } from '../numbers';
import { place } from '../place';
import { exportButtons, partHead, tableButton } from '../plots/drawingControls';
import { METRIC_NAMES, metricSelect } from '../plots/metricNames';
import type { ViewActions } from '../plots/viewActions';
import { metricNeighborsTable } from './metricNeighborsTable';
import { MOVED_FROM, slopePath, slopesBetween, type Slope } from './metricSlopes';
import { slopeExport } from './slopeFigure';
import { tokenButton } from './tokenButton';
import type { TokenPageState } from './tokenPageState';

type Pair = readonly [MetricNeighborsView, MetricNeighborsView];

/** Height of a row in CSS pixels; the style sheet draws rows of the same height. */
const SLOPE_ROW = 22;
/** Width that the lines are drawn for; the page stretches them to the room there is. */
const SLOPE_WIDTH = 104;

/** The nearest tokens under two metrics, with lines that show who moved. */
export function metricNeighbors(
  token: TokenView,
  pair: Pair,
  model: ModelView | undefined,
  state: TokenPageState,
  actions: ViewActions,
): TemplateResult {
  const { refusal } = pair[0];
  if (refusal !== undefined) {
    return html`<section class="metric-neighbors" aria-labelledby="metrics-title">
      ${partHead('metrics-title', 'Neighbors under two metrics', '', nothing)}
      <div class="slopes">${chooser(0, pair, actions)}<span></span>${chooser(1, pair, actions)}</div>
      <p class="message">${refusal}</p>
    </section>`;
  }
  return html`<section class="metric-neighbors" aria-labelledby="metrics-title">
    ${partHead(
      'metrics-title',
      'Neighbors under two metrics',
      state.showsNeighborTable ? '' : 'colored: moved two ranks or more',
      html`${exportButtons(slopeExport(token, pair, model), actions)}${tableButton(
        'Show neighbors as table',
        state.showsNeighborTable,
        () => {
          state.showsNeighborTable = !state.showsNeighborTable;
          actions.redraw();
        },
      )}`,
    )}
    <div class=${classMap({ slopes: true, 'as-table': state.showsNeighborTable })}>
      ${chooser(0, pair, actions)}<span></span>${chooser(1, pair, actions)}
      ${
        state.showsNeighborTable
          ? metricNeighborsTable(pair, actions)
          : html`${column(pair[0], pair[1].metric, actions)} ${slopeLines(pair)}
            ${column(pair[1], pair[0].metric, actions)}`
      }
    </div>
  </section>`;
}

function chooser(side: 0 | 1, pair: Pair, actions: ViewActions): TemplateResult {
  const label = side === 0 ? 'First metric' : 'Second metric';
  return html`<div class="slope-metric">
    ${metricSelect(label, pair[side].metric, (metric) => {
      const metrics: readonly [Metric, Metric] =
        side === 0 ? [metric, pair[1].metric] : [pair[0].metric, metric];
      actions.send({ type: 'chooseTokenMetrics', metrics });
    })}
  </div>`;
}

function column(
  { metric, neighbors }: MetricNeighborsView,
  other: Metric,
  actions: ViewActions,
): TemplateResult {
  return html`<ol class="slope-column" aria-label="Nearest by ${METRIC_NAMES[metric].toLowerCase()}">
    ${neighbors.map(
      ({ rank, token, score, otherRank }) =>
        html`<li>
          <span class="rank">${rank}</span>${tokenButton(token, actions)}<span class="grow"></span
          ><span class="number">${formatSimilarity(score)}</span
          ><span class="spoken-only">, rank ${otherRank} by ${METRIC_NAMES[other].toLowerCase()}</span>
        </li>`,
    )}
  </ol>`;
}

function slopeLines(pair: Pair): TemplateResult {
  const slopes = slopesBetween(pair);
  const rows = Math.max(pair[0].neighbors.length, pair[1].neighbors.length);
  const height = rows * SLOPE_ROW;
  return html`<div class="slope-lines">
    <svg
      class="drawing"
      width=${SLOPE_WIDTH}
      height=${height}
      viewBox="0 0 ${SLOPE_WIDTH} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${slopeSentence(pair, slopes)}
    >
      ${slopes.map(slopeLine)}
    </svg>
    ${pair[0].neighbors.map(({ token, otherRank }, row) =>
      isShown(token, pair[1]) ? nothing : movedNote(`to ${formatShortCount(otherRank)}`, row, 'from-left'),
    )}
    ${pair[1].neighbors.map(({ token, otherRank }, row) =>
      isShown(token, pair[0]) ? nothing : movedNote(`from ${formatShortCount(otherRank)}`, row, 'from-right'),
    )}
  </div>`;
}

function slopeLine({ left, right, moved }: Slope): SVGTemplateResult {
  const path = slopePath((left + 0.5) * SLOPE_ROW, (right + 0.5) * SLOPE_ROW, SLOPE_WIDTH);
  return svg`<path class=${moved >= MOVED_FROM ? 'slope moved' : 'slope'} d=${path} />`;
}

export function isShown({ id }: TokenView, { neighbors }: MetricNeighborsView): boolean {
  return neighbors.some(({ token }) => token.id === id);
}

/** The ranks are part of each row's name for screen readers. */
function movedNote(text: string, row: number, side: 'from-left' | 'from-right'): TemplateResult {
  return html`<span
    class="moved-note tiny quiet ${side}"
    aria-hidden="true"
    ${place({ top: `${row * SLOPE_ROW}px` })}
    >${text}</span
  >`;
}

function slopeSentence([left, right]: Pair, slopes: readonly Slope[]): string {
  const moved = slopes.filter((slope) => slope.moved >= MOVED_FROM).length;
  return (
    `${slopes.length} of the ${left.neighbors.length} nearest by ${METRIC_NAMES[left.metric].toLowerCase()} are also among ` +
    `the ${right.neighbors.length} nearest by ${METRIC_NAMES[right.metric].toLowerCase()}; ${moved} of them moved two ranks or more.`
  );
}
