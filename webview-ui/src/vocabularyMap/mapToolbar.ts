import { html, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { MAP_COLORINGS, type MapColoring } from '../../../src/protocol/map/mapArrangement';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { filterButton } from '../filter/filterPopup';
import { icon } from '../icon';
import { selectOf } from '../inputOf';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { COLORING_NAMES } from './coloringNames';
import { ofRows, rowsAreWords } from '../rowNames';

/** Where rows are words, no document is split into them, and a row has a number but no merge rule. */
function offeredColorings(): Readonly<Partial<Record<MapColoring, string>>> {
  if (!rowsAreWords()) {
    return COLORING_NAMES;
  }
  const { document, ...others } = COLORING_NAMES;
  return { ...others, mergeRank: 'row number' };
}

/** What can be done to the map, beside the tabs. */
export function mapToolbar(
  snapshot: PanelSnapshot,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const map = state.vocabularyMap;
  const canDraw = map.isReady;
  return html`<div class="list-choices map-toolbar">
    <span class="select">
      <span class="quiet wide-map" aria-hidden="true">Color</span>
      <select
        aria-label="Color"
        .value=${live(map.coloring)}
        @change=${(event: Event) => {
          const { value } = selectOf(event);
          const coloring = MAP_COLORINGS.find((name) => name === value);
          if (coloring) {
            actions.map.chooseColoring(coloring);
          }
        }}
      >
        ${Object.entries(offeredColorings()).map(
          ([coloring, name]) =>
            html`<option value=${coloring} ?selected=${coloring === map.coloring}>${name}</option>`,
        )}
      </select>
      ${icon('chevronDown')}
    </span>
    <span class="grow"></span>
    <button
      class="button lasso-button"
      aria-label="Draw around tokens"
      title=${canDraw ? ofRows('Draw around tokens (L on the map for a square)') : 'Areas mean something on the finished map only'}
      aria-pressed=${map.isDrawing}
      ?disabled=${!canDraw}
      @click=${() => actions.map.toggleDrawing()}
    >
      ${icon('lasso')}
    </button>
    ${filterButton(snapshot, state, actions)}
    <button
      class="button list-button"
      aria-label="Show as list"
      title="Show as list (T for the regions)"
      aria-pressed=${map.isListOpen}
      @click=${() => actions.map.toggleList()}
    >
      ${icon('listUnordered')}
    </button>
  </div>`;
}
