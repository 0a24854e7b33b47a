import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FailedView, NamedServerView } from '../../../src/protocol/embeddingsView';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import { alternative, requestButton } from '../messageParts';
import { formatRoughBytes } from './sizesAndTimes';

/** Why there are no embeddings, what was kept, and what can be done: two buttons, the best step first, then links. */
export function loadFailure(
  { reason, detail, wholeFile, setting, server, mayBeProxy }: FailedView,
  actions: InspectorActions,
): TemplateResult {
  return html`<div class="message">
    <p class="message-line">${icon('error', 'failed')}<span class="grow" role="alert">${reason}</span></p>
    ${detail === undefined ? nothing : html`<p class="small quiet detail">${detail}</p>`}
    ${server ? html`<p class="small quiet detail">${serverSentence(server)}</p>` : nothing}
    <p class="buttons">
      ${
        wholeFile
          ? requestButton(
              `Download the Whole File (${formatRoughBytes(wholeFile.bytes)})`,
              { type: 'downloadWhole' },
              actions,
            )
          : requestButton('Try Again', { type: 'retryLoading' }, actions)
      }
      ${requestButton('Use a Local File…', { type: 'chooseFile' }, actions, 'second')}
    </p>
    ${
      setting
        ? alternative('Open the Setting', `tokenscope.${setting}`, { type: 'openSetting', setting }, actions)
        : nothing
    }
    ${
      mayBeProxy
        ? alternative('Proxy Settings', 'of VS Code', { type: 'openProxySettings' }, actions)
        : nothing
    }
    ${
      wholeFile
        ? alternative('Try Again', 'with a part of the file, as before', { type: 'retryLoading' }, actions)
        : nothing
    }
    ${alternative('Use Sample Vectors', 'works offline, not GPT-2', { type: 'useSample' }, actions)}
    ${alternative('Show Log', 'what was tried, and where', { type: 'showLog' }, actions)}
    ${alternative('Other Models…', 'larger GPT-2s, or any other repository', { type: 'chooseModel' }, actions)}
  </div>`;
}

function serverSentence({ name, source }: NamedServerView): string {
  const named =
    source === 'setting' ? 'the setting tokenscope.hubEndpoint' : 'the environment variable HF_ENDPOINT';
  return `Models come from ${name}, which ${named} names in place of the hub.`;
}
