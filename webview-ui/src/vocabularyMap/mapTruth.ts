import { html, type TemplateResult } from 'lit/html.js';
import type { MapFiguresView } from '../../../src/protocol/map/mapView';
import { icon } from '../icon';
import { facts } from '../messageParts';
import { formatCount, formatShare } from '../numbers';
import type { MapActions } from './mapActions';
import { averageNear } from './mapSentences';
import { ofRows } from '../rowNames';

/** How far the map can be believed: the figures, what they mean, and how it was made. */
export function mapTruth(figures: MapFiguresView, map: MapActions): TemplateResult {
  const { kept, near, noneKept, torn, tornFirst, tokenCount, placedCount, seed, epochs } = figures;
  const without = tokenCount - placedCount;
  return html`<section
    class="map-truth"
    aria-labelledby="map-truth-title"
    tabindex="-1"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        map.explain(false);
        event.preventDefault();
        event.stopPropagation();
      }
    }}
  >
    <div class="map-truth-head">
      <h2 id="map-truth-title" class="grow">How true is it?</h2>
      <button class="button" aria-label="Close" title="Close (Escape)" @click=${() => map.explain(false)}>
        ${icon('close')}
      </button>
    </div>
    <p>
      A plane has no room for hundreds of dimensions: every map of them is wrong in places. This one keeps
      neighbors together as far as it can. Of the 15 tokens that are most similar to a token,
      <b>${averageNear(near)}</b> on average are among the 100 points around it, and
      <b>${averageNear(kept)}</b> among the 15 nearest.
    </p>
    ${facts([
      ['among 15 points', `${formatShare(kept)} of the true neighbors`],
      ['among 100 points', `${formatShare(near)} of the true neighbors`],
      [
        'none kept',
        `${formatShare(noneKept)} of the ${ofRows('tokens')} have no true neighbor among their 15 nearest points`,
      ],
      ['torn', `${formatShare(torn)} of the true neighbors lie farther away than a quarter of the map`],
      [
        'nearest torn',
        `${formatShare(tornFirst)} of the ${ofRows('tokens')} are so far from their nearest neighbor`,
      ],
      [
        ofRows('tokens'),
        `${formatCount(placedCount)} of ${formatCount(tokenCount)}${without === 0 ? '' : `; ${formatCount(without)} have no neighbors, and no place`}`,
      ],
      ['seed', `${seed}`],
      ['epochs', formatCount(epochs)],
      [
        'method',
        'UMAP’s second phase on the exact graph of the 15 nearest neighbors by cosine, begun on the two principal axes, with a repulsion that grows',
      ],
    ])}
    <p>
      <b>What to trust:</b> which ${ofRows('tokens')} form a group. The lines of a selected ${ofRows('token')}
      go to its true neighbors wherever they lie: filled discs are near, hollow ones farther. Color by truth
      to see which points stand in their place.
    </p>
    <p>
      <b>What not to trust:</b> far distances, the size of an area, and where a group lies. Another seed puts
      groups elsewhere, and who stands right beside whom within a group is chance to a good part.
    </p>
  </section>`;
}
