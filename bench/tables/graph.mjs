import { ms, thousands } from './cells.mjs';

/** Rows of the slice that peers are asked; see peers/comparePeers.mjs. */
const SLICE_ROWS = 480;

export function theGraph(graph, { slice }) {
  const { threads1, threads2 } = graph;
  const rows = Object.entries(slice ?? {})
    .filter(([, figures]) => figures.unavailable === undefined)
    .map(([name, { median }]) => {
      const seconds = ((median / 1000) * graph.rowCount) / SLICE_ROWS;
      return `| ${name} | ${seconds.toFixed(1)} | ${(seconds / threads1.seconds).toFixed(2)} × |`;
    });
  return `## The neighbor graph of the whole vocabulary, k = 32, exact

| Who | seconds | ratio |
| --- | ---: | ---: |
| Tokenscope, one thread | ${threads1.seconds.toFixed(1)} | |
| Tokenscope, two threads | ${threads2.seconds.toFixed(1)} | ${(threads2.seconds / threads1.seconds).toFixed(2)} × |
${rows.join('\n')}

The peers were asked a slice of ${SLICE_ROWS} rows against all; their seconds are extrapolated to ${thousands(graph.rowCount)} rows. The inner loop does
${graph.kernelGigaMultiplyAdds.toFixed(0)} billion multiply-adds a second. ${graph.checked} random lists were compared with the plain loop, ${graph.wrong} of them wrong. Memory while it is
computed: ${graph.megabytes.toFixed(0)} MB. An answer from it takes ${ms(graph.answer.median)} ms (median), opening it ${ms(graph.openMilliseconds)} ms.
`;
}
