import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ModelView, PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { downloadPercent } from './downloadView';
import { icon } from './icon';
import { formatCount, formatMilliseconds, formatPercent, formatShare } from './numbers';

/** Which model gave the numbers, how large it is, and how long the answer took. Always there. */
export function footer(snapshot: PanelSnapshot | undefined): TemplateResult {
  return html`<div class="footer">${snapshot ? content(snapshot) : nothing}</div>`;
}

function content(snapshot: PanelSnapshot): TemplateResult {
  const { embeddings, answer } = snapshot;
  // While a next model is on its way the numbers are still those of the last one; the body tells about the next.
  if (answer) {
    return modelLine(answer.model, formatMilliseconds(answer.milliseconds));
  }
  switch (embeddings.state) {
    case 'none':
      return html`${icon('circleSlash')}<span>no embeddings loaded</span>`;
    case 'locating':
      return html`${icon('loading')}<span>locating embeddings</span>`;
    case 'undecided':
      return html`${icon('circleSlash')}<span class="model-name">${embeddings.offer.name}</span
        ><span class="separated">not on this machine</span>`;
    case 'downloading': {
      const { download } = embeddings;
      const percent = downloadPercent(download);
      return html`${icon('cloudDownload')}<span class="model-name">${download.name}</span
        ><span class="separated"
          >downloading${percent === undefined ? '…' : ` ${formatPercent(percent)}`}</span
        >`;
    }
    case 'building': {
      const { model, rowsDone, rowCount } = embeddings;
      const share = rowCount > 0 ? formatShare(Math.min(1, rowsDone / rowCount)) : formatShare(0);
      return html`${modelName(model)}<span class="separated">building ${share}</span>`;
    }
    case 'ready':
      return modelLine(embeddings.model);
    case 'failed':
      return html`${icon('error', 'failed')}<span>embeddings failed to load</span>`;
  }
}

function modelLine(model: ModelView, time?: string): TemplateResult {
  const size = `${formatCount(model.rowCount)} × ${formatCount(model.dimension)}`;
  return html`${modelName(model)}${
      model.isVerified && !model.isSample ? html`<span class="separated">verified</span>` : nothing
    }<span class="separated wide">${size}</span><span class="separated wide">exact</span>${
      time === undefined ? nothing : html`<span class="separated">${time}</span>`
    }`;
}

function modelName(model: ModelView): TemplateResult {
  return model.isSample
    ? html`${icon('beaker', 'warn')}<span class="model-name warn" title=${model.path}
          >sample vectors, not GPT-2</span
        >`
    : html`${model.isVerified ? icon('verified', 'verified') : icon('database')}<span
          class="model-name"
          title=${model.path}
          >${model.name}</span
        >`;
}
