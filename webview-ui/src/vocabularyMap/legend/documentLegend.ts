import { html, svg, type TemplateResult } from 'lit/html.js';
import { MOST_DRAWN, radiusOfCount, type MapDocument } from '../colors/documentColors';

const SIZES = [1, 10, MOST_DRAWN];
const HEIGHT = 28;

/** Which document the discs are of, and how large they are for how many times. */
export function documentLegend({ name }: MapDocument): TemplateResult {
  let x = 8;
  const discs = SIZES.map((count) => {
    const radius = radiusOfCount(count);
    const center = x + radius;
    x = center + radius + 32;
    return svg`<circle cx=${center.toFixed(1)} cy=${HEIGHT / 2} r=${radius.toFixed(1)} class="document-disc" />
      <text x=${(center + radius + 5).toFixed(1)} y=${HEIGHT / 2 + 4}>${count === MOST_DRAWN ? `${count} or more` : count}</text>`;
  });
  return html`<span class="nowrap document-name">${name}</span>
    <svg
      class="drawing"
      width="196"
      height=${HEIGHT}
      role="img"
      aria-label="The area of a disc is how often its token occurs"
    >
      ${discs}
    </svg>
    <span class="quiet wide-map nowrap" aria-hidden="true">area = times in the document</span>`;
}
