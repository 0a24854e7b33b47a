import { html, nothing, type TemplateResult } from 'lit/html.js';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import type { PlotName } from '../neighbors/plotName';

interface SectionHead {
  readonly plot: PlotName;
  readonly title: string;
  readonly note?: TemplateResult;
  /** What the button is called that shows the drawing as a table. */
  readonly table: string;
}

/** The head of a drawing: its title folds it, and a button shows it as a table. */
export function sectionHead(
  { plot, title, note, table }: SectionHead,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const isOpen = state.arrangement.isOpen(plot);
  return html`<div class="section-head">
    <h2 id="${plot}-title">
      <button
        class="section-toggle"
        aria-expanded=${isOpen}
        @click=${() => actions.arrange(state.arrangement.toggled(plot))}
      >
        ${icon(isOpen ? 'chevronDown' : 'chevronRight')}${title}
      </button>
    </h2>
    ${isOpen && note ? note : nothing}
    <span class="grow"></span>
    ${
      isOpen
        ? html`<button
            class="button"
            aria-label=${table}
            title="${table} (T)"
            aria-pressed=${state.tables.has(plot)}
            @click=${() => actions.toggleTable(plot)}
          >
            ${icon('table')}
          </button>`
        : nothing
    }
  </div>`;
}
