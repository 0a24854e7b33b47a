import { html, nothing, type TemplateResult } from 'lit/html.js';
import { averageTick } from '../../neighbors/averageMark';
import { percent } from '../../neighbors/barScale';
import { place } from '../../place';
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
    >${average === undefined ? nothing : averageTick(percent(average))}</span
  >`;
}
