import { html, type TemplateResult } from 'lit/html.js';
import type { DownloadOfferView } from '../../../src/protocol/embeddingsView';
import { missingModel, offeredPart } from './downloadView';
import type { InspectorActions } from '../inspectorActions';
import { alternative, facts, requestButton } from '../messageParts';

/** Asks before anything is fetched: what it is, from where, how much, and what else can be done. */
export function downloadOffer(offer: DownloadOfferView, actions: InspectorActions): TemplateResult {
  return html`<div class="message">
    <p class="message-line"><span class="grow">${missingModel(offer)}</span></p>
    <div class="offer">
      ${facts([
        ['what', offeredPart(offer)],
        ['from', `${offer.repository} on ${offer.host}`],
      ])}
      <p class="small quiet">
        ${offer.fetchesTokenizer ? 'Also its tokenizer.json. ' : ''}${
          offer.sendsToken ? `Your Hugging Face token is sent to ${offer.host}. ` : ''
        }Nothing
        else is sent or fetched.
      </p>
    </div>
    <p class="buttons">
      ${requestButton('Download', { type: 'download' }, actions)}
      ${requestButton('Use a Local File…', { type: 'chooseFile' }, actions, 'second')}
    </p>
    ${alternative('Use Sample Vectors', 'works offline, not GPT-2', { type: 'useSample' }, actions)}
    ${alternative('Other Models…', 'larger GPT-2s, or any other repository', { type: 'chooseModel' }, actions)}
  </div>`;
}
