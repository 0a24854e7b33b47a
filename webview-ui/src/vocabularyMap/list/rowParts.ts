import { html, nothing, type TemplateResult } from 'lit/html.js';
import { place } from '../../place';
import { TERM_EXPLANATIONS } from '../../shell/explainedTerm';
import { mapTokenText } from '../mapTokenText';
import type { MapTokens } from '../mapTokens';

/** The number of a row, counted from 1. */
export function rankCell(row: number): TemplateResult {
  return html`<span class="number rank" role="gridcell">${row + 1}</span>`;
}

export function tokenCell(
  tokens: MapTokens | undefined,
  id: number,
  note: TemplateResult | string = '',
): TemplateResult {
  return html`<span class="name" role="gridcell">${mapTokenText(tokens, id)}${note}</span>`;
}

export function numberCell(text: string, kind = ''): TemplateResult {
  return html`<span class="number ${kind}" role="gridcell">${text}</span>`;
}

/** A bar for a share 0 … 1, which the number beside it tells. @param average where the average of all is marked, 0 … 1 */
export function barCell(share: number, average?: number): TemplateResult {
  return html`<span class="similarity bar-track" aria-hidden="true"
    ><i class="similarity-bar" ${place({ width: percent(share) })}></i
    >${average === undefined ? nothing : html`<b class="average-tick" ${place({ left: percent(average) })}></b>`}</span
  >`;
}

/** What the marks on the bars mean, over them. */
export function averageHead(average: number | undefined): TemplateResult {
  return average === undefined
    ? html`<span></span>`
    : html`<span class="similarity"
        ><span
          title=${TERM_EXPLANATIONS.average}
          ${place({ left: `clamp(20px, ${percent(average)}, calc(100% - 20px))` })}
          >average</span
        ></span
      >`;
}

function percent(share: number): string {
  return `${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%`;
}
