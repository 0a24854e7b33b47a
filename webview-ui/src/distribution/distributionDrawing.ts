import { nothing, svg, type SVGTemplateResult } from 'lit/html.js';
import type { AnswerView } from '../../../src/protocol/answerView';
import { formatScore, isDistance } from '../metrics';
import { averageOf } from './averageOf';
import { formatAxisNumber } from '../numbers';
import type { DistributionGeometry } from './distributionGeometry';

/** Heights of the marks above the base line. */
const MARK = 14;
const SELECTED_MARK = 22;
const BRACKET = 31;
/** Widths of labels, estimated: SVG does not say before it has drawn. */
const CHARACTER = 6.2;

/** The inside of the histogram: bars, average, the best as marks with a bracket above, the selected one, the axis. */
export function distributionDrawing(
  geometry: DistributionGeometry,
  answer: AnswerView,
  selectedScore: number | undefined,
): SVGTemplateResult {
  const { width, base, bars, ticks, toX } = geometry;
  const averageX = toX(averageOf(answer));
  const marks = answer.neighbors.map(({ score }) => `M${toX(score).toFixed(1)} ${base - MARK}V${base}`);
  return svg`
    <path class="bars" d=${bars.map((bar) => `M${bar.x.toFixed(1)} ${base}V${bar.top.toFixed(1)}h${bar.width.toFixed(1)}V${base}Z`).join('')} />
    <path class="baseline" d="M8 ${base + 0.5}H${width - 8}" />
    ${geometry.isCutLeft ? cutEnd(8, base) : nothing}
    ${geometry.isCutRight ? cutEnd(width - 8, base) : nothing}
    <path class="average-line" d="M${averageX} 8V${base}" />
    <path class="best-marks" d=${marks.join('')} />
    ${selectedScore === undefined ? nothing : svg`<path class="selected-mark" d="M${toX(selectedScore)} ${base - SELECTED_MARK}V${base}" />`}
    ${averageLabel(averageX, answer, width)}
    ${bracket(geometry, answer, averageX)}
    ${ticks.map(({ x, value }) => svg`<text class="caption middle" x=${x} y=${base + 14}>${formatAxisNumber(value)}</text>`)}
  `;
}

/** Two strokes across the end of the axis: it goes on, but is not drawn. */
function cutEnd(x: number, base: number): SVGTemplateResult {
  return svg`<path class="cut-end" d="M${x - 4} ${base + 5}l4 -9M${x} ${base + 5}l4 -9" />`;
}

function averageLabel(x: number, answer: AnswerView, width: number): SVGTemplateResult {
  const text = `${isDistance(answer.metric) ? 'typical' : 'average'} ${formatScore(averageOf(answer))}`;
  const isRight = x + 5 + text.length * CHARACTER > width;
  return svg`<text class="halo ${isRight ? 'end' : ''}" x=${isRight ? x - 5 : x + 5} y="17">${text}</text>`;
}

/** `top 20 from 0.556` over the marks, as far as it does not run into the average's label. */
function bracket(
  { width, base, toX }: DistributionGeometry,
  { neighbors, metric }: AnswerView,
  averageX: number,
): SVGTemplateResult | typeof nothing {
  const best = neighbors[0];
  const worst = neighbors.at(-1);
  if (!best || !worst) {
    return nothing;
  }
  const [left, right] = [toX(best.score), toX(worst.score)].sort((a, b) => a - b) as [number, number];
  const text = `top ${neighbors.length} ${isDistance(metric) ? 'within' : 'from'} ${formatScore(worst.score)}`;
  const half = (text.length * CHARACTER) / 2;
  const middle = Math.min(width - half - 4, Math.max(half + 4, (left + right) / 2));
  const y = base - BRACKET;
  const coversAverage = averageX > left - half && averageX < right;
  return svg`
    <path class="bracket" d="M${left} ${y + 4}v-4H${right}v4" />
    <text class="halo middle" x=${middle} y=${coversAverage ? Math.max(32, y - 5) : y - 5}>${text}</text>
  `;
}
