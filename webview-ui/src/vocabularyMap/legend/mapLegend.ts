import { html, nothing, type TemplateResult } from 'lit/html.js';
import { TOKEN_KINDS } from '../../../../src/core/query/mapLabels/tokenKinds';
import type { PanelSnapshot } from '../../../../src/protocol/panelSnapshot';
import type { InspectorActions } from '../../inspectorActions';
import type { InspectorState } from '../../inspectorState';
import { METRIC_WORDS } from '../../metrics';
import { formatCount, formatSimilarity } from '../../numbers';
import { place } from '../../place';
import { observeSize } from '../../plots/observeSize';
import { piecesText } from '../../tokenText';
import { searchedTokens } from '../../searched';
import { KIND_NAMES } from '../kindNames';
import type { MapActions } from '../mapActions';
import type { VocabularyMapState } from '../vocabularyMapState';
import { documentLegend } from './documentLegend';
import { truthLegend } from './truthLegend';
import { valueLegend } from './valueLegend';
import { ofRows, rowsAreWords } from '../../rowNames';

/** What the colors of the map mean. */
export function mapLegend(
  snapshot: PanelSnapshot,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  const map = state.vocabularyMap;
  const size = observeSize((width) => {
    if (width !== map.legendWidth) {
      map.legendWidth = width;
      actions.redraw();
    }
  });
  const content = legendOf(snapshot, map, actions);
  return content === nothing
    ? nothing
    : html`<div class="map-legend ${map.coloring === 'kind' ? 'of-kinds' : ''}" ${size}>${content}</div>`;
}

function legendOf(
  snapshot: PanelSnapshot,
  map: VocabularyMapState,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  const { coloring, colors } = map;
  switch (coloring) {
    case 'plain':
      return nothing;
    case 'kind':
      if (map.tokens?.areNamed === false) {
        return note('No tokenizer says what the rows are: they have numbers, but neither names nor kinds.');
      }
      return map.tokens ? kindLegend(map, actions.map) : nothing;
    case 'truth': {
      const truth = colors.truth(map);
      return truth
        ? truthLegend(truth, map.legendWidth, map.tokens?.areNamed === true)
        : note('How far each point is true is known when the map is finished.');
    }
    case 'document':
      return map.document
        ? documentLegend(map.document)
        : note(
            rowsAreWords()
              ? 'The rows are words, which are looked up: no document is split into them.'
              : 'No document is open, or its tokens are being counted.',
          );
    default: {
      if (colors.refusal !== undefined) {
        return html`<span class="nowrap" role="alert">${colors.refusal}</span>`;
      }
      const valued = colors.coloredValues(map);
      if (!valued) {
        return note(
          coloring === 'similarity' && !snapshot.query
            ? ofRows('Ask for a word above: the map shows how similar each token is to it.')
            : ofRows('Measuring all tokens…'),
        );
      }
      return valueLegend(valued, {
        title: valueTitle(snapshot, coloring),
        width: map.legendWidth,
        format: coloring === 'mergeRank' ? (value) => formatCount(Math.round(value)) : formatSimilarity,
        hasBest: coloring === 'similarity',
        isDistance: coloring === 'similarity' && colors.values?.isDistance === true,
      });
    }
  }
}

function note(text: string): TemplateResult {
  return html`<span class="quiet nowrap">${text}</span>`;
}

function valueTitle({ query, metric }: PanelSnapshot, coloring: string): TemplateResult {
  switch (coloring) {
    case 'similarity':
      return html`${METRIC_WORDS[metric].inText} with
      ${query && !query.formula ? piecesText(searchedTokens(query)) : (query?.text ?? '')}`;
    case 'mergeRank':
      return rowsAreWords()
        ? html`row number,<br />first ones bright`
        : html`merge rank,<br />common ones bright`;
    case 'norm':
      return html`norm`;
    default:
      return html`distance from<br />the mean`;
  }
}

function kindLegend({ tokens, dimmedKinds }: VocabularyMapState, actions: MapActions): TemplateResult {
  const counts = tokens?.kindCounts ?? [];
  return html`<div class="kind-legend" role="group" aria-label=${ofRows('Kinds of token: press to dim')}>
    ${TOKEN_KINDS.map((kind, index) => {
      if (rowsAreWords() && (kind === 'spaced' || kind === 'piece')) {
        return nothing;
      }
      const { name, short, color } = KIND_NAMES[kind];
      const isShown = !dimmedKinds.has(index);
      return html`<button
        class="kind ${isShown ? '' : 'dimmed'}"
        aria-pressed=${isShown}
        title=${isShown ? `Dim: ${name}` : `Show: ${name}`}
        @click=${() => actions.toggleKind(index)}
      >
        <i class="disc" ${place({ '--disc': color })}></i>
        <span class="wide-map">${name}</span><span class="narrow-map">${short}</span>
        <span class="wide-map quiet">${formatCount(counts[index] ?? 0)}</span>
      </button>`;
    })}
  </div>`;
}
