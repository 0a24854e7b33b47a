import { nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { PairView } from '../../../src/protocol/compareView';
import { formatSimilarity } from '../numbers';
import type { CompareState } from './compareState';
import type { PlottedPair } from './dimensionProbe';
import { linePlotDrawing } from './linePlotDrawing';
import {
  dimensionAt,
  dimensionX,
  LINE_PLOT_HEIGHT,
  lineFrame,
  pairScale,
  valueY,
  type Frame,
  type PairScale,
} from './pairGeometry';
import { pairPlot } from './pairPlot';

/** Both vectors across all dimensions as lines. Pointing tells a dimension's values, dragging brushes a range. */
export function linePlot(plotted: PlottedPair): TemplateResult {
  const { pair, spoken, state } = plotted;
  const { pointed } = state;
  return pairPlot('line', plotted, (width) => {
    const frame = lineFrame(width);
    const scale = pairScale(pair);
    return {
      label: 'Dimension in the line plot; Shift and arrows select a range',
      sentence: lineSentence(pair, spoken),
      width,
      height: LINE_PLOT_HEIGHT,
      content: svg`${brushBox(state, frame, scale)}
        ${guard([pair, width], () => linePlotDrawing(pair, frame, scale))}
        ${pointed ? pointedMarks(pair, pointed.dimension, frame, scale) : nothing}`,
      pointedAt: pointed && { x: dimensionX(pointed.dimension, frame, scale), y: frame.top },
      // All tooltips hang from the top.
      tooltipHeight: Infinity,
      dimensionAt: (x) => dimensionAt(x, frame, scale),
    };
  });
}

function brushBox(
  { range }: CompareState,
  frame: Frame,
  scale: PairScale,
): SVGTemplateResult | typeof nothing {
  if (!range) {
    return nothing;
  }
  const left = dimensionX(range.from, frame, scale);
  const right = dimensionX(range.to, frame, scale);
  return svg`<rect class="brush" x=${left - 1} y=${frame.top} width=${right - left + 2} height=${frame.height} />`;
}

function pointedMarks(
  { a, b }: PairView,
  dimension: number,
  frame: Frame,
  scale: PairScale,
): SVGTemplateResult {
  const x = dimensionX(dimension, frame, scale);
  return svg`<path class="pointed" d="M${x} ${frame.top}v${frame.height}" />
    <circle class="mark-b" cx=${x} cy=${valueY(b[dimension] ?? 0, frame, scale)} r="3.5" />
    <circle class="mark-a" cx=${x} cy=${valueY(a[dimension] ?? 0, frame, scale)} r="3.5" />`;
}

function lineSentence(pair: PairView, [a, b]: readonly [string, string]): string {
  return (
    `Values of ${a} and ${b} over ${pair.a.length} dimensions. ` +
    `Largest of ${a}: ${largest(pair.a)}. Largest of ${b}: ${largest(pair.b)}. The table has all values.`
  );
}

function largest(values: readonly number[]): string {
  let best = 0;
  values.forEach((value, dimension) => {
    best = Math.abs(value) > Math.abs(values[best] ?? 0) ? dimension : best;
  });
  return `${formatSimilarity(values[best] ?? 0)} in dimension ${best}`;
}
