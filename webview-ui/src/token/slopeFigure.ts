import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import type { MetricNeighborsView } from '../../../src/protocol/tokenPageView';
import type { TokenView } from '../../../src/protocol/tokenView';
import { formatCount, formatSimilarity } from '../numbers';
import type { PlotExport } from '../plots/drawingControls';
import { METRIC_NAMES } from '../plots/metricNames';
import { provenance, provenanceLine } from '../plots/provenance';
import { MOVED_FROM, slopePath, slopesBetween } from './metricSlopes';

type Pair = readonly [MetricNeighborsView, MetricNeighborsView];

const WIDTH = 720;
const ROW = 22;
const HEAD = 40;
const FOOT = 32;
const EDGE = 12;
/** Width of each list; the lines are between them. */
const LIST = 280;
const LINES = WIDTH - 2 * EDGE - 2 * LIST;

/** The slope chart as it is saved, with both lists. */
export function slopeExport(token: TokenView, pair: Pair, model: ModelView | undefined): PlotExport {
  return { what: 'slope chart', plot: 'two-metrics', figure: () => slopeFigure(token, pair, model) };
}

function slopeFigure(token: TokenView, pair: Pair, model: ModelView | undefined): TemplateResult {
  const rows = Math.max(pair[0].neighbors.length, pair[1].neighbors.length);
  const height = HEAD + rows * ROW + FOOT;
  const right = WIDTH - EDGE - LIST;
  return html`<svg class="drawing" width=${WIDTH} height=${height}>
    <title>
      Neighbors of ${token.plain} (${token.id}) by ${pair.map(({ metric }) => metric).join(' and ')}
    </title>
    <desc>
      ${`token ${JSON.stringify(token.plain)} (${token.id}), ${pair.map(({ metric, neighbors }) => `${neighbors.length} nearest by ${metric}`).join(' and ')}; ${provenance(model)}`}
    </desc>
    <text class="plot-title" x=${EDGE} y="22">${METRIC_NAMES[pair[0].metric]}</text>
    <text class="plot-title" x=${right + 12} y="22">${METRIC_NAMES[pair[1].metric]}</text>
    ${list(pair[0], pair[1], EDGE, 'to')} ${list(pair[1], pair[0], right, 'from')}
    <g transform="translate(${EDGE + LIST} ${HEAD})">
      ${slopesBetween(pair).map(
        ({ left, right: place, moved }) =>
          svg`<path class=${moved >= MOVED_FROM ? 'slope moved' : 'slope'} d=${slopePath((left + 0.5) * ROW, (place + 0.5) * ROW, LINES)} />`,
      )}
    </g>
    ${provenanceLine(model, EDGE, height - 10)}
  </svg>`;
}

function list(
  { neighbors }: MetricNeighborsView,
  other: MetricNeighborsView,
  x: number,
  direction: 'to' | 'from',
): SVGTemplateResult[] {
  const inner = x + (direction === 'to' ? 0 : 12);
  const outer = x + LIST - (direction === 'to' ? 12 : 0);
  return neighbors.map(({ rank, token, score, otherRank }, row) => {
    const y = HEAD + row * ROW + 15;
    const isInBoth = other.neighbors.some((neighbor) => neighbor.token.id === token.id);
    const note = isInBoth ? '' : `${direction} ${formatCount(otherRank)}`;
    const noteX = direction === 'to' ? x + LIST + 4 : x - 4;
    return svg`<text class="quiet-text end" x=${inner + 18} y=${y}>${rank}</text>
      <text class="name" x=${inner + 26} y=${y}>${token.plain}</text>
      <text class="end" x=${outer} y=${y}>${formatSimilarity(score)}</text>
      <text class=${direction === 'to' ? 'quiet-text' : 'quiet-text end'} x=${noteX} y=${y}>${note}</text>`;
  });
}
