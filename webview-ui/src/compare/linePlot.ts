import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { PairView } from '../../../src/protocol/panelSnapshot';
import { formatSimilarity } from '../numbers';
import { observeSize } from '../plots/observeSize';
import type { ViewActions } from '../plots/viewActions';
import type { CompareState } from './compareState';
import { dimensionProbe, dimensionTooltip } from './dimensionProbe';
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

/** Both vectors across all dimensions as lines. Pointing tells a dimension's values, dragging brushes a range. */
export function linePlot(
  pair: PairView,
  names: readonly [string, string],
  spoken: readonly [string, string],
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const width = state.lineWidth;
  return html`<div
    class="line-plot"
    ${observeSize((newWidth) => {
      if (newWidth !== state.lineWidth) {
        state.lineWidth = newWidth;
        actions.redraw();
      }
    })}
  >
    ${width > 0 ? sizedPlot(pair, names, spoken, state, actions, width) : nothing}
  </div>`;
}

function sizedPlot(
  pair: PairView,
  names: readonly [string, string],
  spoken: readonly [string, string],
  state: CompareState,
  actions: ViewActions,
  width: number,
): TemplateResult {
  const frame = lineFrame(width);
  const scale = pairScale(pair);
  const { pointed } = state;
  const pointedX = pointed && dimensionX(pointed.dimension, frame, scale);
  return html`<svg
      class="drawing"
      width=${width}
      height=${LINE_PLOT_HEIGHT}
      role="img"
      aria-label=${lineSentence(pair, spoken)}
    >
      ${brushBox(state, frame, scale)} ${guard([pair, width], () => linePlotDrawing(pair, frame, scale))}
      ${pointed ? pointedMarks(pair, pointed.dimension, frame, scale) : nothing}
    </svg>
    ${dimensionProbe({
      on: 'line',
      label: 'Dimension in the line plot; Shift and arrows select a range',
      spoken,
      pair,
      state,
      actions,
      dimensionAt: (x) => dimensionAt(x, frame, scale),
    })}
    ${
      pointed?.on === 'line' && pointedX !== undefined
        ? dimensionTooltip(
            pair,
            names,
            pointed.dimension,
            { x: pointedX, y: frame.top },
            { width, height: 1e9 },
          )
        : nothing
    }`;
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
