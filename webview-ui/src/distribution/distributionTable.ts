import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AnswerView, DistributionView } from '../../../src/protocol/answerView';
import { formatScore } from '../metrics';
import { formatCount } from '../numbers';
import { ofRows } from '../rowNames';

/** The histogram as numbers: how many tokens score how much, and how many of those are in the list. */
export function distributionTable(
  { neighbors }: AnswerView,
  { from, to, counts, total, below = 0, above = 0 }: DistributionView,
): TemplateResult {
  const width = (to - from) / Math.max(1, counts.length);
  const listed = new Array<number>(counts.length).fill(0);
  let listedBelow = 0;
  let listedAbove = 0;
  for (const { score } of neighbors) {
    if (below > 0 && score < from) {
      listedBelow++;
      continue;
    }
    if (above > 0 && score > to) {
      listedAbove++;
      continue;
    }
    const bin = Math.min(counts.length - 1, Math.max(0, Math.floor((score - from) / width)));
    listed[bin] = (listed[bin] ?? 0) + 1;
  }
  return html`<div
    class="distribution-table data-table"
    role="region"
    tabindex="0"
    aria-label="Similarities as table"
  >
    <table>
      <thead>
        <tr>
          <th scope="col" class="number">from</th>
          <th scope="col" class="number">to</th>
          <th scope="col" class="number">${ofRows('tokens')}</th>
          <th scope="col" class="number">share</th>
          <th scope="col" class="number">in the list</th>
        </tr>
      </thead>
      <tbody>
        ${below > 0 ? row('less', formatScore(from), below, total, listedBelow) : nothing}
        ${counts.map((count, bin) => {
          const start = from + bin * width;
          return row(formatScore(start), formatScore(start + width), count, total, listed[bin] ?? 0);
        })}
        ${above > 0 ? row(formatScore(to), 'more', above, total, listedAbove) : nothing}
      </tbody>
    </table>
  </div>`;
}

function row(from: string, to: string, count: number, total: number, listed: number): TemplateResult {
  return html`<tr>
    <td class="number">${from}</td>
    <td class="number">${to}</td>
    <td class="number">${formatCount(count)}</td>
    <td class="number">${((count / Math.max(1, total)) * 100).toFixed(2)}&nbsp;%</td>
    <td class="number">${listed}</td>
  </tr>`;
}
