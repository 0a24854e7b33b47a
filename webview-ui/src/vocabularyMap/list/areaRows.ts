import { html } from 'lit/html.js';
import { icon } from '../../icon';
import type { InspectorActions } from '../../inspectorActions';
import { formatCount } from '../../numbers';
import { TRUE_NEIGHBORS } from '../colors/truthColors';
import type { VocabularyMapState } from '../vocabularyMapState';
import type { MapListRows } from './listRows';
import { numberCell, rankCell, tokenCell } from './rowParts';
import { ofRows, rowsAreWords } from '../../rowNames';

/** The tokens within an area, commonest first, forms of a word in one row. */
export function areaRows(map: VocabularyMapState, actions: InspectorActions): MapListRows | undefined {
  const { area, tokens, near } = map;
  if (!area) {
    return undefined;
  }
  const forms = map.areaForms;
  const ids = () => Array.from(area.ids);
  const counts = `${formatCount(area.ids.length)} ${area.ids.length === 1 ? 'token' : 'tokens'}, ${formatCount(forms.length)} ${forms.length === 1 ? 'word' : 'words'}`;
  return {
    key: `area ${area.ids.length} ${area.ids[0]} ${area.polygon[0]} ${area.polygon[1]}`,
    label: `${ofRows('Tokens')} in the area: ${counts}`,
    title: counts,
    controls: html`<button
        class="button map-control"
        aria-label="Copy tokens"
        title="Copy tokens as CSV"
        @click=${() => actions.send({ type: 'exportMapList', to: 'clipboard', ids: ids() })}
      >
        ${icon('copy')}</button
      ><button
        class="button map-control"
        aria-label="Save tokens as CSV"
        title="Save tokens as CSV…"
        @click=${() => actions.send({ type: 'exportMapList', to: 'file', ids: ids() })}
      >
        ${icon('exportArrow')}</button
      ><button
        class="button map-control"
        aria-label="Close the area"
        title="Close the area"
        @click=${() => actions.map.closeArea()}
      >
        ${icon('close')}
      </button>`,
    columns: 'area-columns',
    head: html`<span class="number">#</span><span class="nowrap">${ofRows('Token')}, commonest first</span
      ><span class="number">near</span><span class="number id">${rowsAreWords() ? 'row' : 'id'}</span>`,
    count: forms.length,
    cells: (row) => {
      const form = forms[row];
      return form
        ? html`${rankCell(row)}${tokenCell(tokens, form.id, otherForms(form.ids, map))}${numberCell(
            near ? `${near[form.id] ?? 0}/${TRUE_NEIGHBORS}` : '',
            'quiet',
          )}${numberCell(String(form.id), 'id')}`
        : html``;
    },
    idOf: (row) => forms[row]?.id,
    choose: (row) => {
      const id = forms[row]?.id;
      if (id !== undefined) {
        actions.map.select(id);
        actions.map.flyTo(id);
      }
    },
  };
}

function otherForms([, ...others]: readonly number[], map: VocabularyMapState) {
  return others.length === 0
    ? ''
    : html`<span class="note" title=${others.map((id) => map.nameOf(id)).join(', ')}
        >+${others.length} ${others.length === 1 ? 'form' : 'forms'}</span
      >`;
}
