import type { SectionFileContents } from '../../../../../src/engine/loaded/cache/writeSectionFile';
import type { SourceIdentity } from '../../../../../src/engine/loaded/cache/sourceIdentity';
import { partSeed } from '../../../../fixtures/checkpoints/seededRandom';

export const SOURCE: SourceIdentity = {
  path:
    process.platform === 'win32' ? 'C:\\models\\gpt2\\model.safetensors' : '/models/gpt2/model.safetensors',
  size: 548_105_171,
  mtimeMs: 1_699_999_999_123.4567,
  tensorName: 'wte.weight',
  tensorOffset: 14_291,
  dtype: 'F32',
  shape: [50_257, 768],
};

/** Contents whose bytes all follow from a seed, which is one of their scalars; no two words of them are alike for long. */
export function sampleContents(
  seed: number,
  lengths: Readonly<Record<string, number>>,
  source = SOURCE,
): SectionFileContents {
  let counter = partSeed(seed, 0);
  const sections = new Map<string, Uint8Array>();
  for (const [name, length] of Object.entries(lengths)) {
    const words = new Uint32Array(Math.ceil(length / 4));
    for (let index = 0; index < words.length; index++) {
      counter = (counter + 0x9e3779b9) | 0;
      words[index] = Math.imul(counter ^ (counter >>> 15), 0x85ebca6b);
    }
    sections.set(name, new Uint8Array(words.buffer, 0, length));
  }
  const scalars = { seed, rowCount: 50_257, smallest: 5e-324, third: 1 / 3, negative: -1e300 };
  return { kind: 'embedding-index', contentVersion: 3, source, scalars, sections };
}

/** Room for all sections; views of shared memory. */
export function emptyTargets(lengths: Readonly<Record<string, number>>): Map<string, Uint8Array> {
  return new Map(
    Object.entries(lengths).map(([name, length]) => [name, new Uint8Array(new SharedArrayBuffer(length))]),
  );
}
