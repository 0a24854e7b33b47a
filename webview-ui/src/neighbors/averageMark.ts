import { html, type TemplateResult } from 'lit/html.js';
import { place } from '../place';
import { TERM_EXPLANATIONS } from '../shell/explainedTerm';
import { ofRows } from '../rowNames';

/** The average of all tokens on the track of a bar. @param left share of the track, in percent */
export function averageTick(left: string): TemplateResult {
  return html`<b class="average-tick" ${place({ left })}></b>`;
}

/** What the marks on the bars of a list mean, over them. @param left as in {@link averageTick} */
export function averageHead(left: string): TemplateResult {
  return html`<span class="similarity">
    <span
      title=${ofRows(TERM_EXPLANATIONS.average)}
      ${place({ left: `clamp(20px, ${left}, calc(100% - 20px))` })}
      >average</span
    >
  </span>`;
}
