import { html, type TemplateResult } from 'lit/html.js';
import type { CompareItemView, PairView } from '../../../src/protocol/compareView';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import { formatSimilarity } from '../numbers';
import type { PlotExport } from '../plots/drawingControls';
import { provenance, provenanceLine } from '../plots/provenance';
import { itemHint, itemName } from './compareItem';
import { linePlotDrawing } from './linePlotDrawing';
import { LINE_PLOT_HEIGHT, lineFrame, pairScale, scatterFrame, scatterHeight } from './pairGeometry';
import { scatterCircles, scatterGround, scatterLabels } from './scatterDrawing';

/** Width of the saved figure in CSS pixels: that of a page of text. */
const WIDTH = 900;
const LEGEND_HEIGHT = 28;
const FOOT_HEIGHT = 28;
const GAP = 12;

type Items = readonly [CompareItemView, CompareItemView];

/** The lesson's figure as it is saved: both vectors across all dimensions, below them one against the other. */
export function pairExport(pair: PairView, items: Items, model: ModelView | undefined): PlotExport {
  return { what: 'figure', plot: 'comparison', figure: () => pairFigure(pair, items, model) };
}

function pairFigure(pair: PairView, [a, b]: Items, model: ModelView | undefined): TemplateResult {
  const names = [itemName(a), itemName(b)] as const;
  const scale = pairScale(pair);
  const line = lineFrame(WIDTH);
  const scatter = scatterFrame(WIDTH);
  const scatterTop = LEGEND_HEIGHT + LINE_PLOT_HEIGHT + GAP;
  const height = Math.ceil(scatterTop + scatterHeight(scatter) + FOOT_HEIGHT);
  const scatterLeft = (WIDTH - scatter.width) / 2 - scatter.left;
  return html`<svg class="drawing" width=${WIDTH} height=${height}>
    <title>Cosine similarity of ${names[0]} and ${names[1]} = ${formatSimilarity(pair.cosine)}</title>
    <desc>
      ${[
        `a: ${describeItem(a)}`,
        `b: ${describeItem(b)}`,
        `cosine ${pair.cosine}, centered ${pair.centered}, dot product ${pair.dot}, Euclidean ${pair.euclidean}, Pearson ${pair.pearson}`,
        provenance(model),
      ].join('; ')}
    </desc>
    <path class="line-a" d="M44 14h14" />
    <text class="name-a" x="64" y="18">${names[0]}</text>
    <path class="line-b" d="M304 14h14" />
    <text class="name-b" x="324" y="18">${names[1]}</text>
    <g transform="translate(0 ${LEGEND_HEIGHT})">${linePlotDrawing(pair, line, scale)}</g>
    <g transform="translate(${scatterLeft} ${scatterTop})">
      ${scatterGround(pair, names, scatter, scale)} ${scatterCircles(pair, scatter, scale)}
      ${scatterLabels(pair, scatter, scale)}
    </g>
    ${provenanceLine(model, 44, height - 10)}
  </svg>`;
}

function describeItem(item: CompareItemView): string {
  return `${JSON.stringify(item.text)} (${itemHint(item)})`;
}
