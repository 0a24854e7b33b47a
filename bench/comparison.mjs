// What became slower between two runs. Each time is taken as a ratio to a yardstick that was measured beside it, so that a machine
// that is slower today, or another one, makes nothing slower.

/** How much slower something has to be, to be told. */
export const TOLERATED = 1.1;

/** Parts that wait for memory more than for arithmetic. */
const BOUND_BY_MEMORY = new Set(['worker', 'search', 'index', 'peers', 'large', 'millions']);

/** What stands among the results and is no time of ours: what is compared with, and what is no time. */
const NOT_OURS =
  /^(emptyThread|bareRead|readFile|loop|plainFetch|fillRect|arcs|nearestLoop|peer|umap|unavailable|slice|bytes|sources|tokens|longestPause|nothing|machine|versions|yardsticks|durations)$|resident|megabytes|processorSeconds/i;

/** Names of single numbers that are times. */
const SINGLE_TIME = /^(seconds|busy|milliseconds|open)$|Milliseconds$/;

/**
 * A time, or a speed, of one of our own parts.
 *
 * @typedef {object} Figure
 * @property {string} name `search.cases.cosine20`
 * @property {string} part The first of these names.
 * @property {number} least Milliseconds, or whatever it is measured in; of a speed its inverse.
 * @property {number} middle The same.
 * @property {number} runs
 */

/** All times of a run. @returns {Figure[]} */
export function timesOf(results) {
  return Object.entries(results).flatMap(([part, value]) => [...timesIn(part, part, value)]);
}

function* timesIn(part, name, value) {
  const key = name.slice(name.lastIndexOf('.') + 1);
  if (NOT_OURS.test(key)) {
    return;
  }
  if (typeof value === 'number' && SINGLE_TIME.test(key)) {
    yield { name, part, least: value, middle: value, runs: 1 };
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (typeof value.median === 'number') {
    const isSpeed = typeof value.fastest === 'number';
    yield isSpeed
      ? { name, part, least: 1 / value.fastest, middle: 1 / value.median, runs: Infinity }
      : { name, part, least: value.min, middle: value.median, runs: value.runs };
    return;
  }
  // Where there are others beside us, only ours.
  const entries = 'Tokenscope' in value ? [['Tokenscope', value.Tokenscope]] : Object.entries(value);
  for (const [inner, innerValue] of entries) {
    yield* timesIn(part, `${name}.${inner}`, innerValue);
  }
}

/**
 * How many times as long everything takes as before, by the yardsticks of both runs. The least and the middle of several runs have
 * to agree: of both ratios the one that is nearer to 1 counts.
 *
 * @param {object} before Results of a run, as in bench/results.
 * @param {object} now
 * @returns {{name: string, ratio: number, runs: number}[]} What both runs have.
 */
export function ratiosToBefore(before, now) {
  const known = new Map(timesOf(before).map((figure) => [figure.name, figure]));
  return timesOf(now).flatMap(({ name, part, least, middle, runs }) => {
    const old = known.get(name);
    if (old === undefined) {
      return [];
    }
    const machine = yardstickOf(now, part, before) / yardstickOf(before, part, now);
    const ratios = [least / old.least, middle / old.middle].map((ratio) => ratio / machine);
    const ratio = ratios.reduce((a, b) => (Math.abs(Math.log(a)) <= Math.abs(Math.log(b)) ? a : b));
    return Number.isFinite(ratio) ? [{ name, ratio, runs }] : [];
  });
}

/** Milliseconds of the yardstick beside a part, of a kind that the other run has, too; NaN where there is none. */
function yardstickOf(results, part, other) {
  const kind = BOUND_BY_MEMORY.has(part) ? 'read' : 'loop';
  return results.yardsticks?.[part] !== undefined && other.yardsticks?.[part] !== undefined
    ? results.yardsticks[part][kind]
    : (results.search?.[kind === 'read' ? 'bareRead' : 'loop'].min ?? Number.NaN);
}

/** What to tell of two runs, in lines of text. */
export function comparisonReport(before, now) {
  const ratios = ratiosToBefore(before, now);
  if (ratios.length === 0) {
    return `Nothing could be compared with the run of ${before.date.slice(0, 10)}: it has no figures of these parts, or no yardstick beside them.`;
  }
  const several = ratios.filter(({ runs }) => runs > 1);
  const single = ratios.filter(({ runs }) => runs === 1);
  const percent = Math.round((TOLERATED - 1) * 100);
  const slower = (list) => list.filter(({ ratio }) => ratio > TOLERATED).sort((a, b) => b.ratio - a.ratio);
  const lines = (list) => list.map(({ name, ratio }) => `  ${ratio.toFixed(2)} × ${name}`);
  const faster = ratios.filter(({ ratio }) => ratio < 1 / TOLERATED).length;
  return [
    `Compared with the run of ${before.date.slice(0, 10)}, as ratios to the yardsticks of both runs: ${ratios.length} figures, ${faster} of them faster by more than ${percent} %.`,
    ...(before.machine.processor === now.machine.processor
      ? []
      : [`  That was another processor (${before.machine.processor}): small differences mean little.`]),
    ...(before.versions.node === now.versions.node ? [] : [`  That was on Node ${before.versions.node}.`]),
    slower(several).length === 0
      ? `Nothing that was measured more than once is slower by more than ${percent} %.`
      : `Slower by more than ${percent} %:`,
    ...lines(slower(several)),
    ...(slower(single).length === 0 ? [] : ['Slower, but measured only once:', ...lines(slower(single))]),
  ].join('\n');
}
