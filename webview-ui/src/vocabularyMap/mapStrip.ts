import { html, nothing, type TemplateResult } from 'lit/html.js';
import { MAX_COMPARED } from '../../../src/protocol/compareView';
import { MAX_MEAN_IDS } from '../../../src/protocol/map/mapMessages';
import type { MapView } from '../../../src/protocol/map/mapView';
import { TOKEN_KINDS } from '../../../src/core/query/mapLabels/tokenKinds';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { formatCount, formatShare } from '../numbers';
import { KIND_NAMES } from './kindNames';
import { averageNear, kindsSentence, nearAndFarther } from './mapSentences';
import { mapTokenText } from './mapTokenText';
import type { MapArea, VocabularyMapState } from './vocabularyMapState';
import { wayStrip } from './wayStrip';
import { ofRows } from '../rowNames';

/** One line below the map: what is pointed at or selected, and else how far the map can be believed. */
export function mapStrip(view: MapView, state: InspectorState, actions: InspectorActions): TemplateResult {
  const map = state.vocabularyMap;
  return html`<div class="map-strip">${content(view, map, actions)}</div>`;
}

function content(view: MapView, map: VocabularyMapState, actions: InspectorActions): TemplateResult {
  if (map.way) {
    return wayStrip(map.way, map, actions.map);
  }
  if (map.hoveredId !== undefined && map.hoveredId !== map.selectedId) {
    return html`<span class="nowrap">${hovered(map.hoveredId, map)}</span>`;
  }
  if (map.area) {
    return area(map.area, map, actions);
  }
  if (map.selectedId !== undefined) {
    return selected(map.selectedId, map, actions);
  }
  return html`${stageSentence(view, map)}<span class="grow"></span>${
      view.stage === 'ready'
        ? html`<button
            class="link map-control"
            aria-expanded=${map.isExplained}
            @click=${() => actions.map.explain(!map.isExplained)}
          >
            ${map.coloring === 'truth' ? 'What is this?' : 'How true is it?'}
          </button>`
        : nothing
    }`;
}

function stageSentence(view: MapView, map: VocabularyMapState): TemplateResult {
  switch (view.stage) {
    case 'linear': {
      const [first, second] = view.explained;
      return html`<span class="nowrap"
        ><b>${formatShare(first + second)}</b> of the spread is shown<span class="wide-map"
          >. A linear map keeps little: most true neighbors of a ${ofRows('token')} lie elsewhere on it.</span
        ></span
      >`;
    }
    case 'unfolding':
      return html`<span class="nowrap quiet"
        >Step ${formatCount(view.epoch)} of ${formatCount(view.epochs)}.<span class="wide-map">
          What is near is being sorted out; names come with the finished map.</span
        ></span
      >`;
    case 'stopped':
      return html`<span class="nowrap quiet">Nothing is known of how far this map is true.</span>`;
    case 'ready': {
      const average = averageNear(view.figures.near);
      const { document } = map;
      return map.coloring === 'document' && document
        ? documentSentence(document.total, document.tokens.length, view.figures.tokenCount)
        : html`<span class="nowrap"
            ><span class="wide-map"
              >Of its 15 nearest neighbors, a ${ofRows('token')} has on average <b>${average}</b> among the
              100 points around it. Far distances mean little.</span
            ><span class="narrow-map"
              ><b>${average}</b> of 15 true neighbors lie near · far distances mean little</span
            ></span
          >`;
    }
    case 'waiting':
    case 'refused':
    case 'failed':
      return html``;
  }
}

function documentSentence(total: number, different: number, tokenCount: number): TemplateResult {
  const share = tokenCount === 0 ? 0 : (100 * different) / tokenCount;
  return html`<span class="nowrap"
    ><b>${formatCount(total)}</b> ${ofRows('tokens')}, <b>${formatCount(different)}</b> different
    <span class="quiet small">${share.toFixed(1)} % of the vocabulary</span></span
  >`;
}

function kindName({ tokens }: VocabularyMapState, id: number): string {
  if (!tokens?.isNamed(id)) {
    return ofRows('no known token');
  }
  return KIND_NAMES[tokens.kindOf(id)].name;
}

function hovered(id: number, map: VocabularyMapState): TemplateResult {
  const counts = nearAndFarther(map, id);
  const nearest = map.neighbors.of(id)?.slice(0, 3) ?? [];
  return html`${mapTokenText(map.tokens, id)}
    <span class="quiet small"
      >${id} ·
      ${kindName(map, id)}${
        counts ? html` · <b>${counts.near}</b> of ${counts.all.length} true neighbors near` : nothing
      }${
        nearest.length > 0
          ? html` · nearest
            ${nearest.map((neighbor, place) => html`${place > 0 ? ' ' : nothing}${mapTokenText(map.tokens, neighbor.id)}`)}`
          : nothing
      }</span
    >`;
}

function selected(id: number, map: VocabularyMapState, actions: InspectorActions): TemplateResult {
  const counts = nearAndFarther(map, id);
  return html`<span class="nowrap"
      >${mapTokenText(map.tokens, id)}
      <span class="quiet small"
        >${id}${
          counts
            ? html` · <b>${counts.near}</b> of ${counts.all.length}<span class="wide-map">
                  true neighbors</span
                >
                near, <b>${counts.farther}</b> farther`
            : map.hasPlace(id)
              ? nothing
              : ' · has no place on the map'
        }</span
      ></span
    ><span class="grow"></span>
    ${
      counts
        ? html`<button
            class="button map-control"
            title="A way from here to another token, over true neighbors"
            aria-label="Way to another token"
            @click=${() => actions.map.beginWay()}
          >
            ${icon('milestone')}<span class="wide-strip">Way to…</span>
          </button>`
        : nothing
    }
    <button
      class="button map-control"
      title="Compare with the query, or with its nearest neighbor"
      aria-label="Compare"
      @click=${() => actions.map.compareSelected()}
    >
      ${icon('graphLine')}<span class="wide-strip">Compare</span></button
    ><button
      class="button map-control"
      title="Make it the query (double click)"
      aria-label="Go"
      @click=${() => actions.map.go(id)}
    >
      ${icon('arrowRight')}<span class="wide-strip">Go</span>
    </button>`;
}

function area({ ids }: MapArea, map: VocabularyMapState, actions: InspectorActions): TemplateResult {
  const counts = TOKEN_KINDS.map(() => 0);
  for (const id of ids) {
    const kind = map.tokens?.kinds[id] ?? TOKEN_KINDS.indexOf('other');
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const forms = map.areaForms;
  const kinds = TOKEN_KINDS.map((kind, place) => [KIND_NAMES[kind].name, counts[place] ?? 0] as const);
  const meant = Array.from(ids.subarray(0, MAX_MEAN_IDS));
  const compared = forms.slice(0, MAX_COMPARED).map(({ id }) => id);
  return html`<span class="nowrap"
      ><b>${formatCount(ids.length)}</b> ${ofRows(ids.length === 1 ? 'token' : 'tokens')}
      <span class="quiet small">${kindsSentence(kinds)}</span></span
    ><span class="grow"></span>
    <button
      class="button map-control"
      aria-label="Mean as query"
      title=${meant.length < ids.length ? `The mean of the ${meant.length} commonest as query` : 'Their mean as query'}
      @click=${() => actions.send({ type: 'askMean', ids: meant })}
    >
      ${icon('search')}<span class="wide-strip">Mean as query</span></button
    ><button
      class="button map-control"
      aria-label="Compare as matrix"
      title=${compared.length < forms.length ? `Compare the ${compared.length} commonest as matrix` : 'Compare as matrix'}
      @click=${() => actions.send({ type: 'compareTokens', ids: compared })}
    >
      ${icon('table')}<span class="wide-strip">Compare</span>
    </button>`;
}
