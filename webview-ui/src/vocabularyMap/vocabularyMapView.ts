import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { embeddingsProgress } from '../embeddings/embeddingsProgress';
import { embeddingsNeeded } from '../plots/embeddingsNeeded';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { mapLegend } from './legend/mapLegend';
import { mapList } from './list/mapList';
import { mapProgress } from './mapProgress';
import { mapStrip } from './mapStrip';
import { mapTruth } from './mapTruth';
import { ofRows } from '../rowNames';

/** The map of all tokens: what is done to it, what its colors mean, the map and a list, and what can be said of it. */
export function vocabularyMapView(
  snapshot: PanelSnapshot,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const { map: view, embeddings } = snapshot;
  const map = state.vocabularyMap;
  const surface = map.positions ? actions.map.surface : undefined;
  // What was drawn before a refusal is of another model.
  if (!surface || view?.stage === 'refused') {
    return html`<div class="vocabulary-map">${waiting(snapshot, actions)}</div>`;
  }
  const isNotReady = embeddings.state !== 'ready' && embeddings.state !== 'none';
  return html`<div class="vocabulary-map">
    ${isNotReady ? embeddingsProgress(embeddings, snapshot.query, actions) : nothing}
    ${view ? mapProgress(view, actions) : nothing} ${mapLegend(snapshot, state, actions)}
    <div class="map-split ${map.isListOpen ? 'with-list' : ''}">
      <div class="map-canvas">
        ${surface} ${zoomButtons(actions)}
        ${view?.stage === 'ready' && map.isExplained ? mapTruth(view.figures, actions.map) : nothing}
      </div>
      ${map.isListOpen ? mapList(map, actions) : nothing}
    </div>
    ${
      view
        ? mapStrip(view, state, actions)
        : // Its room, until the host has said what is to be said there: the map has its size from the beginning.
          html`<div class="map-strip"></div>`
    }
  </div>`;
}

function waiting({ map, embeddings, query }: PanelSnapshot, actions: InspectorActions): TemplateResult {
  if (map && map.stage !== 'waiting') {
    return html`${mapProgress(map, actions)}`;
  }
  switch (embeddings.state) {
    case 'ready':
      return html`<p class="message searching quiet" role="status">Computing the map…</p>`;
    case 'none':
      return embeddingsNeeded(embeddings, ofRows('draw the map of all tokens'), actions);
    default:
      return html`${embeddingsProgress(embeddings, query, actions)}`;
  }
}

function zoomButtons({ map }: InspectorActions): TemplateResult {
  return html`<div class="map-zoom">
    <button class="button" aria-label="Zoom in" title="Zoom in (+)" @click=${() => map.zoom('in')}>
      ${icon('add')}
    </button>
    <button class="button" aria-label="Zoom out" title="Zoom out (−)" @click=${() => map.zoom('out')}>
      ${icon('remove')}
    </button>
    <button class="button" aria-label="Whole map" title="Whole map (0)" @click=${() => map.zoom('whole')}>
      ${icon('screenFull')}
    </button>
  </div>`;
}
