import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { ExportedPlot, PanelRequest } from '../../../src/protocol/panelMessages';
import { icon } from '../icon';
import { exportPlot } from './exportPlot';
import type { ViewActions } from './viewActions';

/** How a drawing is saved. */
export interface PlotExport {
  /** What is saved, as part of a sentence: `figure`, `merge tree`. */
  readonly what: string;
  readonly plot: ExportedPlot;
  /** Makes the drawing as it is saved: an `<svg>` with width, height, title and desc. */
  readonly figure: () => TemplateResult;
}

/** Draws what is saved, and has it saved. */
export function savePlot({ plot, figure }: PlotExport, format: 'svg' | 'png', actions: ViewActions): void {
  const ground = document.createElement('div');
  render(figure(), ground);
  const svg = ground.querySelector('svg');
  if (svg) {
    void exportPlot(svg, plot, format, actions);
  }
}

/** Buttons that save a drawing as SVG or PNG. */
export function exportButtons(plot: PlotExport, actions: ViewActions): TemplateResult {
  return html`<button
      class="button export-svg"
      aria-label="Save ${plot.what} as SVG"
      title="Save ${plot.what} as SVG"
      @click=${() => savePlot(plot, 'svg', actions)}
    >
      SVG</button
    ><button
      class="button export-png"
      aria-label="Save ${plot.what} as PNG"
      title="Save ${plot.what} as PNG"
      @click=${() => savePlot(plot, 'png', actions)}
    >
      PNG
    </button>`;
}

/** A button that saves numbers as CSV. @param what Is saved, as part of a sentence. */
export function csvButton(what: string, request: PanelRequest, actions: ViewActions): TemplateResult {
  return html`<button
    class="button export-csv"
    aria-label="Save ${what} as CSV"
    title="Save ${what} as CSV"
    @click=${() => actions.send(request)}
  >
    CSV
  </button>`;
}

/** The button that shows a drawing as a table and back. */
export function tableButton(
  label: string,
  isPressed: boolean,
  toggle: () => void,
  hasKey = false,
): TemplateResult {
  return html`<button
    class="button show-table"
    aria-label=${label}
    title=${hasKey ? `${label} (T in the drawing)` : label}
    aria-pressed=${isPressed}
    @click=${toggle}
  >
    ${icon('table')}
  </button>`;
}

/** The title of a part of a view, with what belongs to it at its right. */
export function partHead(
  id: string,
  title: string,
  note: TemplateResult | string | typeof nothing = nothing,
  controls: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="section-head">
    <h2 id=${id}>${title}</h2>
    <span class="quiet part-note">${note}</span>
    <span class="grow"></span>
    ${controls}
  </div>`;
}
