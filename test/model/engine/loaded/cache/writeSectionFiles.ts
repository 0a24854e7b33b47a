import { writeSectionFile } from '../../../../../src/engine/loaded/cache/writeSectionFile';
import { sampleContents } from './sampleSections';

/*
 * A process that writes section files into one place again and again: `file count seed codesBytes`; without end for a count of 0.
 * The seeds are counted on from the given one.
 */
const [file = '', count = '', seed = '', codes = ''] = process.argv.slice(2);
const contents = [0, 1, 2].map((index) =>
  sampleContents(Number(seed) + index, { codes: Number(codes), scales: 5_000 }),
);
console.log('started');
let written = 0;
for (let index = 0; count === '0' || index < Number(count); index++) {
  const outcome = await writeSectionFile(file, contents[index % contents.length]!);
  if (outcome.kind === 'not-written') {
    throw new Error(outcome.reason);
  }
  written++;
}
console.log(`written ${written}`);
