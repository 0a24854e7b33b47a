import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PanelSnapshot, PanelViewName } from '../../../src/protocol/panelSnapshot';
import { compareChoices } from '../compare/compareHeader';
import { filterButton } from '../filter/filterPopup';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { countChoice } from '../neighbors/countChoice';
import { metricChoice } from '../neighbors/metricChoice';
import { mapToolbar } from '../vocabularyMap/mapToolbar';
import { ofRows, rowsAreWords } from '../rowNames';

const VIEWS: readonly { readonly view: PanelViewName; readonly title: string }[] = [
  { view: 'neighbors', title: 'Neighbors' },
  { view: 'compare', title: 'Compare' },
  { view: 'token', title: 'Token' },
  { view: 'map', title: 'Map' },
];

/** The four views over one query as tabs, and what the list of neighbors is made by. */
export function viewsBar(
  snapshot: PanelSnapshot,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  return html`<div class="bar views">
    <div
      class="tabs"
      role="tablist"
      aria-label="Views"
      @keydown=${(event: KeyboardEvent) => pressInTabs(event, state, actions)}
    >
      ${VIEWS.map(({ view, title }, number) => {
        const isSelected = view === state.view;
        return html`<button
          class="tab"
          role="tab"
          id="tab-${view}"
          aria-selected=${isSelected}
          aria-controls="view"
          tabindex=${isSelected ? 0 : -1}
          title="${ofRows(title)} (${number + 1})"
          @click=${() => actions.send({ type: 'chooseView', view })}
        >
          ${ofRows(title)}
        </button>`;
      })}
    </div>
    ${state.view === 'neighbors' && hasList(snapshot) ? listChoices(snapshot, state, actions) : nothing}
    ${state.view === 'compare' ? compareChoices(state, actions) : nothing}
    ${state.view === 'map' && hasMap(snapshot) ? mapToolbar(snapshot, state, actions) : nothing}
  </div>`;
}

/** What can be done to a map is offered where there is one, or one is on its way. */
function hasMap({ map }: PanelSnapshot): boolean {
  return map !== undefined && map.stage !== 'refused';
}

/** Choices about a list are offered as long as there is one, or one is on its way. */
function hasList({ answer, query, embeddings }: PanelSnapshot): boolean {
  return answer !== undefined || (query !== undefined && !query.syntaxError && embeddings.state === 'ready');
}

function listChoices(
  snapshot: PanelSnapshot,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const { isFolded } = snapshot;
  return html`<div class="list-choices">
    ${metricChoice(snapshot.metric, state, actions)} ${countChoice(snapshot.k, actions)}
    <span class="grow"></span>
    <button
      class="button fold-button"
      aria-label="Fold spelling variants"
      title=${rowsAreWords() ? 'Fold forms with other case into one row (F)' : 'Fold forms with space and case into one row (F)'}
      aria-pressed=${isFolded}
      @click=${() => actions.send({ type: 'fold', isFolded: !isFolded })}
    >
      ${icon('fold')}
    </button>
    ${filterButton(snapshot, state, actions)}
  </div>`;
}

function pressInTabs(event: KeyboardEvent, state: InspectorState, actions: InspectorActions): void {
  const current = VIEWS.findIndex(({ view }) => view === state.view);
  const next = {
    ArrowLeft: current - 1,
    ArrowRight: current + 1,
    Home: 0,
    End: VIEWS.length - 1,
  }[event.key];
  if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const chosen = VIEWS.at(next % VIEWS.length);
  if (chosen) {
    actions.focus('tab');
    actions.send({ type: 'chooseView', view: chosen.view });
  }
  event.preventDefault();
  event.stopPropagation();
}
