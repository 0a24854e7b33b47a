import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import { formatAxisNumber } from '../../numbers';
import type { ColoredValues } from '../colors/mapColors';
import { BEST, valueColor } from '../colors/valueColors';
import { bars, LEGEND_HEIGHT, markAt } from './histogramParts';

const WIDTH = 520;
/** Room of the words beside the drawing. */
const TEXT_WIDTH = 176;
const LEAST_WIDTH = 130;
/** So far apart at least are the numbers below the axis, in CSS pixels. */
const TICK_ROOM = 70;
/** Of fewer tokens no best are told. */
const MANY = 1_000;

interface ValueLegend {
  readonly title: TemplateResult;
  /** Room for all of it, in CSS pixels. */
  readonly width: number;
  readonly format: (value: number) => string;
  /** Whether the best 20 are marked. */
  readonly hasBest: boolean;
  readonly isDistance: boolean;
}

/** The histogram of what the map is colored by, in its colors. */
export function valueLegend({ spread, ramp }: ColoredValues, legend: ValueLegend): TemplateResult {
  const { title, format } = legend;
  const { counts, least, greatest, mean } = spread;
  const width = Math.max(LEAST_WIDTH, Math.min(WIDTH, legend.width - TEXT_WIDTH));
  const span = greatest - least || 1;
  const xOf = (value: number) => ((value - least) / span) * width;
  return html`<span class="value-title">${title}</span>
    <svg
      class="drawing"
      width=${width}
      height=${LEGEND_HEIGHT}
      role="img"
      aria-label="From ${format(least)} to ${format(greatest)}, on average ${format(mean)}"
    >
      ${bars(counts, width, (bin) => valueColor(ramp, least + ((bin + 0.5) / counts.length) * span))}
      ${ticks(least, greatest, width).map(
        ({ value, x, anchor }) =>
          svg`<text class="quiet-text ${anchor}" x=${x.toFixed(1)} y="49">${formatAxisNumber(value)}</text>`,
      )}
      ${legend.hasBest || Number.isFinite(mean) ? markAt(xOf(mean), `average ${format(mean)}`, width) : nothing}
      ${legend.hasBest && width > 300 && spread.sorted.length >= MANY ? best(ramp.to, legend.isDistance ? least : greatest, xOf, format) : nothing}
    </svg>`;
}

/** A bracket over the most similar tokens. */
function best(
  threshold: number,
  end: number,
  xOf: (value: number) => number,
  format: (value: number) => string,
): SVGTemplateResult {
  const from = xOf(threshold);
  const to = xOf(end);
  return svg`<path class="bracket" d="M${from.toFixed(1)} 20V16H${to.toFixed(1)}V20" />
    <text class="middle" x=${((from + to) / 2).toFixed(1)} y="11">top ${BEST} from ${format(threshold)}</text>`;
}

/** Round numbers along the axis, none beyond its ends. */
function ticks(
  least: number,
  greatest: number,
  width: number,
): { readonly value: number; readonly x: number; readonly anchor: string }[] {
  const span = greatest - least;
  if (!(span > 0)) {
    return [];
  }
  const rough = (span * TICK_ROOM) / width;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const found = [];
  for (let at = Math.ceil(least / step); at * step <= greatest; at++) {
    const x = ((at * step - least) / span) * width;
    found.push({ value: at * step, x, anchor: x < 12 ? 'start' : x > width - 12 ? 'end' : 'middle' });
  }
  return found;
}
