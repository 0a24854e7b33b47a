import { html, type TemplateResult } from 'lit/html.js';
import { namedRegions } from '../../../../src/core/query/mapLabels/namedRegions';
import { formatCount } from '../../numbers';
import type { MapActions } from '../mapActions';
import { regionTitles } from '../kindNames';
import type { VocabularyMapState } from '../vocabularyMapState';
import type { MapListRows } from './listRows';
import { numberCell, rankCell } from './rowParts';
import { ofRows } from '../../rowNames';

/** How the ways of parting the map are told apart. */
const LEVELS = ['wide', 'middle', 'small'];

/** The regions of the map by their names, largest first: what is where, without seeing it. */
export function regionRows(map: VocabularyMapState, actions: MapActions): MapListRows | undefined {
  const { tokens, regions } = map;
  const level = Math.min(map.regionLevel, regions.length - 1);
  const shown = regions[level];
  if (!tokens || !shown) {
    return undefined;
  }
  return {
    key: `regions ${level}`,
    label: `Regions of the map, ${LEVELS[level] ?? ''}`,
    title: 'Regions',
    controls: levelChoice(level, map, actions),
    columns: 'region-columns',
    head: html`<span class="number">#</span><span class="nowrap">Region, by typical ${ofRows('tokens')}</span
      ><span class="number">${ofRows('tokens')}</span>`,
    count: shown.length,
    cells: (row) => {
      const [region] = namedRegions(shown.slice(row, row + 1), tokens.texts, regionTitles(tokens));
      if (!region) {
        return html``;
      }
      const { kind, words } = region;
      const name =
        kind === undefined
          ? html`<b>${words[0] ?? 'without a name'}</b>
              <span class="quiet">${words.slice(1).join(' · ')}</span>`
          : html`<i>${kind}</i> <span class="quiet">${words.join(' · ')}</span>`;
      return html`${rankCell(row)}<span class="name nowrap" role="gridcell"
          ><span class="nowrap">${name}</span></span
        >${numberCell(formatCount(region.size))}`;
    },
    idOf: () => undefined,
    choose: (row) => {
      const region = shown[row];
      if (region) {
        actions.flyToRegion(region.x, region.y, level);
      }
    },
  };
}

function levelChoice(level: number, { regions }: VocabularyMapState, actions: MapActions): TemplateResult {
  return html`<div class="segments" role="radiogroup" aria-label="Size of regions">
    ${regions.map(
      (of, place) =>
        html`<label class="segment"
          ><input
            type="radio"
            name="region-level"
            .checked=${place === level}
            @change=${() => actions.chooseRegionLevel(place)}
          />${formatCount(of.length)} ${LEVELS[place] ?? ''}</label
        >`,
    )}
  </div>`;
}
