import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { PairView } from '../../../src/protocol/panelSnapshot';
import { formatSimilarity } from '../numbers';
import { observeSize } from '../plots/observeSize';
import type { ViewActions } from '../plots/viewActions';
import type { CompareState } from './compareState';
import { dimensionProbe, dimensionTooltip } from './dimensionProbe';
import { nearestDimension, pairScale, scatterFrame, scatterHeight, valueX, valueY } from './pairGeometry';
import { scatterDots, scatterGround, scatterLabels } from './scatterDrawing';
import { signed } from './signedNumber';

/** A point this near to the pointer is meant, in CSS pixels. */
const REACH = 12;

/** One vector against the other, a point a dimension, on equal and symmetric axes. */
export function scatterPlot(
  pair: PairView,
  names: readonly [string, string],
  spoken: readonly [string, string],
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  return html`<div
    class="scatter-plot"
    ${observeSize((width) => {
      if (width !== state.scatterWidth) {
        state.scatterWidth = width;
        actions.redraw();
      }
    })}
  >
    ${state.scatterWidth > 0 ? sizedScatter(pair, names, spoken, state, actions) : nothing}
  </div>`;
}

function sizedScatter(
  pair: PairView,
  names: readonly [string, string],
  spoken: readonly [string, string],
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const frame = scatterFrame(state.scatterWidth);
  const scale = pairScale(pair);
  const width = frame.left + frame.width + 12;
  const height = scatterHeight(frame);
  const { pointed, range } = state;
  const at = pointed && {
    x: valueX(pair.a[pointed.dimension] ?? 0, frame, scale),
    y: valueY(pair.b[pointed.dimension] ?? 0, frame, scale),
  };
  return html`<svg
      class="drawing"
      width=${width}
      height=${height}
      role="img"
      aria-label=${scatterSentence(pair, spoken)}
    >
      ${guard([pair, frame.width, names[0], names[1]], () => scatterGround(pair, names, frame, scale))}
      ${guard([pair, frame.width, range?.from, range?.to], () => scatterDots(pair, frame, scale, range))}
      ${guard([pair, frame.width], () => scatterLabels(pair, frame, scale))} ${at ? pointedRing(at) : nothing}
    </svg>
    ${dimensionProbe({
      on: 'scatter',
      label: 'Point of a dimension in the scatter',
      spoken,
      pair,
      state,
      actions,
      dimensionAt: (x, y) => nearestDimension(pair, frame, scale, { x, y }, REACH),
    })}
    ${
      pointed?.on === 'scatter' && at
        ? dimensionTooltip(pair, names, pointed.dimension, at, { width, height })
        : nothing
    }`;
}

function pointedRing({ x, y }: { readonly x: number; readonly y: number }): SVGTemplateResult {
  return svg`<circle class="pointed-ring" cx=${x} cy=${y} r="6" />`;
}

export function scatterSentence(pair: PairView, [a, b]: readonly [string, string]): string {
  const [first] = pair.dimensions;
  const most = first ? ` Dimension ${first.dimension} counts most, ${signed(first.share)}.` : '';
  return (
    `${a} against ${b}, a point a dimension: cosine similarity ${formatSimilarity(pair.cosine)}, ` +
    `Pearson correlation ${formatSimilarity(pair.pearson)}.${most}`
  );
}
