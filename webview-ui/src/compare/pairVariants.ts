import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { VariantTableView, VariantView } from '../../../src/protocol/compareView';
import { formatSimilarity } from '../numbers';
import { onlyToken, spokenTokenText, tokenCount } from '../tokenText';

/**
 * Cosines of the same two words with and without a leading space, and in other case. What has none at all is told below in a line: rows and
 * columns without a number would make the table wider than most panels.
 */
export function pairVariants(variants: VariantTableView | undefined): TemplateResult | typeof nothing {
  if (!variants || variants.rows.length === 0 || variants.columns.length === 0) {
    return nothing;
  }
  const { rows, columns, cosines } = variants;
  const hasNumber = (values: readonly (number | null | undefined)[]): boolean =>
    values.some((value) => typeof value === 'number');
  const shownRows = [...rows.keys()].filter(
    (row) => rows[row]?.isOriginal === true || hasNumber(cosines[row] ?? []),
  );
  const shownColumns = [...columns.keys()].filter(
    (column) => columns[column]?.isOriginal === true || hasNumber(cosines.map((row) => row[column])),
  );
  const without = [
    ...rows.filter((_, row) => !shownRows.includes(row)),
    ...columns.filter((_, column) => !shownColumns.includes(column)),
  ];
  return html`<section class="pair-part" aria-labelledby="variants-title">
    <h2 id="variants-title">Spelling variants</h2>
    <div class="wide-table">
      <table class="number-table variants-table">
        <thead>
          <tr>
            <th scope="col">cosine</th>
            ${shownColumns.map((column) => html`<th scope="col" class="number">${nameOf(columns[column])}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shownRows.map(
            (row) =>
              html`<tr>
                <th scope="row">${nameOf(rows[row])}</th>
                ${shownColumns.map((column) => cell(rows[row], columns[column], cosines[row]?.[column] ?? null))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${without.length === 0 ? nothing : noVector(without)}
  </section>`;
}

/** Such as `BAN 2 tokens, ␣BAN 2 tokens: no row of their own`. */
function noVector(variants: readonly VariantView[]): TemplateResult {
  const named = variants.map(
    (variant, number) =>
      html`${number > 0 ? ', ' : nothing}${variantText(variant)} ${tokenCount(variant.pieces.length)}`,
  );
  return html`<p class="small quiet variants-without">Without a row of their own: ${named}</p>`;
}

function cell(
  row: VariantView | undefined,
  column: VariantView | undefined,
  cosine: number | null,
): TemplateResult {
  if (cosine === null) {
    const pieces = Math.max(row?.pieces.length ?? 0, column?.pieces.length ?? 0);
    return html`<td class="number quiet">${tokenCount(pieces)}</td>`;
  }
  const isOriginal = row?.isOriginal === true && column?.isOriginal === true;
  return html`<td class="number">
    ${isOriginal ? html`<b>${formatSimilarity(cosine)}</b>` : formatSimilarity(cosine)}
  </td>`;
}

function nameOf(variant: VariantView | undefined): TemplateResult | typeof nothing {
  return variant ? variantText(variant) : nothing;
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
