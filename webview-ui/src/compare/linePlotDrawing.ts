import { nothing, svg, type SVGTemplateResult } from 'lit/html.js';
import type { PairView } from '../../../src/protocol/compareView';
import { formatTick, symmetricTicks } from '../plots/symmetricAxis';
import { positionsToDraw } from './decimate';
import { dimensionTicks, dimensionX, valueY, type Frame, type PairScale } from './pairGeometry';

/** Narrower plots have no room to name their axis between its numbers. */
const NAMED_AXIS_WIDTH = 420;

/** Both vectors over all dimensions: axes, then b, then a on top. */
export function linePlotDrawing(pair: PairView, frame: Frame, scale: PairScale): SVGTemplateResult {
  return svg`
    ${valueAxis(frame, scale)} ${dimensionAxis(frame, scale)}
    <path class="line-b" d=${linePath(pair.b, frame, scale)} />
    <path class="line-a" d=${linePath(pair.a, frame, scale)} />`;
}

export function linePath(values: readonly number[], frame: Frame, scale: PairScale): string {
  return positionsToDraw(values, Math.floor(frame.width))
    .map((dimension, index) => {
      const x = dimensionX(dimension, frame, scale).toFixed(1);
      const y = valueY(values[dimension] ?? 0, frame, scale).toFixed(1);
      return `${index === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');
}

function valueAxis(frame: Frame, scale: PairScale): SVGTemplateResult[] {
  return symmetricTicks(scale.limit).map((tick) => {
    const y = Math.round(valueY(tick, frame, scale)) + 0.5;
    return svg`<path class=${tick === 0 ? 'axis' : 'grid'} d="M${frame.left} ${y}h${frame.width}" />
      <text class="quiet-text end" x=${frame.left - 6} y=${y + 3.5}>${formatTick(tick)}</text>`;
  });
}

function dimensionAxis(frame: Frame, scale: PairScale): SVGTemplateResult {
  const right = frame.left + frame.width;
  const y = frame.top + frame.height + 16;
  const isNamed = frame.width >= NAMED_AXIS_WIDTH;
  const taken = right - (isNamed ? 112 : 40);
  return svg`${dimensionTicks(scale, frame.width)
    .filter((tick) => dimensionX(tick, frame, scale) <= taken)
    .map(
      (tick) =>
        svg`<text class="quiet-text middle" x=${dimensionX(tick, frame, scale).toFixed(1)} y=${y}>${tick}</text>`,
    )}
    ${isNamed ? svg`<text class="quiet-text middle" x=${right - 68} y=${y}>dimension</text>` : nothing}
    <text class="quiet-text end" x=${right} y=${y}>${Math.max(0, scale.count - 1)}</text>`;
}
