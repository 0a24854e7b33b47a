import { html } from 'lit/html.js';
import { TRUE_NEIGHBORS } from '../colors/truthColors';
import type { MapActions } from '../mapActions';
import type { VocabularyMapState } from '../vocabularyMapState';
import type { MapListRows } from './listRows';
import { numberCell, rankCell, tokenCell } from './rowParts';
import { ofRows, rowsAreWords } from '../../rowNames';

/** The tokens on the way, from its beginning to its end. */
export function wayRows(
  { way, tokens, near }: VocabularyMapState,
  actions: MapActions,
): MapListRows | undefined {
  const ids = way?.ids;
  if (!ids) {
    return undefined;
  }
  return {
    key: `way ${ids.join(' ')}`,
    label: `Way of ${ids.length} ${ofRows('tokens')}, one of many`,
    title: 'One of many ways',
    columns: 'area-columns',
    head: html`<span class="number">#</span><span>${ofRows('Token')}</span><span class="number">near</span
      ><span class="number id">${rowsAreWords() ? 'row' : 'id'}</span>`,
    count: ids.length,
    cells: (row) => {
      const id = ids[row];
      return id === undefined
        ? html``
        : html`${rankCell(row)}${tokenCell(tokens, id)}${numberCell(
            near ? `${near[id] ?? 0}/${TRUE_NEIGHBORS}` : '',
            'quiet',
          )}${numberCell(String(id), 'id')}`;
    },
    idOf: (row) => ids[row],
    choose: (row) => {
      const id = ids[row];
      if (id !== undefined) {
        actions.flyTo(id);
      }
    },
  };
}
