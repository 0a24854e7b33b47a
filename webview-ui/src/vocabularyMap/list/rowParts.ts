import { html, type TemplateResult } from 'lit/html.js';
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

/** A bar for a share 0 … 1, which the number beside it tells. */
export function barCell(share: number): TemplateResult {
  const width = `${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%`;
  return html`<span class="similarity bar-track" aria-hidden="true"
    ><i class="similarity-bar" ${place({ width })}></i
  ></span>`;
}
