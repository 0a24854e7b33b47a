import { html, nothing, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import type { CompareItemView, PairView } from '../../../src/protocol/compareView';
import { formatCount, formatNorm, formatSimilarity } from '../numbers';
import { ordinalPercentile } from '../plots/percentile';
import type { ViewActions } from '../plots/viewActions';
import { itemText } from './compareItem';
import type { CompareState } from './compareState';
import { signed } from './signedNumber';
import { ofRows } from '../rowNames';

type Items = readonly [CompareItemView, CompareItemView];

/** What the two vectors have in common, in numbers. */
export function pairFacts(pair: PairView, [a, b]: Items): TemplateResult {
  const { norms, normPercentiles, rankOfB } = pair;
  const [percentileA, percentileB] = normPercentiles.map(ordinalPercentile);
  return html`<section class="pair-part" aria-labelledby="similarity-title">
    <h2 id="similarity-title">Similarity</h2>
    <table class="facts-table">
      <tbody>
        ${fact('cosine', html`<b>${formatSimilarity(pair.cosine)}</b>`, `two random ${ofRows('tokens')}: ${formatNorm(pair.averageCosine)}`)}
        ${fact('cosine, centered', formatSimilarity(pair.centered), `two random ${ofRows('tokens')}: ${formatNorm(pair.averageCentered)}`)}
        ${fact('dot product', formatSimilarity(pair.dot))}
        ${fact('Euclidean', formatSimilarity(pair.euclidean))}
        ${fact('Pearson', formatSimilarity(pair.pearson), 'correlation of the values')}
        ${fact('norms', `${formatNorm(norms[0])}, ${formatNorm(norms[1])}`, `${percentileA}, ${percentileB} percentile`)}
        ${
          rankOfB === undefined
            ? nothing
            : fact(
                html`rank of ${itemText(b)}`,
                formatCount(rankOfB),
                html`among neighbors of ${itemText(a)}`,
              )
        }
      </tbody>
    </table>
  </section>`;
}

function fact(
  label: string | TemplateResult,
  value: string | TemplateResult,
  note: string | TemplateResult = '',
): TemplateResult {
  return html`<tr>
    <th scope="row">${label}</th>
    <td class="number">${value}</td>
    <td class="quiet tiny">${note}</td>
  </tr>`;
}

/** The dimensions whose products are largest. Pointing at one marks it in both drawings. */
export function decidingDimensions(
  pair: PairView,
  [a, b]: Items,
  state: CompareState,
  actions: ViewActions,
): TemplateResult | typeof nothing {
  if (pair.dimensions.length === 0) {
    return nothing;
  }
  const point = (dimension: number | undefined) => {
    state.pointed = dimension === undefined ? undefined : { dimension, on: 'table' };
    actions.redraw();
  };
  return html`<section class="pair-part" aria-labelledby="deciding-title">
    <h2 id="deciding-title">Dimensions that decide it</h2>
    <table class="number-table">
      <thead>
        <tr>
          <th scope="col">dimension</th>
          <th scope="col" class="number">${itemText(a)}</th>
          <th scope="col" class="number">${itemText(b)}</th>
          <th scope="col" class="number">share of cosine</th>
        </tr>
      </thead>
      <tbody>
        ${pair.dimensions.map(
          ({ dimension, a: valueOfA, b: valueOfB, share }) =>
            html`<tr
              class=${classMap({ pointed: state.pointed?.dimension === dimension })}
              @mouseenter=${() => point(dimension)}
              @mouseleave=${() => point(undefined)}
            >
              <th scope="row">${dimension}</th>
              <td class="number">${formatSimilarity(valueOfA)}</td>
              <td class="number">${formatSimilarity(valueOfB)}</td>
              <td class="number">${signed(share)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
