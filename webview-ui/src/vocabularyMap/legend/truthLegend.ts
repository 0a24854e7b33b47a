import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { TOKEN_KINDS } from '../../../../src/core/query/mapLabels/tokenKinds';
import { formatCount } from '../../numbers';
import { truthColor, TRUE_NEIGHBORS, type TruthCounts } from '../colors/truthColors';
import { KIND_NAMES } from '../kindNames';
import { bars, LEGEND_HEIGHT, markAt } from './histogramParts';

const WIDTH = 300;
/** Room of the words beside the drawing. */
const TEXT_WIDTH = 120;
const TICK_STEP = 5;

/**
 * How many points have how many of their true neighbors near, and how that differs by kind.
 *
 * @param room in CSS pixels
 * @param hasKinds whether anything is known of kinds
 */
export function truthLegend(
  { counts, mean, meanOfKinds }: TruthCounts,
  room: number,
  hasKinds: boolean,
): TemplateResult {
  const width = Math.max(120, Math.min(WIDTH, room - TEXT_WIDTH));
  const step = width / counts.length;
  const few = counts.slice(0, 3).reduce((sum, count) => sum + count, 0);
  return html`<span>true neighbors<br />near, of ${TRUE_NEIGHBORS}</span>
    <svg
      class="drawing"
      width=${width}
      height=${LEGEND_HEIGHT}
      role="img"
      aria-label="On average ${mean.toFixed(1)} of ${TRUE_NEIGHBORS} true neighbors are near; ${formatCount(few)} tokens have fewer than 3"
    >
      ${bars(counts, width, truthColor)}
      ${counts.map((_, near) =>
        near % TICK_STEP === 0
          ? svg`<text class="quiet-text middle" x=${((near + 0.5) * step).toFixed(1)} y="49">${near}</text>`
          : svg``,
      )}
      ${markAt((mean + 0.5) * step, `average ${mean.toFixed(1)}`, width)}
    </svg>
    ${hasKinds ? kindTable(meanOfKinds) : nothing}`;
}

function kindTable(meanOfKinds: TruthCounts['meanOfKinds']): TemplateResult {
  return html`<table class="truth-by-kind wide-map">
    <thead>
      <tr>
        ${TOKEN_KINDS.map((kind) => html`<th scope="col" class="number">${KIND_NAMES[kind].short}</th>`)}
      </tr>
    </thead>
    <tbody>
      <tr>
        ${meanOfKinds.map((of) => html`<td class="number">${Number.isFinite(of) ? of.toFixed(1) : '–'}</td>`)}
      </tr>
    </tbody>
  </table>`;
}
