import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { Metric } from '../../../src/protocol/metric';
import { NO_FILTER, type FilterView, type PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import type { TokenView } from '../../../src/protocol/tokenView';
import { icon } from '../icon';
import { checkbox } from '../checkbox';
import { inputOf } from '../inputOf';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { isDistance } from '../metrics';
import { excludedTokens } from './excludedTokens';
import { countFilters, parseScore, type FilterChoices } from './filterDraft';
import { ofRows, rowsAreWords } from '../rowNames';

/** Longest text that the filter takes. */
const MAX_TEXT = 100;
/** While somebody types, the list follows after this pause. */
const TYPING_MILLISECONDS = 150;

const SPACES = [
  { space: 'any', label: 'any' },
  { space: 'with', label: 'with' },
  { space: 'without', label: 'without' },
] as const;

let typing: number | undefined;

/** The button of the filters, how many are in force, and a button that takes them away. */
export function filterButton(
  { filter, metric }: PanelSnapshot,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const count = countFilters(filter);
  const isOpen = state.popup === 'filter';
  return html`<div class="popup-anchor filters">
    <button
      class="button filter-button"
      aria-label=${count === 0 ? 'Filters' : `Filters, ${count} in force`}
      title="Filters"
      aria-haspopup="dialog"
      aria-expanded=${isOpen}
      @click=${() => {
        state.popup = isOpen ? undefined : 'filter';
        if (!isOpen) {
          actions.focus('popup');
        }
        actions.redraw();
      }}
    >
      ${icon('filter')}${count > 0 ? html`<span class="badge" aria-hidden="true">${count}</span>` : nothing}
    </button>
    ${
      count > 0
        ? html`<button
            class="button clear-filter"
            aria-label="Clear filters"
            title="Clear filters"
            @click=${() => clear(state, actions)}
          >
            ${icon('close')}
          </button>`
        : nothing
    }
    ${isOpen ? popup(filter, metric, state, actions) : nothing}
  </div>`;
}

/** Without those that were brought back just now. */
function tokensLeftOut(
  { snapshot }: InspectorState,
  { excludedIds = [] }: Pick<FilterView, 'excludedIds'>,
): readonly TokenView[] {
  return (snapshot?.excludedTokens ?? []).filter(({ id }) => excludedIds.includes(id));
}

function popup(
  filter: FilterView,
  metric: Metric,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const { filterDraft } = state;
  const chosen = { ...filter, ...filterDraft.choices };
  const set = (choice: Partial<FilterChoices>) => {
    Object.assign(filterDraft.choices, choice);
    actions.redraw();
    sendNow(state, actions);
  };
  return html`<div class="popup filter-popup" role="dialog" aria-label="Filters">
    <label class="filter-line">
      <span>Text</span>
      <input
        class="text-input grow"
        type="text"
        autofocus
        aria-label=${ofRows('Token contains')}
        placeholder=${ofRows('token contains…')}
        spellcheck="false"
        maxlength=${MAX_TEXT}
        .value=${live(filterDraft.text ?? filter.text)}
        @input=${(event: Event) => {
          filterDraft.text = inputOf(event).value;
          sendSoon(state, actions);
        }}
      />
    </label>
    ${rowsAreWords() ? nothing : spaceLine(chosen.space, (space) => set({ space }))}
    <div class="filter-line">
      ${checkbox(rowsAreWords() ? 'Only words of letters' : 'Only word-like tokens', chosen.wordLike, (wordLike) => set({ wordLike }))}
    </div>
    ${
      rowsAreWords()
        ? nothing
        : html`<div class="filter-line">
            ${checkbox('Hide byte fragments', chosen.hideByteFragments, (hideByteFragments) => set({ hideByteFragments }))}
          </div>`
    }
    ${scoreLine(filter, metric, state, actions)} ${excludedTokens(tokensLeftOut(state, chosen), set)}
    <div class="filter-line end">
      <button
        class="big-button second"
        ?disabled=${countFilters(filter) === 0}
        @click=${() => clear(state, actions)}
      >
        Clear
      </button>
    </div>
  </div>`;
}

function spaceLine(
  chosen: FilterView['space'],
  choose: (space: FilterView['space']) => void,
): TemplateResult {
  return html`<div class="filter-line" role="radiogroup" aria-labelledby="filter-space">
    <span id="filter-space">Leading space</span>
    <div class="segments">
      ${SPACES.map(
        ({ space, label }) =>
          html`<label class="segment">
            <input
              type="radio"
              name="filter-space"
              aria-label="${label} leading space"
              .checked=${live(chosen === space)}
              @change=${() => choose(space)}
            />
            ${label}
          </label>`,
      )}
    </div>
  </div>`;
}

function scoreLine(
  filter: FilterView,
  metric: Metric,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const { filterDraft } = state;
  const label = isDistance(metric) ? 'Distance at most' : 'Similarity at least';
  const shown = filterDraft.minimumScore ?? filter.minimumScore?.toString() ?? '';
  const isWrong = Number.isNaN(parseScore(shown));
  return html`<label class="filter-line">
    <span>${label}</span>
    <input
      class="text-input score-input"
      type="text"
      inputmode="decimal"
      aria-label=${label}
      aria-invalid=${isWrong}
      autocomplete="off"
      .value=${live(shown)}
      @input=${(event: Event) => {
        filterDraft.minimumScore = inputOf(event).value;
        sendSoon(state, actions);
      }}
    />
    ${isWrong ? html`<span class="small" role="alert">not a number</span>` : nothing}
  </label>`;
}

function sendSoon(state: InspectorState, actions: InspectorActions): void {
  actions.redraw();
  window.clearTimeout(typing);
  typing = window.setTimeout(() => sendNow(state, actions), TYPING_MILLISECONDS);
}

function sendNow(state: InspectorState, actions: InspectorActions): void {
  window.clearTimeout(typing);
  actions.send({ type: 'filter', filter: state.filterDraft.over(state.snapshot?.filter ?? NO_FILTER) });
}

function clear(state: InspectorState, actions: InspectorActions): void {
  window.clearTimeout(typing);
  state.filterDraft.clear();
  actions.send({ type: 'filter', filter: NO_FILTER });
}
