import { LayoutRun } from '../src/core/embedding/layout/layoutRun';
import { LAYOUT_SETTINGS } from '../src/core/embedding/layout/layoutSettings';
import { memberships } from '../src/core/embedding/layout/memberships';
import { SeededNumbers } from '../src/core/embedding/layout/seededNumbers';
import { symmetricEdges } from '../src/core/embedding/layout/symmetricEdges';
import { finish } from '../src/core/work/steps';

/** Epochs that are measured: each draws about as many edges as any other. */
const EPOCHS = 60;
/** Points of the largest vocabularies: Gemma's. */
const MANY = 262_144;

/** What an epoch costs, of the points that there are and of as many copies of them as make {@link MANY}. */
export function measureManyPoints(placed) {
  const edges = finish(symmetricEdges(placed, finish(memberships(placed)), 1 / LAYOUT_SETTINGS.epochs));
  const pointCount = edges.offsets.length - 1;
  return { [pointCount]: measureEpochs(edges), [MANY]: measureEpochs(copies(edges, MANY)) };
}

/** The points again and again; edges out of the last, incomplete copy are left out. */
function copies({ offsets, targets, weights }, count) {
  const pointCount = offsets.length - 1;
  const copied = { offsets: new Uint32Array(count + 1), targets: [], weights: [] };
  const size = Math.ceil(count / pointCount) * targets.length;
  copied.targets = new Uint32Array(size);
  copied.weights = new Float32Array(size);
  let end = 0;
  for (let point = 0; point < count; point++) {
    const original = point % pointCount;
    for (let edge = offsets[original]; edge < offsets[original + 1]; edge++) {
      const target = targets[edge] + point - original;
      if (target < count) {
        copied.targets[end] = target;
        copied.weights[end++] = weights[edge];
      }
    }
    copied.offsets[point + 1] = end;
  }
  return { ...copied, targets: copied.targets.slice(0, end), weights: copied.weights.slice(0, end) };
}

function measureEpochs(edges) {
  const random = new SeededNumbers(1);
  const pointCount = edges.offsets.length - 1;
  const start = Float32Array.from({ length: 2 * pointCount }, () => 10 * random.signed());
  const run = new LayoutRun(edges, start, LAYOUT_SETTINGS, random);
  // An edge of weight w is drawn in every 1/w-th epoch.
  const updates = EPOCHS * edges.weights.reduce((sum, weight) => sum + weight, 0);
  const before = process.cpuUsage();
  let longestStep = 0;
  let longestEpoch = 0;
  let total = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    let milliseconds = 0;
    while (run.epochsDone === epoch) {
      const begun = performance.now();
      run.step();
      const step = performance.now() - begun;
      longestStep = Math.max(longestStep, step);
      milliseconds += step;
    }
    longestEpoch = Math.max(longestEpoch, milliseconds);
    total += milliseconds;
  }
  const { user } = process.cpuUsage(before);
  return {
    edges: edges.targets.length,
    nanosecondsOfUpdate: (total * 1e6) / updates,
    busyNanosecondsOfUpdate: (user * 1e3) / updates,
    meanEpoch: total / EPOCHS,
    longestEpoch,
    longestStep,
  };
}
