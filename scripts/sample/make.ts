// npm run make:sample
// Makes src/model/sampleVectors/sampleVectors.deflate from trained word vectors, which it fetches once. Not part of any build.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';
import { fetchTrainedVectors } from './fetchTrainedVectors';
import { makeSampleRows } from './makeSample';
import { roundRows } from './roundedRows';
import { sampleFile } from './sampleFile';

const PROJECT = path.resolve(__dirname, '../..');
const OUTPUT = path.join(PROJECT, 'src/model/sampleVectors/sampleVectors.deflate');

/** The finest step with which the file stays below 1.1 MB. */
const STEP = 0.066;

const vectors = fetchTrainedVectors(path.join(PROJECT, '.cache/sample'));
const { vocabulary, values } = makeSampleRows(vectors);
const file = sampleFile(vocabulary, roundRows(values, vectors.dimension, STEP));
// Without repetitions, which rounded noise does not have, this is what deflate does best.
const packed = deflateRawSync(file, { level: 9, strategy: constants.Z_HUFFMAN_ONLY });
const sha256 = createHash('sha256').update(file).digest('hex');
fs.writeFileSync(OUTPUT, packed);
fs.writeFileSync(`${OUTPUT}.sha256`, `${sha256}\n`);
console.log(
  `${String(vocabulary.forms.length)} rows, ${String(packed.length)} bytes; ${String(file.length)} unpacked, sha256 ${sha256}`,
);
