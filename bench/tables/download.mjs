import { HEAD, ms, row } from './cells.mjs';

export function download(figures) {
  return `## Download of the ${figures.megabytes.toFixed(0)} MB tensor from a server on this machine

${HEAD}
${row('One plain fetch of the same bytes, which neither writes nor checks them', figures.plainFetch)}
${row('Our download: header, ranges, written, checked, in place', figures.download)}
${row('of which the transfer', figures.transfer)}

- ${figures.speedRatio.toFixed(2)} × the speed of the plain fetch, ${figures.transferSpeedRatio.toFixed(2)} × for the transfer alone.
- ${figures.megabytesAboveIdle.median.toFixed(0)} MB of memory above idle at most; the event loop never paused longer than ${ms(figures.longestPause.median)} ms (median of the runs' longest).
`;
}
