import type { LabelPyramidOptions } from '../../../../src/core/query/mapLabels/labelPyramid';
import type { NamedRegion } from '../../../../src/core/query/mapLabels/namedRegions';
import { TOKEN_KINDS } from '../../../../src/core/query/mapLabels/tokenKinds';
import { SeededRandom } from '../../../fixtures/checkpoints/seededRandom';

export const WHOLE_SCALE = 30;
export const COLUMN = 7;
export const REGION_COLUMN = 6.5;

const SYLLABLES = ['ba', 'na', 'lon', 'don', 'ri', 'ver', 'x', 'stone', 'The', 'é'];

/**
 * A map with what makes names hard: clumps, some in one place, twins beside each other, spellings far apart, tokens of white space, and
 * some without a place; regions that overlap, share words, are of a kind, or have no place.
 */
export function randomMap(count: number, seed: number): LabelPyramidOptions {
  const random = new SeededRandom(seed);
  const positions = new Float32Array(2 * count);
  const texts: string[] = [];
  const centers = Array.from({ length: 12 }, () => [10 * random.normal(), 8 * random.normal()] as const);
  const oneOf = <Value>(values: readonly Value[]): Value => values[random.uint32() % values.length]!;
  for (let id = 0; id < count; id++) {
    const kind = random.uniform();
    const [x, y] = oneOf(centers);
    const spread = oneOf([0, 0.01, 0.3, 3]);
    positions.set([x + spread * random.normal(), y + spread * random.normal()], 2 * id);
    texts.push(randomText(random));
    if (id > 0 && kind < 0.3) {
      const twin = random.uint32() % id;
      const text = texts[twin] ?? '';
      texts[id] = kind < 0.2 ? ` ${text.trim().toUpperCase()}` : text;
      const near = positions.subarray(2 * twin, 2 * twin + 2).map((value) => value + 0.05 * random.normal());
      positions.set(kind < 0.25 ? near : [], 2 * id);
    } else if (kind < 0.33) {
      positions.fill(NaN, 2 * id, 2 * id + 2);
    } else if (kind < 0.36) {
      texts[id] = oneOf(['  ', '\n', '␣', '']);
    }
  }
  const regions = [6, 25, 70].map((regionCount) =>
    Array.from({ length: regionCount }, () => randomRegion(random, oneOf(centers), count / regionCount)),
  );
  return {
    positions,
    texts,
    kinds: Uint8Array.from(texts, () => random.uint32() % (TOKEN_KINDS.length + 1)),
    wordWidth: COLUMN,
    wholeScale: WHOLE_SCALE,
    regions,
    widthOf: (text) => REGION_COLUMN * text.length,
  };
}

function randomText(random: SeededRandom): string {
  const syllables = Array.from(
    { length: 1 + (random.uint32() % 4) },
    () => SYLLABLES[random.uint32() % SYLLABLES.length],
  );
  return `${random.uniform() < 0.5 ? ' ' : ''}${syllables.join('')}`;
}

function randomRegion(
  random: SeededRandom,
  [x, y]: readonly [number, number],
  meanSize: number,
): NamedRegion {
  const chance = random.uniform();
  return {
    x: chance < 0.05 ? NaN : x + random.normal(),
    y: y + random.normal(),
    size: Math.round(meanSize * 2 * random.uniform()),
    words: chance > 0.95 ? [] : Array.from({ length: 3 }, () => randomText(random).trim()),
    ...(chance > 0.8 && { kind: chance > 0.85 ? 'numbers' : 'word pieces' }),
  };
}
