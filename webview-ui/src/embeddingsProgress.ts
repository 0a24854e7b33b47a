import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { EmbeddingsView, ModelView, QueryView } from '../../src/protocol/panelSnapshot';
import { icon } from './icon';
import type { InspectorActions } from './inspectorActions';
import { formatCount } from './numbers';
import { place } from './place';
import { piecesText } from './tokenText';

/** Why there are no neighbors yet: embeddings on their way, failed, or not asked for. */
export function embeddingsProgress(
  embeddings: EmbeddingsView,
  query: QueryView | undefined,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  switch (embeddings.state) {
    case 'none':
      return query ? notLoaded(actions) : nothing;
    case 'locating':
      return locating(actions);
    case 'building':
      return building(embeddings, actions);
    case 'failed':
      return failed(embeddings.reason, actions);
    case 'ready':
      return nothing;
  }
}

/** The split of a query of several tokens, which is true whatever becomes of the embeddings. */
export function splitLine(query: QueryView): TemplateResult {
  const ids = query.pieces.slice(0, 8).map(({ id }) => id);
  return html`<p class="split-line small">
    <span class="quiet">Tokens</span> ${piecesText(query.pieces)}
    <span class="quiet number">${ids.join(' ')}</span>
  </p>`;
}

function notLoaded(actions: InspectorActions): TemplateResult {
  return html`<div class="message">
    <p>No embeddings are loaded, so there are no neighbors yet.</p>
    <p class="buttons">
      <button class="big-button" @click=${() => actions.send({ type: 'retryLoading' })}>
        Load Embeddings
      </button>
      <button class="big-button second" @click=${() => actions.send({ type: 'chooseModel' })}>
        Choose File…
      </button>
    </p>
    ${sampleLink(actions)}
  </div>`;
}

function locating(actions: InspectorActions): TemplateResult {
  return html`<div class="message" role="status">
    <p class="message-line">
      ${icon('loading', 'turning')}<span class="grow">Looking for the embeddings…</span
      >${cancelButton(actions)}
    </p>
  </div>`;
}

function building(
  { model, rowsDone, rowCount }: Extract<EmbeddingsView, { state: 'building' }>,
  actions: InspectorActions,
): TemplateResult {
  const share = rowCount > 0 ? Math.min(1, rowsDone / rowCount) : 0;
  return html`<div class="message">
    <p class="message-line">
      <span class="grow">Building the index: rows ${formatCount(rowsDone)} of ${formatCount(rowCount)}</span
      >${cancelButton(actions)}
    </p>
    <div
      class="progress"
      role="progressbar"
      aria-label="Building the index"
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.floor(share * 100)}
    >
      <i ${place({ width: `${(share * 100).toFixed(1)}%` })}></i>
    </div>
    ${modelFacts(model)}
  </div>`;
}

function modelFacts({ path, tensorName, dtype, rowCount, dimension }: ModelView): TemplateResult {
  return html`<dl class="model-facts">
    <dt>file</dt>
    <dd>${path}</dd>
    <dt>tensor</dt>
    <dd>${tensorName}, ${formatCount(rowCount)} × ${formatCount(dimension)} ${dtype}</dd>
  </dl>`;
}

function failed(reason: string, actions: InspectorActions): TemplateResult {
  return html`<div class="message">
    <p class="message-line">${icon('error', 'failed')}<span class="grow" role="alert">${reason}</span></p>
    <p class="buttons">
      <button class="big-button" @click=${() => actions.send({ type: 'retryLoading' })}>Try Again</button>
      <button class="big-button second" @click=${() => actions.send({ type: 'chooseModel' })}>
        Choose File…
      </button>
    </p>
    ${sampleLink(actions)}
    <p class="small alternative">
      <button class="link" @click=${() => actions.send({ type: 'showLog' })}>Show Log</button>
      <span class="quiet">what was tried, and where</span>
    </p>
  </div>`;
}

function sampleLink(actions: InspectorActions): TemplateResult {
  return html`<p class="small alternative">
    <button class="link" @click=${() => actions.send({ type: 'useSample' })}>Use Sample Vectors</button>
    <span class="quiet">works offline, not GPT-2</span>
  </p>`;
}

function cancelButton(actions: InspectorActions): TemplateResult {
  return html`<button class="big-button second" @click=${() => actions.send({ type: 'cancelLoading' })}>
    Cancel
  </button>`;
}
