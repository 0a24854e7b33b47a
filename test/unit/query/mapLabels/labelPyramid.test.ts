import assert from 'node:assert/strict';
import { LabelPyramid, type LabelPyramidOptions } from '../../../../src/core/query/mapLabels/labelPyramid';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';
import {
  foldOf,
  overlapOf,
  placeWordsGreedily,
  regionRectangle,
  wordRectangle,
  type PlacedWord,
  type Rectangle,
} from './greedyWords';
import { randomMap, WHOLE_SCALE } from './labelMaps';

const LEVELS = [...Array(15).keys()];
const EVERYWHERE = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
const SEEDS = [1, 2, 3];
/** Rounding in single and double precision. */
const ROUNDING_PX = 1e-3;

const scaleOf = (level: number): number => WHOLE_SCALE * 2 ** (level / 2);

function built(map: LabelPyramidOptions, budget = 1e9): LabelPyramid {
  const pyramid = new LabelPyramid(map);
  while (!pyramid.advance(budget)) {
    // Goes on.
  }
  return pyramid;
}

function wordsAt(pyramid: LabelPyramid, scale: number): PlacedWord[] {
  const { ids, sides, firstLevels } = pyramid.words;
  return [...pyramid.wordsIn(scale, EVERYWHERE)].map((place) => ({
    id: ids[place] ?? NaN,
    side: sides[place] ?? NaN,
    level: firstLevels[place] ?? NaN,
  }));
}

const namesOf = (map: LabelPyramidOptions, words: readonly PlacedWord[]): string[] =>
  words.map(({ id, side }) => `${id} ${map.texts[id] ?? ''} ${side}`);

function rectanglesAt(pyramid: LabelPyramid, map: LabelPyramidOptions, scale: number): Rectangle[] {
  return [
    ...pyramid.regionsAt(scale).map((label) => regionRectangle(label, scale)),
    ...wordsAt(pyramid, scale).map(({ id, side }) => wordRectangle(map, id, side, scale)),
  ];
}

function mostOverlap(rectangles: readonly Rectangle[]): number {
  let most = -Infinity;
  rectangles.forEach((rectangle, at) => {
    for (let other = 0; other < at; other++) {
      most = Math.max(most, overlapOf(rectangle, rectangles[other]!));
    }
  });
  return most;
}

for (const seed of SEEDS) {
  describe(`LabelPyramid of random map ${seed}`, () => {
    const map = randomMap(500, seed);
    const pyramid = built(map);
    const words = LEVELS.map((level) => wordsAt(pyramid, scaleOf(level)));

    it('shows no two names that overlap, at levels and between them', () => {
      for (const level of LEVELS) {
        for (const beyond of [1, 1.05, 1.41]) {
          const rectangles = rectanglesAt(pyramid, map, scaleOf(level) * beyond);
          assert.ok(mostOverlap(rectangles) < ROUNDING_PX, `level ${level}, ${beyond}`);
        }
      }
      assert.ok(mostOverlap(rectanglesAt(pyramid, map, scaleOf(20))) < ROUNDING_PX);
    });

    it('lets no word vanish or change its side while one zooms in, and shows ever more', () => {
      for (const level of LEVELS.slice(1)) {
        const shown = new Set(namesOf(map, words[level] ?? []));
        const vanished = namesOf(map, words[level - 1] ?? []).filter((name) => !shown.has(name));
        assert.deepEqual(vanished, [], `level ${level}`);
      }
      assert.equal(words[2]?.length, 0);
      assert.ok((words[3]?.length ?? 0) > 0);
      assert.ok((words[14]?.length ?? 0) > (words[5]?.length ?? 0));
    });

    it('lets no region vanish while one zooms in, until finer ones take over', () => {
      for (const [first, last] of [
        [0, 1],
        [2, 4],
        [5, 6],
      ] as const) {
        assert.ok(pyramid.regionsAt(scaleOf(first)).length > 0);
        for (let level = first; level < last; level++) {
          const deeper = new Set(pyramid.regionsAt(scaleOf(level + 1)));
          assert.deepEqual(
            pyramid.regionsAt(scaleOf(level)).filter((label) => !deeper.has(label)),
            [],
          );
        }
      }
      assert.deepEqual(pyramid.regionsAt(scaleOf(7)), []);
    });

    it('shows spellings of one text that are closer than 200 px once, and no word beside a region of its name', () => {
      for (const level of LEVELS) {
        const scale = scaleOf(level);
        const spots = [
          ...pyramid.regionsAt(scale).map(({ name, x, y }) => ({ text: foldOf(name), x, y })),
          ...(words[level] ?? []).map(({ id }) => ({
            text: foldOf(map.texts[id] ?? ''),
            x: map.positions[2 * id] ?? NaN,
            y: map.positions[2 * id + 1] ?? NaN,
          })),
        ];
        for (const [at, { text, x, y }] of spots.entries()) {
          const near = spots
            .slice(0, at)
            .filter((other) => other.text === text && Math.hypot(other.x - x, other.y - y) * scale < 200);
          assert.deepEqual(near, [], `level ${level}, ${text}`);
        }
      }
    });

    it('places the words that a look at everything places', () => {
      const regions = LEVELS.map((level) => pyramid.regionsAt(scaleOf(level)));
      assert.deepEqual(words[14], placeWordsGreedily(map, regions));
    });

    it('is the same from any slices, and is drawn from while it grows', () => {
      const other = new LabelPyramid(map);
      let isDone = false;
      let shown = 0;
      for (let budget = 1; !isDone; budget = (budget * 7) % 1_000) {
        isDone = other.advance(budget);
        const grown = namesOf(map, wordsAt(other, scaleOf(14)));
        assert.ok(grown.length >= shown);
        shown = grown.length;
      }
      assert.ok(other.isDone);
      for (const level of LEVELS) {
        assert.deepEqual(wordsAt(other, scaleOf(level)), words[level]);
        assert.deepEqual(other.regionsAt(scaleOf(level)), pyramid.regionsAt(scaleOf(level)));
      }
    });

    it('finds the words whose room reaches into a part of the map', () => {
      const random = seededRandom(seed);
      const { ids, sides } = pyramid.words;
      for (let trial = 0; trial < 60; trial++) {
        const scale = scaleOf(3 + random() * 11);
        const left = 30 * (random() - 0.5);
        const top = 30 * (random() - 0.5);
        const box = { left, top, right: left + 5 * random(), bottom: top + 5 * random() };
        const inPixels = {
          left: box.left * scale,
          top: box.top * scale,
          right: box.right * scale,
          bottom: box.bottom * scale,
        };
        const reach = (id: number, side: number): number =>
          overlapOf(wordRectangle(map, id, side, scale), inPixels);
        const found = [...pyramid.wordsIn(scale, box)].map((place) => ids[place] ?? NaN);
        for (const { id, side } of wordsAt(pyramid, scale)) {
          if (Math.abs(reach(id, side)) > ROUNDING_PX) {
            assert.equal(found.includes(id), reach(id, side) > 0);
          }
        }
        assert.equal(sides.length, ids.length);
      }
    });
  });
}

describe('LabelPyramid', () => {
  it('measures labels by a function, each without the space around it', () => {
    const measured: string[] = [];
    const map = randomMap(40, 4);
    const pyramid = built({
      ...map,
      wordWidth: (label) => {
        measured.push(label);
        return 5.5 * label.length;
      },
    });
    assert.ok(measured.length > 0 && measured.every((label) => label === label.trim() && label !== ''));
    const { ids, reaches, count } = pyramid.words;
    for (let place = 0; place < count; place++) {
      const text = map.texts[ids[place] ?? NaN] ?? '';
      assert.equal(reaches[place], Math.ceil(5.5 * text.trim().length) + 13);
    }
  });

  it('names nothing below the scale of the whole map, and on a map of nothing', () => {
    const pyramid = built(randomMap(200, 5));
    assert.deepEqual(pyramid.regionsAt(WHOLE_SCALE * 0.9), []);
    assert.equal(pyramid.wordsIn(WHOLE_SCALE * 0.9, EVERYWHERE).length, 0);
    assert.equal(pyramid.levelAt(scaleOf(3)), 3);
    assert.equal(pyramid.levelAt(scaleOf(3) * 0.999), 2);
    assert.equal(pyramid.levelAt(1e9), 14);
    const nothing = built({
      ...randomMap(0, 1),
      regions: [],
    });
    assert.equal(nothing.wordsIn(1e6, EVERYWHERE).length, 0);
    assert.deepEqual(nothing.regionsAt(WHOLE_SCALE), []);
  });

  it('takes rows behind the last text for unnamed', () => {
    const map = randomMap(60, 6);
    const pyramid = built({ ...map, texts: map.texts.slice(0, 30), kinds: map.kinds.slice(0, 20) });
    assert.ok(wordsAt(pyramid, scaleOf(14)).every(({ id }) => id < 30));
    assert.ok(wordsAt(pyramid, scaleOf(14)).length > 0);
  });
});
