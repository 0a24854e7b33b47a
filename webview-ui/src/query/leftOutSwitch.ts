import { html, nothing, type TemplateResult } from 'lit/html.js';
import { leftOutChoice } from '../../../src/protocol/leftOutWords';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { checkbox } from '../checkbox';
import type { InspectorActions } from '../inspectorActions';

/** Whether the answer leaves the words asked about out; nothing for a token alone, which is the first of its own list. */
export function leftOutSwitch(
  { query, leftOut }: PanelSnapshot,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  const choice = query && leftOutChoice(query);
  if (!choice) {
    return nothing;
  }
  return html`<span class="left-out"
      >${checkbox(
        'leave out its words',
        leftOut[choice],
        (isLeftOut) => actions.send({ type: 'leaveOut', leftOut: { ...leftOut, [choice]: isLeftOut } }),
        'Leave out the words asked about, in all their spellings: with and without a space, in large and small letters',
      )}</span
    >${
      choice === 'formulas' && !leftOut.formulas
        ? html`<span class="small quiet"
            >With its words left in, an analogy mostly answers one of them.</span
          >`
        : nothing
    }`;
}
