import { html, nothing, type TemplateResult } from 'lit/html.js';
import { cache } from 'lit/directives/cache.js';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { compareView } from './compare/compareView';
import type { InspectorActions } from './inspectorActions';
import type { InspectorState } from './inspectorState';
import { neighborsView } from './neighbors/neighborsView';
import { isLongQuery } from './query/longQuery';
import { queryChoices } from './query/queryChoices';
import { queryLine } from './query/queryLine';
import { footer } from './shell/footer';
import { notices, shownModel } from './shell/notices';
import { viewsBar } from './shell/viewsBar';
import { tokenPage } from './token/tokenPage';
import { vocabularyMapView } from './vocabularyMap/vocabularyMapView';
import { nameRowsOf } from './rowNames';

/** The whole panel, drawn from the state alone. */
export function inspectorPanel(state: InspectorState, actions: InspectorActions): TemplateResult {
  const { snapshot } = state;
  nameRowsOf(shownModel(state));
  // What can be clicked but takes no focus leaves it to the panel, and not to the page, where no key would be heard.
  return html`<div class="panel" tabindex="-1">
    <h1 class="spoken-only">Tokenscope inspector</h1>
    <div class=${queryHeadClass(state)}>
      ${queryLine(state, actions)} ${state.view === 'compare' ? nothing : queryChoices(state, actions)}
    </div>
    ${snapshot ? viewsBar(snapshot, state, actions) : nothing} ${notices(state, actions)}
    ${snapshot ? body(snapshot, state, actions) : html`<div class="body"></div>`} ${footer(state)}
    <div class="spoken-only live" role="status" aria-live="polite">${state.announcement}</div>
  </div>`;
}

function queryHeadClass({ snapshot, opensChoices }: InspectorState): string {
  return isLongQuery(snapshot?.query) && !opensChoices ? 'query-head one-line' : 'query-head';
}

/** The drawings of a view are kept while another one is shown, so that coming back costs nothing. */
function body(snapshot: PanelSnapshot, state: InspectorState, actions: InspectorActions): TemplateResult {
  return html`<div class="body" id="view" role="tabpanel" tabindex="-1" aria-labelledby="tab-${state.view}">
    ${cache(shownView(snapshot, state, actions))}
  </div>`;
}

function shownView(
  snapshot: PanelSnapshot,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  switch (state.view) {
    case 'neighbors':
      return html`${neighborsView(snapshot, state, actions)}`;
    case 'compare':
      return html`<div class="compare-body">${compareView(snapshot.compare, state, actions)}</div>`;
    case 'map':
      return html`${vocabularyMapView(snapshot, state, actions)}`;
    case 'token':
      return html`<div class="token-body">${tokenPage(snapshot.tokenPage, state, actions)}</div>`;
  }
}
