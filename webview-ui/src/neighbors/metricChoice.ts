import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AnswerView } from '../../../src/protocol/answerView';
import type { Metric } from '../../../src/protocol/metric';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { formatScore } from '../metrics';
import { formatCount } from '../numbers';
import { METRIC_NAMES, metricSelect } from '../plots/metricNames';
import { rowsAreWords } from '../rowNames';

/** The choice of the metric, with a button that explains it. */
export function metricChoice(
  metric: Metric,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  return html`<span class="metric-choice"
    >${metricSelect('Metric', metric, (chosen) => actions.send({ type: 'chooseMetric', metric: chosen }))}<button
      class="button explain-metric"
      aria-label="What is this metric?"
      title="What is this metric?"
      aria-expanded=${state.explainsMetric}
      aria-controls="metric-explanation"
      @click=${() => {
        state.explainsMetric = !state.explainsMetric;
        actions.redraw();
      }}
    >
      ${icon('info')}
    </button></span
  >`;
}

/** What each metric says and does not say, in a few lines. */
const EXPLANATIONS: Readonly<Record<Metric, string>> = {
  cosine:
    'The angle between two vectors, whatever their lengths: 1 is the same direction, 0 a right angle. All GPT-2 vectors lean one way, so two unrelated tokens already score near 0.3. Compare with the average, not with 0.',
  centered:
    'The cosine after the average of all rows is taken away from both vectors. The direction that all tokens share is gone, so unrelated tokens sit near 0.',
  dot: 'The sum of the products by dimension, which is the cosine times both lengths: long vectors score high whatever their direction. GPT-2 itself scores its next token by dot products with these rows.',
  euclidean:
    'The straight distance between two vectors: 0 is the same vector, less is nearer. Lengths count as much as directions, so short vectors are near to much.',
};

/** The same without what holds of GPT-2 alone. */
const OTHER_EXPLANATIONS: Readonly<Partial<Record<Metric, string>>> = {
  cosine:
    'The angle between two vectors, whatever their lengths: 1 is the same direction, 0 a right angle. Vectors may lean one way, so that unrelated ones score above 0: compare with the average.',
  centered:
    'The cosine after the average of all rows is taken away from both vectors. The direction that all rows share is gone, so unrelated ones sit near 0.',
  dot: 'The sum of the products by dimension, which is the cosine times both lengths: long vectors score high whatever their direction.',
};

function explanation(metric: Metric): string {
  return (rowsAreWords() ? OTHER_EXPLANATIONS[metric] : undefined) ?? EXPLANATIONS[metric];
}

/** The explanation below the bar, as long as it is wanted. */
export function metricExplanation(
  metric: Metric,
  answer: AnswerView | undefined,
  state: InspectorState,
): TemplateResult {
  return html`<div id="metric-explanation" class="explanation small" ?hidden=${!state.explainsMetric}>
    ${
      state.explainsMetric
        ? html`<p><b>${METRIC_NAMES[metric]}.</b> ${explanation(metric)}</p>
            ${answer?.metric === metric ? here(answer) : nothing}`
        : nothing
    }
  </div>`;
}

function here({ metric, averageScore, model }: AnswerView): TemplateResult | typeof nothing {
  if (averageScore === undefined) {
    return nothing;
  }
  const average = metric === 'euclidean' ? 'The root of the mean square' : 'The average';
  return html`<p class="quiet">
    ${average} over all ${formatCount(model.rowCount)} tokens with this query is ${formatScore(averageScore)}.
  </p>`;
}
