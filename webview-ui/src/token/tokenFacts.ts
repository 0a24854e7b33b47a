import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenPageView } from '../../../src/protocol/tokenPageView';
import { icon } from '../icon';
import { formatCount, formatNorm } from '../numbers';
import { ordinalPercentile } from '../plots/percentile';
import { rowsAreWords } from '../rowNames';

/** Id, length, norm and distance of a token, each with a note that says what the number means. */
export function tokenFacts(page: TokenPageView): TemplateResult {
  const { token, byteLength, characters, measures } = page;
  return html`<section class="token-facts" aria-label="Facts">
    <table class="facts-table">
      <tbody>
        ${fact(rowsAreWords() ? 'row' : 'id', html`<b>${token.id}</b>`, origin(page))}
        ${fact('length', byteLength === 1 ? '1 byte' : `${formatCount(byteLength)} bytes`, lengthNote(page, characters))}
        ${
          measures
            ? html`${fact('norm', formatNorm(measures.norm), `${ordinalPercentile(measures.normPercentile)} percentile`)}
              ${fact('to centroid', formatNorm(measures.centroidDistance), `${ordinalPercentile(measures.centroidPercentile)} percentile`)}`
            : nothing
        }
      </tbody>
    </table>
    ${
      measures?.underTrained === undefined
        ? nothing
        : html`<p class="token-note small">
            ${icon('warning', 'warn')}<span>${measures.underTrained}</span>
          </p>`
    }
  </section>`;
}

function fact(label: string, value: string | TemplateResult, note: string): TemplateResult {
  return html`<tr>
    <th scope="row">${label}</th>
    <td class="number">${value}</td>
    <td class="quiet tiny">${note}</td>
  </tr>`;
}

/** What made the token: a merge rule, nothing for a byte, or nothing that text can be. */
function origin({ isSpecial, merges, byteLength }: TokenPageView): string {
  if (isSpecial) {
    return 'special token';
  }
  const last = merges?.steps.at(-1);
  return last ? `merge rule ${formatCount(last.rule)}` : byteLength === 1 ? 'a single byte' : '';
}

function lengthNote({ isByteFragment, token }: TokenPageView, characters: number): string {
  if (isByteFragment) {
    return 'a part of a character';
  }
  const count = characters === 1 ? '1 character' : `${formatCount(characters)} characters`;
  const startsWithSpace = token.label.segments[0]?.kind === 'space';
  return startsWithSpace && characters > 1 ? `${count}, with the space` : count;
}
