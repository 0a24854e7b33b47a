import { html, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import type { AnswerView, MapView } from '../../../src/protocol/answerView';
import { formatScore, METRIC_WORDS } from '../metrics';
import { formatShare, formatSimilarity } from '../numbers';
import { tokenText } from '../tokenText';
import { ofRows } from '../rowNames';

/** The map's content as a table: positions on both components, and which points are misplaced. */
export function mapTable(answer: AnswerView, map: MapView, selected: number): TemplateResult {
  return html`<div class="map-table data-table" role="region" tabindex="0" aria-label="Neighborhood as table">
    <table>
      <thead>
        <tr>
          <th scope="col" class="number">#</th>
          <th scope="col">${ofRows('Token')}</th>
          <th scope="col" class="number">${METRIC_WORDS[answer.metric].short}</th>
          <th scope="col" class="number">PC 1 · ${formatShare(map.explained[0])}</th>
          <th scope="col" class="number">PC 2 · ${formatShare(map.explained[1])}</th>
          <th scope="col">in 2-D</th>
        </tr>
      </thead>
      <tbody>
        ${map.points.map(([first, second], index) => {
          const neighbor = answer.neighbors[index];
          return neighbor
            ? html`<tr class=${classMap({ selected: index === selected })}>
                <td class="number">${neighbor.rank}</td>
                <td>${tokenText(neighbor.token)}</td>
                <td class="number">${formatScore(neighbor.score)}</td>
                <td class="number">${formatSimilarity(first)}</td>
                <td class="number">${formatSimilarity(second)}</td>
                <td>${map.misplaced[index] ? 'misplaced' : 'in place'}</td>
              </tr>`
            : html``;
        })}
      </tbody>
    </table>
  </div>`;
}
