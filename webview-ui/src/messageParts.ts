import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PanelRequest } from '../../src/protocol/panelMessages';
import type { InspectorActions } from './inspectorActions';
import { place } from './place';

/** A button that sends a request; `second` is for all but the best step. */
export function requestButton(
  label: string,
  request: PanelRequest,
  actions: InspectorActions,
  kind: '' | 'second' = '',
): TemplateResult {
  return html`<button class="big-button ${kind}" @click=${() => actions.send(request)}>${label}</button>`;
}

/** A lesser choice: a link with a few words on what it is. */
export function alternative(
  label: string,
  explanation: string,
  request: PanelRequest,
  actions: InspectorActions,
): TemplateResult {
  return html`<p class="small alternative">
    <button class="link" @click=${() => actions.send(request)}>${label}</button>
    <span class="quiet">${explanation}</span>
  </p>`;
}

/** Label and value of each fact; those without a value are left out. */
export function facts(all: readonly (readonly [string, string | undefined])[]): TemplateResult {
  return html`<dl class="facts-list">
    ${all.map(([label, value]) =>
      value === undefined
        ? nothing
        : html`<dt>${label}</dt>
            <dd>${value}</dd>`,
    )}
  </dl>`;
}

/** @param percent 0 … 100; undefined while it cannot be told */
export function progressBar(label: string, percent: number | undefined): TemplateResult {
  return percent === undefined
    ? html`<div class="progress" role="progressbar" aria-label=${label}></div>`
    : html`<div
        class="progress"
        role="progressbar"
        aria-label=${label}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.floor(percent)}
      >
        <i ${place({ width: `${percent.toFixed(1)}%` })}></i>
      </div>`;
}
