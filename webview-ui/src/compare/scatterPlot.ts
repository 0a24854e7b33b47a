import { nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { PairView } from '../../../src/protocol/compareView';
import { formatSimilarity } from '../numbers';
import type { PlottedPair } from './dimensionProbe';
import { nearestDimension, pairScale, scatterFrame, scatterHeight, valueX, valueY } from './pairGeometry';
import { pairPlot } from './pairPlot';
import { scatterDots, scatterGround, scatterLabels } from './scatterDrawing';
import { signed } from './signedNumber';

/** A point this near to the pointer is meant, in CSS pixels. */
const REACH = 12;

/** One vector against the other, a point a dimension, on equal and symmetric axes. */
export function scatterPlot(plotted: PlottedPair): TemplateResult {
  const { pair, names, spoken, state } = plotted;
  const { pointed, range } = state;
  return pairPlot('scatter', plotted, (width) => {
    const frame = scatterFrame(width);
    const scale = pairScale(pair);
    const pointedAt = pointed && {
      x: valueX(pair.a[pointed.dimension] ?? 0, frame, scale),
      y: valueY(pair.b[pointed.dimension] ?? 0, frame, scale),
    };
    return {
      label: 'Point of a dimension in the scatter',
      sentence: scatterSentence(pair, spoken),
      width: frame.left + frame.width + 12,
      height: scatterHeight(frame),
      content: svg`
        ${guard([pair, frame.width, names[0], names[1]], () => scatterGround(pair, names, frame, scale))}
        ${guard([pair, frame.width, range?.from, range?.to], () => scatterDots(pair, frame, scale, range))}
        ${guard([pair, frame.width], () => scatterLabels(pair, frame, scale))}
        ${pointedAt ? pointedRing(pointedAt) : nothing}`,
      pointedAt,
      dimensionAt: (x, y) => nearestDimension(pair, frame, scale, { x, y }, REACH),
    };
  });
}

function pointedRing({ x, y }: { readonly x: number; readonly y: number }): SVGTemplateResult {
  return svg`<circle class="pointed-ring" cx=${x} cy=${y} r="6" />`;
}

function scatterSentence(pair: PairView, [a, b]: readonly [string, string]): string {
  const [first] = pair.dimensions;
  const most = first ? ` Dimension ${first.dimension} counts most, ${signed(first.share)}.` : '';
  return (
    `${a} against ${b}, a point a dimension: cosine similarity ${formatSimilarity(pair.cosine)}, ` +
    `Pearson correlation ${formatSimilarity(pair.pearson)}.${most}`
  );
}
