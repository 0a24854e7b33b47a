import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import type { MapView } from '../../../src/protocol/map/mapView';
import type { PanelSnapshot, PanelViewName } from '../../../src/protocol/panelSnapshot';
import { downloadPercent } from '../embeddings/downloadView';
import { icon } from '../icon';
import type { InspectorState } from '../inspectorState';
import { formatCount, formatMilliseconds, formatPercent, formatShare } from '../numbers';

/** Which model gave the numbers of the view, from which server where not the hub, how large it is, and how long they took. Always there. */
export function footer({ snapshot, view }: InspectorState): TemplateResult {
  return html`<div class="footer">${snapshot ? content(snapshot, view) : nothing}</div>`;
}

/** What a view shows, as far as it comes from a model. */
export function shownResult(
  { answer, compare, tokenPage }: PanelSnapshot,
  view: PanelViewName,
): { readonly model?: ModelView; readonly milliseconds?: number; readonly searched?: string } | undefined {
  return { neighbors: answer, compare, token: tokenPage, map: undefined }[view];
}

function content(snapshot: PanelSnapshot, view: PanelViewName): TemplateResult {
  const { embeddings } = snapshot;
  const { model, milliseconds, searched } = shownResult(snapshot, view) ?? {};
  // While a next model is on its way the numbers are still those of the last one; the body tells about the next.
  if (model) {
    return modelLine(
      model,
      milliseconds === undefined ? undefined : formatMilliseconds(milliseconds),
      searched,
    );
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
    case 'converting':
      return html`<span class="model-name">${embeddings.path.split(/[/\\]/).at(-1)}</span
        ><span class="separated">converting ${formatShare(embeddings.fraction)}</span>`;
    case 'building': {
      const { model, rowsDone, rowCount } = embeddings;
      const share = rowCount > 0 ? formatShare(Math.min(1, rowsDone / rowCount)) : formatShare(0);
      return html`${modelName(model)}<span class="separated">building ${share}</span>`;
    }
    case 'ready':
      return view === 'map' && snapshot.map
        ? html`${sizedModel(embeddings.model)}${mapFacts(snapshot.map)}`
        : modelLine(embeddings.model);
    case 'failed':
      return html`${icon('error', 'failed')}<span class="cause" title=${embeddings.reason}
          >no embeddings: ${embeddings.reason}</span
        >`;
  }
}

/** How the map was made. */
function mapFacts(map: MapView): TemplateResult | typeof nothing {
  switch (map.stage) {
    case 'linear':
      return html`<span class="separated">linear map</span>`;
    case 'unfolding':
      return html`<span class="separated wide">exact neighbors</span
        ><span class="separated">layout under way</span>`;
    case 'stopped':
      return html`<span class="separated wide">exact neighbors</span
        ><span class="separated">layout stopped</span>`;
    case 'ready': {
      const { source, milliseconds, seed } = map.figures;
      const time = formatMilliseconds(milliseconds);
      return html`<span class="separated wide">exact neighbors</span
        ><span class="separated">${source === 'made' ? `layout ${time}` : `layout kept, ${time}`}</span
        ><span class="separated wide">seed ${seed}</span>`;
    }
    case 'waiting':
    case 'refused':
    case 'failed':
      return nothing;
  }
}

/** @param searched How a database searched: said also where there is little room, for it may be approximate. Until it has, nobody knows. */
function modelLine(model: ModelView, time?: string, searched?: string): TemplateResult {
  const local = model.isTable === true ? nothing : html`<span class="separated wide">exact</span>`;
  const how = searched === undefined ? local : html`<span class="separated searched">${searched}</span>`;
  return html`${sizedModel(model)}${how}${
    time === undefined ? nothing : html`<span class="separated">${time}</span>`
  }`;
}

function sizedModel(model: ModelView): TemplateResult {
  const size = `${formatCount(model.rowCount)} × ${formatCount(model.dimension)}`;
  return html`${modelName(model)}${
      model.server === undefined
        ? nothing
        : html`<span class="model-server separated" title=${model.server}>from ${model.server}</span>`
    }${model.isVerified && !model.isSample ? html`<span class="separated">verified</span>` : nothing}<span
      class="separated wide"
      >${size}</span
    >`;
}

function modelName(model: ModelView): TemplateResult {
  return model.isSample
    ? html`${icon('beaker', 'warn')}<span class="model-name warn">sample vectors</span>`
    : html`${model.isVerified ? icon('verified', 'verified') : icon('database')}<span
          class="model-name"
          title=${model.path}
          >${model.name}</span
        >`;
}
