import { html, type TemplateResult } from 'lit/html.js';
import type { EmbeddingsView } from '../../../src/protocol/embeddingsView';
import { icon } from '../icon';
import type { ViewActions } from './viewActions';

/**
 * Why nothing is measured yet, and what can be done about it.
 *
 * @param purpose ends the sentence "Load embeddings to …"
 */
export function embeddingsNeeded(
  embeddings: EmbeddingsView | undefined,
  purpose: string,
  actions: ViewActions,
): TemplateResult {
  const load = (label: string) =>
    html`<button class="big-button" @click=${() => actions.send({ type: 'retryLoading' })}>${label}</button>`;
  switch (embeddings?.state) {
    case undefined:
    case 'none':
      return line(`Load embeddings to ${purpose}.`, load('Load Embeddings'));
    case 'failed':
      return line(embeddings.reason, load('Try Again'), 'warning');
    case 'undecided':
      return line(
        `Load embeddings to ${purpose}.`,
        html`<button
          class="big-button"
          @click=${() => actions.send({ type: 'chooseView', view: 'neighbors' })}
        >
          Choose a Model
        </button>`,
      );
    case 'locating':
    case 'downloading':
    case 'converting':
    case 'building':
      return line(`The embeddings to ${purpose} are on their way.`);
    case 'ready':
      return html`<p class="message searching quiet" role="status">Measuring…</p>`;
  }
}

function line(text: string, button?: TemplateResult, sign?: 'warning'): TemplateResult {
  return html`<div class="message">
    <p class="message-line embeddings-needed">
      <span class="needed">${sign ? icon(sign, 'warn') : ''}<span class="grow">${text}</span></span
      >${button ?? ''}
    </p>
  </div>`;
}
