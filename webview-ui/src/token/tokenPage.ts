import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenPageView } from '../../../src/protocol/tokenPageView';
import type { TokenView } from '../../../src/protocol/tokenView';
import { embeddingsNeeded } from '../plots/embeddingsNeeded';
import type { ViewActions } from '../plots/viewActions';
import { spokenTokenText } from '../tokenText';
import { mergeSteps } from './mergeSteps';
import { mergeTree } from './mergeTree';
import { metricNeighbors } from './metricNeighbors';
import { normHistogram } from './normHistogram';
import { roundTrip } from './roundTrip';
import { tokenFacts } from './tokenFacts';
import type { TokenPageHolder } from './tokenPageState';
import { drawnMerges } from './tokenPlots';
import { tokenVariants } from './tokenVariants';
import { ofRows, rowsAreWords } from '../rowNames';

/** Pieces that can be chosen from at once; a longer query is a text, not a word. */
const MOST_PIECES = 64;

/** All about one token; where the query is several, a choice of them. */
export function tokenPage(
  page: TokenPageView | undefined,
  holder: TokenPageHolder,
  actions: ViewActions,
): TemplateResult {
  const state = holder.tokenPage;
  state.follow(page);
  if (!page) {
    return html`<div class="token-page">${choice(holder, actions)}</div>`;
  }
  const { token, measures, merges, model, neighbors } = page;
  const isMerged = merges !== undefined && merges.steps.length > 0;
  const drawn = drawnMerges(page);
  return html`<div class="token-page">
    <div class="token-title">
      <span class="token-name">${spokenTokenText(token)}</span
      ><span class="quiet tiny">${rowsAreWords() ? 'row' : 'token'} ${token.id}</span
      ><button class="link" @click=${() => actions.send({ type: 'showTokenOnMap', id: token.id })}>
        Show on Map
      </button>
    </div>
    <div class="token-top">
      ${tokenFacts(page)} ${measures ? normHistogram(token, measures, model, state, actions) : nothing}
      ${roundTrip(page, actions)}
    </div>
    ${
      measures
        ? nothing
        : embeddingsNeeded(
            holder.snapshot?.embeddings,
            'measure its norm, its distance to the centroid and its neighbors',
            actions,
          )
    }
    <div class="token-middle">
      <div class="token-main">
        ${drawn ? mergeTree(token, drawn, model, state, actions) : nothing}
        ${rowsAreWords() && page.variants.length < 2 ? nothing : tokenVariants(page.variants, actions)}
      </div>
      ${isMerged ? mergeSteps(merges, actions) : nothing}
    </div>
    ${
      neighbors
        ? metricNeighbors(token, neighbors, model, state, actions)
        : measures
          ? html`<p class="message searching quiet">Searching its neighbors…</p>`
          : nothing
    }
  </div>`;
}

function choice({ snapshot }: TokenPageHolder, actions: ViewActions): TemplateResult {
  const pieces = distinct(snapshot?.query?.pieces ?? []);
  if (pieces.length === 0) {
    return html`<div class="message">
      <p>
        ${
          rowsAreWords()
            ? html`Ask for a word or a <span class="tok">#row</span> to see all about it: its norm, its
                spelling variants and its neighbors under two metrics.`
            : html`Ask for a word or an <span class="tok">#id</span> to see all about its token: which merges
                made it, its norm, its spelling variants and its neighbors under two metrics.`
        }
      </p>
    </div>`;
  }
  const listed = pieces.slice(0, MOST_PIECES);
  return html`<div class="message">
    <p id="token-choice">The query is more than one ${ofRows('token')}. Choose one:</p>
    <ul class="token-choice" aria-labelledby="token-choice">
      ${listed.map(
        (piece) =>
          html`<li>
            <button
              class="big-button second"
              @click=${() => actions.send({ type: 'openToken', id: piece.id })}
            >
              ${spokenTokenText(piece)}<span class="tiny choice-id">${piece.id}</span>
            </button>
          </li>`,
      )}
    </ul>
    ${pieces.length > listed.length ? html`<p class="quiet small">and ${pieces.length - listed.length} more</p>` : nothing}
  </div>`;
}

function distinct(pieces: readonly TokenView[]): TokenView[] {
  return [...new Map(pieces.map((piece) => [piece.id, piece])).values()];
}
