import { html, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { inputOf } from './inputOf';

/** A check box with its label. @param explanation Shown on hover, and read after the label. */
export function checkbox(
  label: string,
  isChecked: boolean,
  set: (isChecked: boolean) => void,
  explanation = '',
): TemplateResult {
  return html`<label class="check" title=${explanation}>
    <input
      type="checkbox"
      aria-description=${explanation}
      .checked=${live(isChecked)}
      @change=${(event: Event) => set(inputOf(event).checked)}
    />
    <span>${label}</span>
  </label>`;
}
