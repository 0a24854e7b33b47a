import { html, type TemplateResult } from 'lit/html.js';
import type { MapView } from '../../../src/protocol/map/mapView';

/** The map of all tokens. */
export function vocabularyMapView(map: MapView | undefined): TemplateResult {
  return html`<div class="vocabulary-map">${map?.stage}</div>`;
}
