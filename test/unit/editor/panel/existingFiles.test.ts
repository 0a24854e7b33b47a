import assert from 'node:assert/strict';
import { existingFiles } from '../../../../src/editor/panel/exports/existingFiles';

describe('Names of exports', () => {
  it('are taken where the file system says so, which may know no capital letters', async () => {
    const folder = ['Vectors.TSV', 'notes.txt'];
    const statOf =
      (fold: (name: string) => string) =>
      (name: string): Promise<void> =>
        folder.map(fold).includes(fold(name)) ? Promise.resolve() : Promise.reject(new Error('FileNotFound'));
    const names = ['vectors.tsv', 'metadata.tsv'];
    assert.deepEqual(
      await existingFiles(
        names,
        statOf((name) => name.toLowerCase()),
      ),
      ['vectors.tsv'],
    );
    assert.deepEqual(
      await existingFiles(
        names,
        statOf((name) => name),
      ),
      [],
    );
  });
});
