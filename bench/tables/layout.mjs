const ms = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1));
const percent = (share) => (share === undefined ? '' : `${(100 * share).toFixed(1)} %`);
const times = (a, b) => `${(a / b).toFixed(2)} ×`;
const thousands = (value) => value.toLocaleString('en');

const MATRICES = {
  sample: 'the sample vectors',
  like: 'the matrix like GPT-2’s',
  planted: 'the test checkpoint',
};

/** Figures of a layout, and how they are shown. */
const FIGURES = [
  ['seconds', 'seconds', (value) => value.toFixed(1)],
  ['busy', 'of them a processor’s', (value) => value.toFixed(1)],
  ['kept', 'kept@15', percent],
  ['near', 'near@100', percent],
  ['trustworthiness', 'trust', (value) => value?.toFixed(3) ?? ''],
  ['noneKept', 'none kept', percent],
  ['tornFirst', 'torn1', percent],
  ['twins', 'twins', percent],
];

function rowsOf(name, { rowCount, dimension, ours, umap }) {
  const what = `${name}, ${thousands(rowCount)} × ${dimension}`;
  const line = (who, figures) =>
    `| ${what}: ${who} | ${FIGURES.map(([figure, , show]) => show(figures[figure])).join(' | ')} |`;
  if (umap === undefined) {
    return [line('Tokenscope', ours)];
  }
  const ratios = FIGURES.map(([figure]) =>
    ours[figure] === undefined || !umap[figure] ? '' : times(ours[figure], umap[figure]),
  );
  return [line('Tokenscope', ours), line('umap-js', umap), `| the same: ratio | ${ratios.join(' | ')} |`];
}

function sentencesOf(name, { graph, ours, many }) {
  const [[points, some], [manyPoints, most]] = Object.entries(many);
  return `- ${name}: ${times(ours.busy, graph.busy)} the processor time of the neighbor graph, which one thread computes in ${graph.seconds.toFixed(1)} s. First points after ${ms(ours.firstPoints.milliseconds)} ms, of them ${ms(ours.firstPoints.busy)} ms a processor’s.
  ${thousands(Number(points))} points: ${ms(some.nanosecondsOfUpdate)} ns an update of an edge and eight pushes, the longest epoch ${ms(some.longestEpoch)} ms, the longest step ${ms(some.longestStep)} ms.
  ${thousands(Number(manyPoints))} points (copies): ${ms(most.nanosecondsOfUpdate)} ns, ${ms(most.longestEpoch)} ms, ${ms(most.longestStep)} ms.`;
}

/** The section of docs/benchmarks.md about the map of all tokens. */
export function theLayout(layout, linear) {
  if (layout === undefined) {
    return '';
  }
  const entries = Object.entries(MATRICES)
    .filter(([key]) => layout[key] !== undefined)
    .map(([key, name]) => [name, layout[key]]);
  return `## The map of all tokens

The layout from the kept neighbor graph, quality and regions included, beside umap-js 1.4 with the same graph (300 epochs, \`minDist\` 0.1, its random
start, one thread as ours). umap-js gets the first 6,000 rows; with \`--whole-layout\` all of them as well, and of the test checkpoint. kept@15: true neighbors among the 15
nearest points; near@100: among the 100 nearest; trust of 500 tokens; none kept: points without any of theirs among 15; torn1: the nearest
neighbor farther away than a quarter of the map; twins: words with and without a space that lie beside each other.

| What | ${FIGURES.map(([, head]) => head).join(' | ')} |
| --- | ${FIGURES.map(() => '---:').join(' | ')} |
${entries.flatMap(([name, { slice, whole }]) => [...rowsOf(`slice of ${name}`, slice), ...rowsOf(name, whole)]).join('\n')}

${entries.map(([name, { whole }]) => sentencesOf(name, whole)).join('\n')}

The linear map of ${thousands(linear.rowCount)} × ${linear.dimension} takes ${ms(linear.all.median)} ms (median). Of ${thousands(linear.someRows)} rows it takes ${ms(linear.some.median)} ms, all eigenvectors by ml-matrix ${ms(linear.plainMilliseconds)} ms: ${times(linear.plainMilliseconds, linear.some.median)}. The
two axes have ${percent(linear.explained[0] + linear.explained[1])} of the spread, the best two ${percent(linear.plainExplained[0] + linear.plainExplained[1])}.
`;
}
