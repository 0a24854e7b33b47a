import { svg, type SVGTemplateResult } from 'lit/html.js';
import type { PairView } from '../../../src/protocol/compareView';
import { placeLabels } from '../map/labelPlacement';
import { formatSimilarity } from '../numbers';
import { formatTick, symmetricTicks } from '../plots/symmetricAxis';
import type { DimensionRange } from './compareState';
import { valueX, valueY, type Frame, type PairScale } from './pairGeometry';

/** Dimensions that are named in the drawing; the table beside it names more. */
const NAMED_DIMENSIONS = 4;
/** Width of a digit of the labels in CSS pixels, no font of an interface has wider ones. */
const DIGIT_WIDTH = 7.2;
const RING = 5;

/** Title, grid, diagonal and names of the axes: what a scatter is drawn upon. */
export function scatterGround(
  pair: PairView,
  names: readonly [string, string],
  frame: Frame,
  scale: PairScale,
): SVGTemplateResult {
  const { left, top, width, height } = frame;
  const middle = left + width / 2;
  const bottom = top + height;
  return svg`
    <text class="plot-title middle" x=${middle} y=${top - 12}>Cosine similarity = ${formatSimilarity(pair.cosine)}</text>
    ${symmetricTicks(scale.limit).map((tick) => scatterTick(tick, frame, scale))}
    <path class="diagonal" d="M${left} ${bottom}L${left + width} ${top}" />
    <text class="name-a middle" x=${middle} y=${bottom + 32}>${names[0]}</text>
    <text class="name-b middle" transform="translate(11 ${top + height / 2}) rotate(-90)">${names[1]}</text>`;
}

function scatterTick(tick: number, frame: Frame, scale: PairScale): SVGTemplateResult {
  const { left, top, width, height } = frame;
  const x = Math.round(valueX(tick, frame, scale)) + 0.5;
  const y = Math.round(valueY(tick, frame, scale)) + 0.5;
  const place = tick === scale.limit ? 'end' : tick === -scale.limit ? 'start' : 'middle';
  return svg`<path class=${tick === 0 ? 'axis' : 'grid'} d="M${left} ${y}h${width}M${x} ${top}v${height}" />
    <text class="quiet-text end" x=${left - 6} y=${y + 3.5}>${formatTick(tick)}</text>
    <text class="quiet-text ${place}" x=${x} y=${top + height + 15}>${formatTick(tick)}</text>`;
}

/** Points as one path of dots, which is drawn fast however many there are. */
function dotsPath(
  { a, b }: PairView,
  frame: Frame,
  scale: PairScale,
  isDrawn: (dimension: number) => boolean,
): string {
  let path = '';
  for (let dimension = 0; dimension < scale.count; dimension++) {
    const x = valueX(a[dimension] ?? NaN, frame, scale);
    const y = valueY(b[dimension] ?? NaN, frame, scale);
    if (isDrawn(dimension) && Number.isFinite(x) && Number.isFinite(y)) {
      path += `M${x.toFixed(1)} ${y.toFixed(1)}h0`;
    }
  }
  return path;
}

/** All points; those of a brushed range stand out, and the others step back. */
export function scatterDots(
  pair: PairView,
  frame: Frame,
  scale: PairScale,
  range: DimensionRange | undefined,
): SVGTemplateResult {
  if (!range) {
    return svg`<path class="dots" d=${dotsPath(pair, frame, scale, () => true)} />`;
  }
  const isIn = (dimension: number) => dimension >= range.from && dimension <= range.to;
  return svg`<path class="dots faint" d=${dotsPath(pair, frame, scale, (dimension) => !isIn(dimension))} />
    <path class="dots brushed" d=${dotsPath(pair, frame, scale, isIn)} />`;
}

/** All points as circles, for files that are edited further. */
export function scatterCircles({ a, b }: PairView, frame: Frame, scale: PairScale): SVGTemplateResult {
  const dimensions = [...a.keys()].filter(
    (dimension) => Number.isFinite(a[dimension]) && Number.isFinite(b[dimension]),
  );
  return svg`<g class="points">${dimensions.map(
    (dimension) =>
      svg`<circle cx=${valueX(a[dimension] ?? 0, frame, scale).toFixed(2)} cy=${valueY(b[dimension] ?? 0, frame, scale).toFixed(2)} r="2" />`,
  )}</g>`;
}

/** Rings and numbers at the dimensions that decide most. */
export function scatterLabels(pair: PairView, frame: Frame, scale: PairScale): SVGTemplateResult[] {
  const named = pair.dimensions.slice(0, NAMED_DIMENSIONS).map(({ dimension, a, b }) => ({
    dimension,
    x: valueX(a, frame, scale),
    y: valueY(b, frame, scale),
    width: String(dimension).length * DIGIT_WIDTH,
    mustShow: false,
  }));
  const rings = named.map(({ x, y }) => ({
    left: x - RING,
    top: y - RING,
    right: x + RING,
    bottom: y + RING,
  }));
  const { left, top, width, height } = frame;
  const places = placeLabels(named, rings, { left, top, right: left + width, bottom: top + height });
  return named.map(({ dimension, x, y }, index) => {
    const place = places[index];
    return svg`<circle class="ring" cx=${x.toFixed(1)} cy=${y.toFixed(1)} r="3.5" />
      ${place ? svg`<text class="quiet-text halo" x=${place.x} y=${place.y}>${dimension}</text>` : ''}`;
  });
}
