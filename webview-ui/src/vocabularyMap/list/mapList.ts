import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { InspectorActions } from '../../inspectorActions';
import { ROW_HEIGHT, rowsToDraw } from '../../neighbors/listWindow';
import { place } from '../../place';
import { observeSize } from '../../plots/observeSize';
import { areaRows } from './areaRows';
import { documentRows } from './documentRows';
import type { MapListRows } from './listRows';
import type { VocabularyMapState } from '../vocabularyMapState';
import type { MapListState } from './mapListState';
import { neighborRows } from './neighborRows';
import { pressInMapList } from './mapListKeys';
import { regionRows } from './regionRows';
import { wayRows } from './wayRows';
import { ofRows } from '../../rowNames';

/** What is selected on the map as a list, beside it or below: also its readable form. */
export function mapList(map: VocabularyMapState, actions: InspectorActions): TemplateResult {
  const rows = rowsOf(map, actions);
  if (!rows) {
    return html`<section class="map-drawer empty" aria-label="List">
      <p class="message quiet">
        ${map.isReady ? ofRows('Select a token on the map, or draw around some.') : 'Lists come with the finished map.'}
      </p>
    </section>`;
  }
  map.list.show(rows.key);
  return html`<section class="map-drawer" aria-label="List">
    <div class="map-drawer-head">
      <h2 class="nowrap">${rows.title}</h2>
      <span class="grow"></span>${rows.controls ?? nothing}
    </div>
    ${list(rows, map.list, actions)}
  </section>`;
}

function rowsOf(map: VocabularyMapState, actions: InspectorActions): MapListRows | undefined {
  switch (map.listKind) {
    case 'neighbors':
      return neighborRows(map, actions.map);
    case 'area':
      return areaRows(map, actions);
    case 'document':
      return documentRows(map, actions);
    case 'way':
      return wayRows(map, actions.map);
    case 'regions':
      return regionRows(map, actions.map);
    case undefined:
      return undefined;
  }
}

function list(rows: MapListRows, list: MapListState, actions: InspectorActions): TemplateResult {
  const { count, columns } = rows;
  const active = Math.min(list.active, count - 1);
  const shown = rowsToDraw(list.scrollTop, list.height, count, active);
  const rowOf = (event: Event) => rowNumber(event);
  return html`<div class="map-row head ${columns}" aria-hidden="true">${rows.head}</div>
    <div
      class="map-list"
      role="grid"
      tabindex="0"
      aria-label=${rows.label}
      aria-rowcount=${count}
      aria-activedescendant=${active >= 0 ? rowId(active) : nothing}
      .scrollTop=${list.scrollTop}
      ${observeSize((_, height) => {
        if (height !== list.height) {
          list.height = height;
          actions.redraw();
        }
      })}
      @scroll=${(event: Event) => {
        if (event.currentTarget instanceof HTMLElement && event.currentTarget.scrollTop !== list.scrollTop) {
          list.scrollTop = event.currentTarget.scrollTop;
          actions.redraw();
        }
      }}
      @click=${(event: MouseEvent) => {
        const row = rowOf(event);
        if (row !== undefined) {
          list.active = row;
          rows.choose(row);
          actions.redraw();
        }
      }}
      @dblclick=${(event: MouseEvent) => {
        const row = rowOf(event);
        const id = row === undefined ? undefined : rows.idOf(row);
        if (id !== undefined) {
          actions.map.go(id);
        }
      }}
      @mouseover=${(event: MouseEvent) => {
        const row = rowOf(event);
        actions.map.point(row === undefined ? undefined : rows.idOf(row));
      }}
      @mouseleave=${() => actions.map.point(undefined)}
      @keydown=${(event: KeyboardEvent) => pressInMapList(event, rows, list, actions)}
    >
      <div class="map-rows" role="presentation" ${place({ height: `${count * ROW_HEIGHT}px` })}>
        ${repeat(
          shown,
          (row) => row,
          (row) =>
            html`<div
              id=${rowId(row)}
              class="map-row ${columns} ${row === active ? 'active' : ''}"
              role="row"
              aria-rowindex=${row + 1}
              aria-selected=${row === active}
              data-row=${row}
              ${place({ top: `${row * ROW_HEIGHT}px` })}
            >
              ${rows.cells(row)}
            </div>`,
        )}
      </div>
    </div>`;
}

function rowId(row: number): string {
  return `map-row-${row}`;
}

/** The row that an event is about. */
function rowNumber({ target }: Event): number | undefined {
  const row = target instanceof Element && target.closest<HTMLElement>('[data-row]');
  return row ? Number(row.dataset.row) : undefined;
}
