import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * The file of labels that lies beside a file of vectors, by its name: of `x.npy` it is `x.labels.txt`, `x.labels.tsv`, `x.txt` or `x.tsv`; of
 * `x_vectors.tsv`, `vectors.tsv` and `tensors.tsv` it has `metadata` or `labels` in that word's place, and of `x.tsv` it is `x_metadata.tsv`.
 *
 * @returns undefined where there is none.
 */
export async function labelFileBeside(file: string): Promise<string | undefined> {
  const { dir, name, ext } = path.parse(file);
  const replaced = ['metadata', 'labels'].map((word) => name.replace(/(vectors?|tensors?)$/i, word));
  const names = [
    ...replaced.filter((other) => other !== name).map((other) => other + (ext === '.npy' ? '.tsv' : ext)),
    `${name}_metadata.tsv`,
    `${name}.labels.txt`,
    `${name}.labels.tsv`,
    ...(ext === '.npy' ? [`${name}.txt`, `${name}.tsv`] : []),
  ];
  for (const other of names) {
    const candidate = path.join(dir, other);
    const stats = await fs.stat(candidate).catch(() => undefined);
    if (stats?.isFile() === true) {
      return candidate;
    }
  }
  return undefined;
}
