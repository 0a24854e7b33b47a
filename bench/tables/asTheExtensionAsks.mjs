import { HEAD, ratio, row } from './cells.mjs';

export function asTheExtensionAsks({ firstNeighbors, firstNeighborsCached, sampleVectors, worker }) {
  return `## As the extension asks: through the worker, messages included

${HEAD}
${row('Nothing started → first 20 neighbors, index built from the 548 MB file', firstNeighbors.firstAnswer)}
${row('Nothing started → first 20 neighbors, index kept from an earlier start', firstNeighborsCached.firstAnswer)}
${row('Nothing started → first 20 neighbors, sample vectors', sampleVectors.firstAnswer)}
${row('For comparison: a thread of Node that does nothing, started and ended', sampleVectors.emptyThread)}
${row('Later query, 20 neighbors', worker.top20)}
${row('Later query, 200 neighbors', worker.top200)}
${row('Later query, 20 neighbors and their map', worker.top20WithMap)}
${row('Later query, 200 neighbors and their map', worker.top200WithMap)}
${row('Later query, 20 neighbors and the distribution of all similarities', worker.top20WithDistribution)}

From nothing to the first answer from the sample vectors takes ${ratio(sampleVectors.firstAnswer, sampleVectors.emptyThread)} times as long as the empty thread.
Memory of the whole process: ${worker.residentBefore.toFixed(0)} MB before, ${worker.residentDuring.toFixed(0)} MB while it answers, ${worker.residentAfter.toFixed(0)} MB after the engine was released.
`;
}
