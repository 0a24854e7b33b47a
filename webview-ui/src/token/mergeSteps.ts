import { html, type TemplateResult } from 'lit/html.js';
import type { MergeTreeView } from '../../../src/protocol/tokenPageView';
import { formatCount } from '../numbers';
import { partHead } from '../plots/drawingControls';
import type { ViewActions } from '../plots/viewActions';
import { tokenButton } from './tokenButton';

/** The merges that make the token, in the order in which they apply: always the lowest rule that fits. */
export function mergeSteps({ steps }: MergeTreeView, actions: ViewActions): TemplateResult {
  return html`<section class="merge-steps" aria-labelledby="steps-title">
    ${partHead('steps-title', 'Steps', 'lowest rule first')}
    <div class="wide-table">
      <table class="number-table">
        <thead>
          <tr>
            <th scope="col">step</th>
            <th scope="col">left</th>
            <th scope="col">right</th>
            <th scope="col">becomes</th>
            <th scope="col" class="number">merge rule</th>
          </tr>
        </thead>
        <tbody>
          ${steps.map(
            ({ left, right, result, rule }, index) =>
              html`<tr>
                <td class="quiet">${index + 1}</td>
                <td>${tokenButton(left, actions)}</td>
                <td>${tokenButton(right, actions)}</td>
                <td>${tokenButton(result, actions)}</td>
                <td class="number">${formatCount(rule)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
