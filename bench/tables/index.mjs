import { HEAD, ratio, row } from './cells.mjs';

export function theIndex(index) {
  return `## The index

Each figure from fresh processes.

${HEAD}
${row('Bare read of the rows, one megabyte after the other', index.bareRead)}
${row('Build, first one of a process', index.firstBuild)}
${row('Build, a later one', index.build)}
${row('Second pass for the centered metric, in the background', index.centered)}
${row('One read of the kept index into new memory', index.readFile)}
${row('Kept index: open, read, check', index.openCached)}
${row('First answer after that', index.firstAnswer)}

- A build is ${ratio(index.build, index.bareRead)} × the bare read of the rows; opening to the first answer is ${ratio(index.openToAnswer, index.readFile)} × one read of the file.
- The kept file is ${index.cacheMegabytes.median.toFixed(1)} MB. The process grows from ${index.residentBefore.median.toFixed(0)} to ${index.residentAfter.median.toFixed(0)} MB with the index in memory; the rows stay in their file.
`;
}
