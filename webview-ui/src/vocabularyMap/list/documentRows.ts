import { html } from 'lit/html.js';
import { icon } from '../../icon';
import type { InspectorActions } from '../../inspectorActions';
import { formatCount } from '../../numbers';
import type { VocabularyMapState } from '../vocabularyMapState';
import type { MapListRows } from './listRows';
import { barCell, numberCell, rankCell, tokenCell } from './rowParts';
import { rowsAreWords } from '../../rowNames';

/** The tokens of the document that the map is colored by, most frequent first. */
export function documentRows(map: VocabularyMapState, actions: InspectorActions): MapListRows | undefined {
  const { document, tokens } = map;
  if (!document) {
    return undefined;
  }
  const most = document.tokens[0]?.count ?? 1;
  return {
    key: `document ${document.name}`,
    label: `Tokens of ${document.name}`,
    title: `Tokens of ${document.name}`,
    controls: html`<button
      class="button map-control"
      aria-label="Copy tokens"
      title="Copy tokens as CSV"
      @click=${() =>
        actions.send({ type: 'exportMapList', to: 'clipboard', ids: document.tokens.map(({ id }) => id) })}
    >
      ${icon('copy')}
    </button>`,
    columns: 'document-columns',
    head: html`<span class="number">#</span><span>Token</span><span></span><span class="number">times</span
      ><span class="number id">${rowsAreWords() ? 'row' : 'id'}</span>`,
    count: document.tokens.length,
    cells: (row) => {
      const token = document.tokens[row];
      return token
        ? html`${rankCell(row)}${tokenCell(tokens, token.id)}${barCell(token.count / most)}${numberCell(
            formatCount(token.count),
          )}${numberCell(String(token.id), 'id')}`
        : html``;
    },
    idOf: (row) => document.tokens[row]?.id,
    choose: (row) => {
      const id = document.tokens[row]?.id;
      if (id !== undefined) {
        actions.map.select(id);
        actions.map.flyTo(id);
      }
    },
  };
}
