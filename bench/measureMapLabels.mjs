// node measureMapLabels.mjs <project>: names on a map of all GPT-2 tokens at every level of zoom, from nothing; beside it the same words placed
// with rbush in place of the grid.
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { LabelPyramid } from '../src/core/query/mapLabels/labelPyramid';
import { columnsOf, foldedText, labelText } from '../src/core/query/mapLabels/labelText';
import { labelOrder } from '../src/core/query/mapLabels/labelPriority';
import { tokenKinds } from '../src/core/query/mapLabels/tokenKinds';
import { plainToken } from '../src/core/tokenizer/tokenLabel';
import { Gpt2Tokenizer } from '../src/core/tokenizer/gpt2Tokenizer';
import { finish } from '../src/core/work/steps';
import { seededRandom, summarize, time } from './statistics.mjs';

const RUNS = 9;
const PEER_RUNS = 3;
const SLICE = 1024;
const FRAMES = 200;
const WIDTH = 1000;
const HEIGHT = 800;
/** Pixels for a unit of the map, which is two units wide, where all of it is in view. */
const WHOLE_SCALE = 376;
const COLUMN = 7.23;
/** Regions of each parting. */
const REGIONS = [30, 300, 1000];
const LEVELS = 15;
const FIRST_LEVEL = 3;
const SIGN_LEVEL = 5;
const SIGN_KIND = 4;
const TWIN_DISTANCE = 200;

const [project] = process.argv.slice(2);
const map = likeGpt2Map();

/** A thousand round clumps of as many sizes on a disc, each token in one of them, its twin mostly beside it. */
function likeGpt2Map() {
  const tokenizer = Gpt2Tokenizer.shared();
  const texts = Array.from({ length: tokenizer.vocabularySize }, (_, id) =>
    plainToken(tokenizer.tokenBytes(id)),
  );
  const random = seededRandom(1);
  const normal = () => random() + random() + random() + random() - 2;
  const clumps = Array.from({ length: REGIONS.at(-1) }, (_, clump) => {
    const radius = Math.sqrt(random());
    const angle = 2 * Math.PI * random();
    const spread = 0.005 + 0.12 * (1 + clump / 20) ** -0.7;
    return [radius * Math.cos(angle), radius * Math.sin(angle), spread];
  });
  const positions = new Float32Array(2 * texts.length);
  const placeOf = new Map();
  texts.forEach((text, id) => {
    const [x, y, spread] = clumps[Math.floor(clumps.length * random() ** 1.7)];
    const own = [x + spread * normal(), y + spread * normal()];
    const twin = random() < 0.8 ? placeOf.get(foldedText(text)) : undefined;
    const place = twin?.map((value) => value + 0.002 * normal()) ?? own;
    placeOf.set(foldedText(text), place);
    positions.set(place, 2 * id);
  });
  const regions = REGIONS.map((count) =>
    clumps.slice(0, count).map(([x, y], at) => {
      const words = [0, 1, 2].map((word) => labelText(texts[1000 + 7 * at + 2 * word]));
      return { x, y, size: Math.ceil(texts.length / count), words };
    }),
  );
  return { positions, texts, kinds: tokenKinds(tokenizer), regions };
}

function pyramidOf(regions) {
  return new LabelPyramid({
    ...map,
    regions,
    wholeScale: WHOLE_SCALE,
    wordWidth: COLUMN,
    widthOf: (text) => 6.7 * text.length,
  });
}

/** One after the other in slices, of which the longest counts. */
async function measureBuild() {
  const builds = [];
  const longest = [];
  let pyramid;
  for (let run = 0; run <= RUNS; run++) {
    pyramid = pyramidOf(map.regions);
    let slowest = 0;
    let milliseconds = 0;
    while (!pyramid.isDone) {
      const slice = await time(() => void pyramid.advance(SLICE));
      slowest = Math.max(slowest, slice);
      milliseconds += slice;
    }
    builds.push(milliseconds);
    longest.push(slowest);
  }
  return { pyramid, build: summarize(builds.slice(1)), longestSlice: summarize(longest.slice(1)) };
}

/** What a frame asks for, at places and scales of all levels. */
async function measureFrames(pyramid) {
  const random = seededRandom(2);
  const frames = [];
  let words = 0;
  for (let frame = 0; frame < FRAMES; frame++) {
    const scale = WHOLE_SCALE * 2 ** (random() * 7);
    const place = 2 * Math.floor((random() * map.positions.length) / 2);
    const [x, y] = map.positions.subarray(place, place + 2);
    const halfWidth = WIDTH / 2 / scale;
    const halfHeight = HEIGHT / 2 / scale;
    const box = { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
    frames.push(
      await time(() => {
        words += pyramid.wordsIn(scale, box).length + pyramid.regionsAt(scale).length;
      }),
    );
  }
  return { frame: summarize(frames), namesOfFrame: words / FRAMES };
}

/** The same words by the same rules, without regions, with an R-tree for what is in the way. */
function placeWithRbush(RBush) {
  const { positions, texts, kinds } = map;
  const order = [...finish(labelOrder(texts, kinds))].filter((id) => labelText(texts[id]) !== '');
  const reach = texts.map((text) => Math.ceil(COLUMN * columnsOf(labelText(text))) + 13);
  const folds = texts.map(foldedText);
  const placed = [];
  const isPlaced = new Uint8Array(texts.length);
  const twins = new Map();
  for (let level = FIRST_LEVEL; level < LEVELS; level++) {
    const scale = WHOLE_SCALE * 2 ** (level / 2);
    const boxOf = (id, side) => {
      const x = positions[2 * id] * scale;
      const y = positions[2 * id + 1] * scale;
      return {
        minX: side > 0 ? x : x - reach[id],
        maxX: side > 0 ? x + reach[id] : x,
        minY: y - 10,
        maxY: y + 10,
      };
    };
    const tree = new RBush();
    tree.load(placed.map(({ id, side }) => boxOf(id, side)));
    // Boxes that touch collide in this tree.
    const isFree = ({ minX, maxX, minY, maxY }) =>
      !tree.collides({ minX: minX + 1e-9, maxX: maxX - 1e-9, minY: minY + 1e-9, maxY: maxY - 1e-9 });
    for (const id of order) {
      if (isPlaced[id] || (level < SIGN_LEVEL && kinds[id] >= SIGN_KIND)) {
        continue;
      }
      const near = twins.get(folds[id]) ?? [];
      const isTwin = near.some(
        (other) =>
          Math.hypot(
            positions[2 * id] - positions[2 * other],
            positions[2 * id + 1] - positions[2 * other + 1],
          ) *
            scale <
          TWIN_DISTANCE,
      );
      const side = isTwin ? undefined : [1, -1].find((one) => isFree(boxOf(id, one)));
      if (side !== undefined) {
        tree.insert(boxOf(id, side));
        placed.push({ id, side });
        isPlaced[id] = 1;
        twins.set(folds[id], [...near, id]);
      }
    }
  }
  return placed;
}

async function measurePeer() {
  const folder = path.join(project, 'bench', 'node_modules', 'rbush');
  let RBush;
  let version;
  try {
    RBush = (await import(pathToFileURL(path.join(folder, 'index.js')).href)).default;
    ({ version } = JSON.parse(await fs.readFile(path.join(folder, 'package.json'), 'utf8')));
  } catch (error) {
    return { peer: { unavailable: error.message.split('\n')[0] } };
  }
  const peer = [];
  const ours = [];
  let placed = [];
  let pyramid;
  for (let run = 0; run <= PEER_RUNS; run++) {
    peer.push(
      await time(() => {
        placed = placeWithRbush(RBush);
      }),
    );
    pyramid = pyramidOf([]);
    ours.push(await time(() => void pyramid.advance(Infinity)));
  }
  const { ids, sides, count } = pyramid.words;
  let differing = Math.abs(count - placed.length);
  placed.forEach(({ id, side }, place) => {
    differing += id === ids[place] && side === sides[place] ? 0 : 1;
  });
  return {
    peer: { version, placing: summarize(peer.slice(1)), differing },
    withoutRegions: summarize(ours.slice(1)),
  };
}

const { pyramid, ...building } = await measureBuild();
console.log(
  JSON.stringify({
    tokens: map.texts.length,
    words: pyramid.words.count,
    ...building,
    ...(await measureFrames(pyramid)),
    ...(await measurePeer()),
  }),
);
