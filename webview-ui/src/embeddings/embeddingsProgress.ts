import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { EmbeddingsView } from '../../../src/protocol/embeddingsView';
import type { QueryView } from '../../../src/protocol/queryView';
import { downloadOffer } from './downloadOffer';
import { downloadProgress } from './downloadProgress';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import { loadFailure } from './loadFailure';
import { alternative, facts, progressBar, requestButton } from '../messageParts';
import { formatCount, formatShare } from '../numbers';
import { piecesText } from '../tokenText';
import { ofRows } from '../rowNames';

/** Why there are no neighbors yet: embeddings on their way, failed, not decided on, or not asked for. */
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
    case 'undecided':
      return downloadOffer(embeddings.offer, actions);
    case 'downloading':
      return downloadProgress(embeddings.download, actions);
    case 'converting':
      return converting(embeddings, actions);
    case 'building':
      return building(embeddings, actions);
    case 'failed':
      return loadFailure(embeddings, actions);
    case 'ready':
      return nothing;
  }
}

/** The split of a query of several tokens, which is true whatever becomes of the embeddings. */
export function splitLine(query: QueryView): TemplateResult {
  const ids = query.pieces.slice(0, 8).map(({ id }) => id);
  return html`<p class="split-line small">
    <span class="quiet">${ofRows('Tokens')}</span> ${piecesText(query.pieces)}
    <span class="quiet number">${ids.join(' ')}</span>
  </p>`;
}

function notLoaded(actions: InspectorActions): TemplateResult {
  return html`<div class="message">
    <p>No embeddings are loaded, so there are no neighbors yet.</p>
    <p class="buttons">
      ${requestButton('Load Embeddings', { type: 'retryLoading' }, actions)}
      ${requestButton('Use a Local File…', { type: 'chooseFile' }, actions, 'second')}
    </p>
    ${alternative('Use Sample Vectors', 'works offline, not GPT-2', { type: 'useSample' }, actions)}
  </div>`;
}

function locating(actions: InspectorActions): TemplateResult {
  return html`<div class="message" role="status">
    <p class="message-line">
      ${icon('loading', 'turning')}<span class="grow">Looking for the embeddings…</span
      >${requestButton('Cancel', { type: 'cancelLoading' }, actions, 'second')}
    </p>
  </div>`;
}

function converting(
  { path, rowsDone, fraction }: Extract<EmbeddingsView, { state: 'converting' }>,
  actions: InspectorActions,
): TemplateResult {
  return html`<div class="message">
    <p class="message-line">
      <span class="grow">Converting the file: ${formatShare(fraction)}</span
      >${requestButton('Cancel', { type: 'cancelLoading' }, actions, 'second')}
    </p>
    ${progressBar('Converting the file', fraction * 100)}
    ${facts([
      ['file', path],
      ['rows', formatCount(rowsDone)],
    ])}
    <p class="small quiet">
      This is done once, and again when the file has changed. Canceling leaves nothing behind.
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
      >${requestButton('Cancel', { type: 'cancelLoading' }, actions, 'second')}
    </p>
    ${progressBar('Building the index', share * 100)}
    ${facts([
      ['file', model.path],
      [
        'tensor',
        `${model.tensorName}, ${formatCount(model.rowCount)} × ${formatCount(model.dimension)} ${model.dtype}`,
      ],
    ])}
  </div>`;
}
