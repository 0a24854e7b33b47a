import { HEAD, ratio, row, thousands } from './cells.mjs';

/** Nothing where the figures are of a run before there were names. */
export function mapLabels(figures) {
  if (figures === undefined) {
    return '';
  }
  const { tokens, words, build, longestSlice, frame, namesOfFrame, withoutRegions, peer } = figures;
  const beside =
    peer.unavailable === undefined
      ? `${row('the same without regions', withoutRegions)}
${row(`the same without regions, with rbush ${peer.version} in place of the grid`, peer.placing)}`
      : '';
  const compared =
    peer.unavailable === undefined
      ? `With the R-tree it takes ${ratio(peer.placing, withoutRegions)} times as long; ${peer.differing} labels differ.`
      : 'rbush was not there to compare with.';
  return `## Names on the map of all tokens

All 15 levels of zoom, from nothing: order, folding, regions, and ${thousands(words)} words that find room among ${thousands(tokens)} tokens of GPT-2, on a map
of a thousand clumps. A frame asks for the names in a view of 1,000 × 800 pixels, at a random place and scale: ${namesOfFrame.toFixed(0)} on average.

${HEAD}
${row('All levels', build)}
${row('Longest slice of a run', longestSlice)}
${row('Names of a frame', frame)}
${beside}

${compared}
`;
}
