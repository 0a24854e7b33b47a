import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AnswerView } from '../../../src/protocol/answerView';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { distributionSection } from '../distribution/distributionSection';
import { embeddingsProgress, splitLine } from '../embeddings/embeddingsProgress';
import { countFilters } from '../filter/filterDraft';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { neighborhoodMap } from '../map/neighborhoodMap';
import { place } from '../place';
import { emptyPage } from '../shell/emptyPage';
import { formulaHelp } from '../query/formulaHelp';
import { divider } from './divider';
import { metricExplanation } from './metricChoice';
import { neighborList } from './neighborList';
import { selectionStrip } from './selectionStrip';
import { verifySection } from './verifySection';
import { ofRows } from '../rowNames';

/** Nothing that is still true is taken away: a split stays while embeddings load, an answer while the next model fails. */
export function neighborsView(
  snapshot: PanelSnapshot,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const { embeddings, query, answer, queryError, metric } = snapshot;
  const progress =
    answer && embeddings.state === 'none' ? nothing : embeddingsProgress(embeddings, query, actions);
  return html`${metricExplanation(metric, answer, state)} ${progress}
  ${
    queryError === undefined
      ? nothing
      : html`<div class="message">
          <p class="message-line">
            ${icon('warning', 'warn')}<span class="grow" role="alert">${queryError}</span>
          </p>
        </div>`
  }
  ${query && !answer && query.pieces.length > 1 && !query.formula ? html`<div class="message split-box">${splitLine(query)}</div>` : nothing}
  ${
    query && !answer && queryError === undefined && !query.syntaxError && embeddings.state === 'ready'
      ? searching(actions)
      : nothing
  }
  ${query?.syntaxError ? formulaHelp() : nothing}
  ${answer ? results(answer, snapshot, state, actions) : nothing}
  ${query || answer ? nothing : emptyPage(state, actions)}`;
}

function searching(actions: InspectorActions): TemplateResult {
  return html`<div class="message searching">
    <p class="message-line">
      ${icon('loading', 'turning')}<span class="grow quiet">Searching…</span
      ><button
        class="big-button second"
        @click=${() => {
          actions.send({ type: 'cancelSearch' });
          // From there Enter searches again; the button is about to go.
          actions.focus('query');
        }}
      >
        Cancel
      </button>
    </p>
  </div>`;
}

function results(
  answer: AnswerView,
  snapshot: PanelSnapshot,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  if (answer.neighbors.length === 0) {
    return noNeighbors(snapshot);
  }
  const { map, distribution } = answer;
  const { arrangement } = state;
  const hasDrawing =
    (map !== undefined && arrangement.isOpen('map')) ||
    (distribution !== undefined && arrangement.isOpen('distribution'));
  // With heads only there is nothing to give room to.
  const isDividable = arrangement.direction === 'beside' || hasDrawing;
  const share = isDividable ? arrangement.share : undefined;
  return html`<div class="results ${share === undefined ? '' : 'divided'}">
    <section
      class="ranked"
      id="ranked"
      aria-label="Ranked neighbors"
      ${place({ '--share': String(1 - (share ?? 0.5)) })}
    >
      ${neighborList(answer, state, actions)} ${selectionStrip(answer, state, actions)}
    </section>
    ${isDividable ? divider(state, actions) : nothing}
    <div class="drawings" ${place({ '--share': String(share ?? 0.5) })}>
      ${map ? neighborhoodMap(answer, map, state, actions) : nothing}
      ${distribution ? distributionSection(answer, distribution, state, actions) : nothing}
      ${verifySection(state, actions)}
    </div>
  </div>`;
}

function noNeighbors({ filter }: PanelSnapshot): TemplateResult {
  return html`<p class="message">
    ${
      countFilters(filter) === 0
        ? ofRows('No token can be ranked against this query.')
        : ofRows('No token passes the filters. Clear them, or change them above.')
    }
  </p>`;
}
