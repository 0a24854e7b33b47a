import type { LabelPyramidOptions } from '../../../../src/core/query/mapLabels/labelPyramid';
import { labelPriority } from '../../../../src/core/query/mapLabels/labelPriority';
import type { RegionLabel } from '../../../../src/core/query/mapLabels/regionLabels';

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface PlacedWord {
  readonly id: number;
  readonly side: number;
  readonly level: number;
}

/** How far two rectangles reach into each other, in pixels; 0 or less where they are apart. */
export function overlapOf(a: Rectangle, b: Rectangle): number {
  return Math.min(
    Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
  );
}

const bare = (text: string): string => text.replace(/^[\s␣]+|[\s␣]+$/g, '');
export const foldOf = (text: string): string => bare(text).toLowerCase();

/** Room of a token's label: 20 pixels high, from its point to 13 pixels more than its text is wide. */
export function wordRectangle(
  { positions, texts, wordWidth }: LabelPyramidOptions,
  id: number,
  side: number,
  scale: number,
): Rectangle {
  const x = (positions[2 * id] ?? NaN) * scale;
  const y = (positions[2 * id + 1] ?? NaN) * scale;
  const reach = Math.ceil(Math.min(18, bare(texts[id] ?? '').length) * Number(wordWidth)) + 13;
  return {
    left: side > 0 ? x : x - reach,
    right: side > 0 ? x + reach : x,
    top: y - 10,
    bottom: y + 10,
  };
}

export function regionRectangle(label: RegionLabel, scale: number): Rectangle {
  const { x, y, halfWidth, above, below } = label;
  return {
    left: x * scale - halfWidth,
    right: x * scale + halfWidth,
    top: y * scale - above,
    bottom: y * scale + below,
  };
}

/** The rules of placing words as they are told, by looking at everything that is there for every token at every level. */
export function placeWordsGreedily(
  map: LabelPyramidOptions,
  regionsByLevel: readonly (readonly RegionLabel[])[],
): PlacedWord[] {
  const { positions, texts, kinds, wholeScale } = map;
  const scaleOf = (level: number): number => wholeScale * 2 ** (level / 2);
  const distance = (id: number, x: number, y: number, scale: number): number =>
    Math.hypot((positions[2 * id] ?? NaN) - x, (positions[2 * id + 1] ?? NaN) - y) * scale;
  const order = texts
    .map((text, id) => ({ id, priority: labelPriority(id, text, kinds[id] ?? NaN) }))
    .filter(({ id }) => bare(texts[id] ?? '') !== '' && Number.isFinite(positions[2 * id]))
    .sort((a, b) => a.priority - b.priority || a.id - b.id)
    .map(({ id }) => id);
  const placed: PlacedWord[] = [];
  for (let level = 3; level < 15; level++) {
    for (const id of order) {
      // Signs and bytes wait for level 5.
      if (placed.some((word) => word.id === id) || (level < 5 && !((kinds[id] ?? NaN) < 4))) {
        continue;
      }
      const isTwin = placed.some(
        (word) =>
          foldOf(texts[word.id] ?? '') === foldOf(texts[id] ?? '') &&
          distance(id, positions[2 * word.id] ?? NaN, positions[2 * word.id + 1] ?? NaN, scaleOf(level)) <
            200,
      );
      const isRegion = regionsByLevel.some(
        (labels, deeper) =>
          deeper >= level &&
          labels.some(
            ({ name, x, y }) =>
              foldOf(name) === foldOf(texts[id] ?? '') && distance(id, x, y, scaleOf(deeper)) < 200,
          ),
      );
      const side = [1, -1].find((one) => {
        const own = wordRectangle(map, id, one, scaleOf(level));
        const isAmongWords = placed.some(
          (word) => overlapOf(own, wordRectangle(map, word.id, word.side, scaleOf(level))) > 0,
        );
        const isAmongRegions = regionsByLevel.some(
          (labels, deeper) =>
            deeper >= level &&
            labels.some(
              (label) =>
                overlapOf(
                  wordRectangle(map, id, one, scaleOf(deeper)),
                  regionRectangle(label, scaleOf(deeper)),
                ) > 0,
            ),
        );
        return !isAmongWords && !isAmongRegions;
      });
      if (!isTwin && !isRegion && side !== undefined) {
        placed.push({ id, side, level });
      }
    }
  }
  return placed;
}
