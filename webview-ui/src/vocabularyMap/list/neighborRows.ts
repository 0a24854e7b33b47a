import { html, type TemplateResult } from 'lit/html.js';
import { averageHead } from '../../neighbors/averageMark';
import { percent } from '../../neighbors/barScale';
import { formatCount, formatSimilarity } from '../../numbers';
import type { MapActions } from '../mapActions';
import type { RankedNeighbor } from '../mapRanks';
import { mapTokenText } from '../mapTokenText';
import type { VocabularyMapState } from '../vocabularyMapState';
import type { MapListRows } from './listRows';
import { barCell, numberCell, rankCell, tokenCell } from './rowParts';

/** The true neighbors of the selected token, with the rank that the map gives them. */
export function neighborRows(map: VocabularyMapState, actions: MapActions): MapListRows | undefined {
  const { selectedId, positions, tokens } = map;
  const neighbors =
    selectedId === undefined || !positions ? undefined : map.neighbors.rankedOf(selectedId, positions);
  if (selectedId === undefined || !neighbors) {
    return undefined;
  }
  const average = map.neighbors.averageOf(selectedId);
  return {
    key: `neighbors ${selectedId}`,
    label: `True neighbors of ${tokens?.spokenName(selectedId) ?? selectedId}`,
    title: html`True neighbors of ${mapTokenText(tokens, selectedId)}`,
    controls: html`<span class="map-key quiet tiny"
      ><i class="disc near"></i>near <i class="disc"></i>farther</span
    >`,
    columns: 'neighbor-columns',
    head: html`<span class="number">#</span
      ><span>True neighbor</span
      >${average === undefined ? html`<span></span>` : averageHead(percent(average))}<span class="number"
        >cosine</span
      ><span class="number">on map</span>`,
    count: neighbors.length,
    cells: (row) => {
      const neighbor = neighbors[row];
      return neighbor
        ? html`${rankCell(row)}${tokenCell(tokens, neighbor.id)}${barCell(neighbor.score, average)}${numberCell(
            formatSimilarity(neighbor.score),
          )}${placeCell(neighbor)}`
        : html``;
    },
    idOf: (row) => neighbors[row]?.id,
    choose: (row) => {
      const id = neighbors[row]?.id;
      if (id !== undefined) {
        actions.flyTo(id);
      }
    },
  };
}

/** Its rank on the map: one more than there are points nearer to the token. */
function placeCell({ rankOnMap, near }: RankedNeighbor): TemplateResult {
  const text = rankOnMap === undefined ? 'nowhere' : formatCount(rankOnMap);
  return html`<span class="on-map number ${near ? '' : 'away'}" role="gridcell"
    >${text}<i class="disc ${near ? 'near' : ''}" aria-hidden="true"></i
    ><span class="spoken-only">${near ? 'near' : 'farther'}</span></span
  >`;
}
