import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import { observeSize } from '../plots/observeSize';
import { dimensionProbe, dimensionTooltip, type PlottedPair, type Probe } from './dimensionProbe';

/** A drawing of a pair that the dimensions can be gone through in. */
interface PairPlot extends Omit<Probe, keyof PlottedPair> {
  /** What the drawing shows, for a screen reader. */
  readonly sentence: string;
  /** Size of the drawing in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly content: SVGTemplateResult;
  /** Where the dimension that is pointed at has its tooltip; undefined where none is pointed at. */
  readonly pointedAt: { readonly x: number; readonly y: number } | undefined;
  /** The height above whose middle a tooltip hangs down from its place; that of the drawing where it is not given. */
  readonly tooltipHeight?: number;
}

/** The drawing `make` gives for the width that the page has for it. */
export function pairPlot(
  on: Probe['on'],
  plotted: PlottedPair,
  make: (width: number) => Omit<PairPlot, 'on'>,
): TemplateResult {
  const { plotWidths } = plotted.state;
  const width = plotWidths[on];
  return html`<div
    class="${on}-plot"
    ${observeSize((newWidth) => {
      if (newWidth !== plotWidths[on]) {
        plotWidths[on] = newWidth;
        plotted.actions.redraw();
      }
    })}
  >
    ${width > 0 ? drawn({ on, ...make(width) }, plotted) : nothing}
  </div>`;
}

function drawn(plot: PairPlot, plotted: PlottedPair): TemplateResult {
  const { on, label, sentence, width, height, content, pointedAt, tooltipHeight = height } = plot;
  const { pair, names, state } = plotted;
  const { pointed } = state;
  return html`<svg class="drawing" width=${width} height=${height} role="img" aria-label=${sentence}>
      ${content}
    </svg>
    ${dimensionProbe({ ...plotted, on, label, dimensionAt: (x, y) => plot.dimensionAt(x, y) })}
    ${
      pointed?.on === on && pointedAt
        ? dimensionTooltip(pair, names, pointed.dimension, pointedAt, { width, height: tooltipHeight })
        : nothing
    }`;
}
