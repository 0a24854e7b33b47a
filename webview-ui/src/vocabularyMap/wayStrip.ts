import { html, nothing, type TemplateResult } from 'lit/html.js';
import { icon } from '../icon';
import { formatCount } from '../numbers';
import type { MapActions } from './mapActions';
import { mapTokenText } from './mapTokenText';
import type { MapWay, VocabularyMapState } from './vocabularyMapState';

/** The way from one token to another: its end is clicked or typed, then it is said how long it is, and that there are others. */
export function wayStrip(way: MapWay, map: VocabularyMapState, actions: MapActions): TemplateResult {
  return html`${way.to === undefined ? choosing(way.from, map, actions) : found(way, way.to, map)}
    <span class="grow"></span>
    <button
      class="button map-control"
      aria-label="Close the way"
      title="Close the way"
      @click=${() => actions.closeWay()}
    >
      ${icon('close')}
    </button>`;
}

function choosing(from: number, map: VocabularyMapState, actions: MapActions): TemplateResult {
  return html`<form
    class="way-form"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const { currentTarget } = event;
      const typed = currentTarget instanceof HTMLFormElement && currentTarget.querySelector('input')?.value;
      if (typed) {
        actions.findWay(typed);
      }
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        actions.closeWay();
        event.preventDefault();
        event.stopPropagation();
      }
    }}
  >
    <span class="nowrap">Way from ${mapTokenText(map.tokens, from)} to</span>
    <input
      class="text-input way-input"
      type="text"
      aria-label="Token at the end of the way, or click it on the map"
      placeholder="token, or click it"
      spellcheck="false"
      autocomplete="off"
    />
    <button class="button map-control" aria-label="Find the way" title="Find the way">
      ${icon('arrowRight')}
    </button>
  </form>`;
}

function found({ from, ids, refusal }: MapWay, to: number, map: VocabularyMapState): TemplateResult {
  const ends = html`${mapTokenText(map.tokens, from)} to ${mapTokenText(map.tokens, to)}`;
  if (!ids) {
    return html`<span class="nowrap">Looking for a way from ${ends}…</span>`;
  }
  if (ids.length === 0) {
    return html`<span class="nowrap"
      >${refusal ?? html`There is no way from ${ends} over true neighbors.`}</span
    >`;
  }
  return html`<span class="nowrap"
    ><b>${formatCount(ids.length - 1)}</b> ${ids.length === 2 ? 'step' : 'steps'} from ${ends}
    ${ids.length > 0 ? html`<span class="quiet small">one of many ways over true neighbors</span>` : nothing}</span
  >`;
}
