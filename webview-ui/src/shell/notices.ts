import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import { SAMPLE_EXPLANATION, SAMPLE_NOTICE } from '../../../src/protocol/sampleNotice';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { shownResult } from './footer';

/** What has to be known about the numbers below, and what went wrong with the last request. */
export function notices(state: InspectorState, actions: InspectorActions): TemplateResult {
  const model = shownModel(state);
  return html`${model?.isSample ? sampleNotice(actions) : nothing}
  ${model && model.warnings.length > 0 ? warningNotice(model) : nothing}
  ${state.refusal === undefined ? nothing : refusalNotice(state.refusal, actions)}`;
}

/** The model whose numbers are on the page, or will be. */
export function shownModel({ snapshot, view }: InspectorState): ModelView | undefined {
  const embeddings = snapshot?.embeddings;
  return (
    (snapshot && shownResult(snapshot, view)?.model) ??
    (embeddings?.state === 'ready' || embeddings?.state === 'building' ? embeddings.model : undefined)
  );
}

/** It cannot be closed: nobody may take these numbers for GPT-2's. */
function sampleNotice(actions: InspectorActions): TemplateResult {
  return html`<div class="notice warn sample" role="note" aria-label="Sample vectors">
    ${icon('beaker')}
    <span class="grow" title=${`${SAMPLE_EXPLANATION}.`}>${SAMPLE_NOTICE}</span>
    <button class="link" @click=${() => actions.send({ type: 'chooseModel' })}>Use GPT-2…</button>
  </div>`;
}

function warningNotice({ warnings }: ModelView): TemplateResult {
  return html`<div class="notice warn" role="note" aria-label="Warnings about the model's file">
    ${icon('warning')}
    <div class="grow">${warnings.map((warning) => html`<div>${warning}</div>`)}</div>
  </div>`;
}

function refusalNotice(reason: string, actions: InspectorActions): TemplateResult {
  return html`<div class="notice refusal">
    ${icon('error', 'failed')}
    <span class="grow" role="alert">${reason}</span>
    <button class="button" aria-label="Dismiss" title="Dismiss" @click=${() => actions.dismissRefusal()}>
      ${icon('close')}
    </button>
  </div>`;
}
