import { ms, ratio } from './cells.mjs';
import { KINDS } from './kinds.mjs';

/** Nothing where VS Code's Node is the one that everything ran on. */
export function vscodeNode(figures) {
  if (figures === undefined) {
    return '';
  }
  const { ours, theirs } = figures;
  const times = [
    ['Nothing started → first 20 neighbors, index kept from an earlier start, ms', 'firstNeighborsCached'],
    ['Cosine, top 20, ms', 'cosine20'],
    ['Cosine, top 200, ms', 'cosine200'],
  ].map(
    ([what, name]) =>
      `| ${what} | ${ms(ours[name].median)} | ${ms(theirs[name].median)} | ${ratio(theirs[name], ours[name])} × |`,
  );
  const speeds = Object.entries(KINDS).map(
    ([kind, name]) =>
      `| Encoding ${name}, MB/s | ${ms(ours.encoding[kind].median)} | ${ms(theirs.encoding[kind].median)} | ${ratio(theirs.encoding[kind], ours.encoding[kind])} × |`,
  );
  return `## On the Node that VS Code ships

Everything above, but for what is measured inside VS Code, ran on Node ${ours.node}. Some of it on the other as well, some minutes later; medians.

| What | Node ${ours.node} | Node ${theirs.node} | ratio |
| --- | ---: | ---: | ---: |
${[...times, ...speeds].join('\n')}
`;
}
