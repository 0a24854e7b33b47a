import { html, nothing, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import type {
  CompareItemView,
  PairView,
  VariantTableView,
  VariantView,
} from '../../../src/protocol/compareView';
import { formatCount, formatNorm, formatSimilarity } from '../numbers';
import { ordinalPercentile } from '../plots/percentile';
import type { ViewActions } from '../plots/viewActions';
import { onlyToken, spokenTokenText, tokenCount } from '../tokenText';
import { itemText } from './compareItem';
import type { CompareState } from './compareState';
import { signed } from './signedNumber';

type Items = readonly [CompareItemView, CompareItemView];

/** What the two vectors have in common, in numbers. */
export function pairFacts(pair: PairView, [a, b]: Items): TemplateResult {
  const { norms, normPercentiles, rankOfB } = pair;
  const [percentileA, percentileB] = normPercentiles.map(ordinalPercentile);
  return html`<section class="pair-part" aria-labelledby="similarity-title">
    <h2 id="similarity-title">Similarity</h2>
    <table class="facts-table">
      <tbody>
        ${fact('cosine', html`<b>${formatSimilarity(pair.cosine)}</b>`, `two random tokens: ${formatNorm(pair.averageCosine)}`)}
        ${fact('cosine, centered', formatSimilarity(pair.centered), `two random tokens: ${formatNorm(pair.averageCentered)}`)}
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

/** Cosines of the same two words with and without a leading space, and in other case. */
export function pairVariants(variants: VariantTableView | undefined): TemplateResult | typeof nothing {
  if (!variants || variants.rows.length === 0 || variants.columns.length === 0) {
    return nothing;
  }
  return html`<section class="pair-part" aria-labelledby="variants-title">
    <h2 id="variants-title">Spelling variants</h2>
    <div class="wide-table">
      <table class="number-table variants-table">
        <thead>
          <tr>
            <th scope="col">cosine</th>
            ${variants.columns.map((column) => html`<th scope="col" class="number">${variantText(column)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${variants.rows.map(
            (row, rowNumber) =>
              html`<tr>
                <th scope="row">${variantText(row)}</th>
                ${variants.columns.map((column, columnNumber) =>
                  variantCell(row, column, variants.cosines[rowNumber]?.[columnNumber] ?? null),
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function variantCell(row: VariantView, column: VariantView, cosine: number | null): TemplateResult {
  if (cosine === null) {
    const pieces = Math.max(row.pieces.length, column.pieces.length);
    return html`<td class="number quiet">${tokenCount(pieces)}</td>`;
  }
  const isOriginal = row.isOriginal && column.isOriginal;
  return html`<td class="number">
    ${isOriginal ? html`<b>${formatSimilarity(cosine)}</b>` : formatSimilarity(cosine)}
  </td>`;
}

/** A variant as one token, or as it is written where it is several. */
export function variantText({ pieces, text }: VariantView): TemplateResult {
  const only = onlyToken(pieces);
  return only
    ? spokenTokenText(only)
    : html`<span class="tok"
        >${text.startsWith(' ') ? html`<span class="sp"> </span>${text.slice(1)}` : text}</span
      >`;
}
