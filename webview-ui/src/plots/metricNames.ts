import { METRICS, type Metric } from '../../../src/protocol/metric';
import { html, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { icon } from '../icon';
import { selectOf } from '../inputOf';

/** Names of the metrics as a reader chooses them. */
export const METRIC_NAMES: Readonly<Record<Metric, string>> = {
  cosine: 'Cosine',
  centered: 'Cosine, centered',
  dot: 'Dot product',
  euclidean: 'Euclidean',
};

/** A list to choose a metric from. */
export function metricSelect(
  label: string,
  chosen: Metric,
  choose: (metric: Metric) => void,
): TemplateResult {
  return html`<span class="select">
    <select
      aria-label=${label}
      .value=${live(chosen)}
      @change=${(event: Event) => {
        const { value } = selectOf(event);
        const metric = METRICS.find((name) => name === value);
        if (metric) {
          choose(metric);
        }
      }}
    >
      ${METRICS.map(
        (metric) =>
          html`<option value=${metric} ?selected=${metric === chosen}>${METRIC_NAMES[metric]}</option>`,
      )}
    </select>
    ${icon('chevronDown')}
  </span>`;
}
