import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AnswerView, PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { embeddingsProgress, splitLine } from './embeddingsProgress';
import { emptyPage } from './emptyPage';
import { footer } from './footer';
import { icon } from './icon';
import type { InspectorActions } from './inspectorActions';
import type { InspectorState } from './inspectorState';
import { neighborhoodMap } from './neighborhoodMap';
import { neighborList } from './neighborList';
import { notices } from './notices';
import { queryChoices } from './queryChoices';
import { queryLine } from './queryLine';
import { selectionStrip } from './selectionStrip';

/** The whole panel, drawn from the state alone. */
export function inspectorPanel(state: InspectorState, actions: InspectorActions): TemplateResult {
  const { snapshot } = state;
  return html`<div class="panel">
    <h1 class="spoken-only">Tokenscope inspector</h1>
    ${queryLine(state, actions)} ${queryChoices(state, actions)} ${notices(state, actions)}
    <div class="body">${snapshot ? body(snapshot, state, actions) : nothing}</div>
    ${footer(snapshot)}
    <div class="spoken-only" role="status" aria-live="polite">${state.announcement}</div>
  </div>`;
}

/** Nothing that is still true is taken away: a split stays while embeddings load, an answer while the next model fails. */
function body(snapshot: PanelSnapshot, state: InspectorState, actions: InspectorActions): TemplateResult {
  const { embeddings, query, answer, queryError } = snapshot;
  const progress =
    answer && embeddings.state === 'none' ? nothing : embeddingsProgress(embeddings, query, actions);
  return html`${progress}
  ${
    queryError === undefined
      ? nothing
      : html`<div class="message">
          <p class="message-line">
            ${icon('warning', 'warn')}<span class="grow" role="alert">${queryError}</span>
          </p>
        </div>`
  }
  ${query && !answer && query.pieces.length > 1 ? html`<div class="message split-box">${splitLine(query)}</div>` : nothing}
  ${
    query && !answer && queryError === undefined && embeddings.state === 'ready'
      ? html`<p class="message searching quiet">Searching…</p>`
      : nothing
  }
  ${answer ? results(answer, state, actions) : nothing} ${query || answer ? nothing : emptyPage(actions)}`;
}

function results(answer: AnswerView, state: InspectorState, actions: InspectorActions): TemplateResult {
  if (answer.neighbors.length === 0) {
    return html`<p class="message">No token can be ranked against this query.</p>`;
  }
  return html`<div class="results">
    <section class="ranked" aria-label="Ranked neighbors">
      ${neighborList(answer, state, actions)} ${selectionStrip(state, actions)}
    </section>
    ${answer.map ? neighborhoodMap(answer, answer.map, state, actions) : nothing}
  </div>`;
}
