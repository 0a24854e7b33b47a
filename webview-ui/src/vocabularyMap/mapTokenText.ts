import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { MapTokens } from './mapTokens';

/** A token on the map's page: its spaces drawn as boxes that copy as spaces, read out by its name. */
export function mapTokenText(tokens: MapTokens | undefined, id: number): TemplateResult {
  const name = tokens?.nameOf(id) ?? `#${id}`;
  const spoken = tokens?.spokenName(id) ?? name;
  const drawn = html`<span class="tok"
    >${name.split('␣').map((part, place) => html`${place > 0 ? html`<span class="sp"> </span>` : nothing}${part}`)}</span
  >`;
  return spoken === name
    ? drawn
    : html`<span class="spoken-only">${spoken}</span
        ><span class="drawn-only" aria-hidden="true">${drawn}</span>`;
}
