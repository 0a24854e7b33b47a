import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenVariantView } from '../../../src/protocol/tokenPageView';
import { variantText } from '../compare/pairVariants';
import { formatSimilarity } from '../numbers';
import { partHead } from '../plots/drawingControls';
import type { ViewActions } from '../plots/viewActions';
import { onlyToken, piecesText, tokenCount } from '../tokenText';
import { tokenButton } from './tokenButton';
import { rowsAreWords } from '../rowNames';

/** How the word splits with and without a leading space, in other case, and as its stem. */
export function tokenVariants(
  variants: readonly TokenVariantView[],
  actions: ViewActions,
): TemplateResult | typeof nothing {
  if (variants.length === 0) {
    return nothing;
  }
  return html`<section class="token-variants" aria-labelledby="token-variants-title">
    ${partHead('token-variants-title', 'Spelling variants')}
    <div class="wide-table">
      <table class="number-table">
        <thead>
          <tr>
            <th scope="col">form</th>
            <th scope="col">${rowsAreWords() ? 'word' : 'split'}</th>
            <th scope="col" class="ids">${rowsAreWords() ? 'row' : 'ids'}</th>
            <th scope="col" class="number">cosine</th>
          </tr>
        </thead>
        <tbody>
          ${variants.map((variant) => variantRow(variant, actions))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function variantRow(variant: TokenVariantView, actions: ViewActions): TemplateResult {
  const { pieces, cosine, isOriginal } = variant;
  const only = onlyToken(pieces);
  return html`<tr>
    <th scope="row">${isOriginal ? html`<b>${variantText(variant)}</b>` : variantText(variant)}</th>
    <td>${only ? tokenButton(only, actions) : piecesText(pieces)}</td>
    <td class="quiet ids">
      ${pieces.slice(0, 8).map(({ id }, index) => html`${index > 0 ? ' ' : ''}${id}`)}
    </td>
    <td class="number">
      ${
        cosine === undefined
          ? html`<span class="quiet">${only ? '–' : tokenCount(pieces.length)}</span>`
          : formatSimilarity(cosine)
      }
    </td>
  </tr>`;
}
