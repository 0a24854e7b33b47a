import { svg, type SVGTemplateResult } from 'lit/html.js';

/** Height of the highest bar, and where all stand, in CSS pixels of a legend's drawing. */
export const BAR_HEIGHT = 24;
export const BASE_LINE = 36;
export const LEGEND_HEIGHT = 50;

/** Bars of a histogram, each in its color. @param colorOf of a bin, counted from 0 */
export function bars(
  counts: readonly number[],
  width: number,
  colorOf: (bin: number) => string,
): SVGTemplateResult {
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  const gap = Math.min(2, step / 3);
  return svg`${counts.map((count, bin) => {
    // A bin that holds anything can be seen.
    const height = count === 0 ? 0 : Math.max(1, (count / most) * BAR_HEIGHT);
    return svg`<rect x=${(bin * step + gap / 2).toFixed(1)} y=${(BASE_LINE - height).toFixed(1)} width=${(step - gap).toFixed(1)} height=${height.toFixed(1)} fill=${colorOf(bin)} />`;
  })}<path class="axis" d="M0 ${BASE_LINE + 0.5}h${width}" />`;
}

/** A line at a value with its name beside it: to its left where there is no room to the right. */
export function markAt(x: number, text: string, width: number): SVGTemplateResult {
  const isLeft = x > width - 90;
  return svg`<path class="value-mark" d="M${x.toFixed(1)} 2V${BASE_LINE}" />
    <text class=${isLeft ? 'end' : ''} x=${(isLeft ? x - 4 : x + 4).toFixed(1)} y="10">${text}</text>`;
}
