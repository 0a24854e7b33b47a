import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { surveyLocalModels } from '../../../src/model/surveyLocalModels';
import { convertVectors } from '../../../src/model/vectorFiles/convertVectors';
import { keptConversions, removeConversion } from '../../../src/model/vectorFiles/keptConversions';
import { presentVectors } from '../../../src/model/vectorFiles/presentVectors';
import { embeddingTensor, safetensorsBytes } from '../../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';

describe('Files of vectors on this machine', () => {
  const inFolder = useTemporaryFolder();
  const folder = (): string => inFolder('converted');

  async function write(name: string, content: string | Uint8Array): Promise<string> {
    await fs.writeFile(inFolder(name), content);
    return inFolder(name);
  }

  it('are told by what they say of themselves, and by their rows once they are converted', async () => {
    const glove = await write('glove.txt', 'the 1 2\nof 3 4\na 5 6\n');
    const vec = await write('fast.vec', '2 3\nthe 1 2 3\nof 4 5 6\n');
    assert.deepEqual(await presentVectors(glove, folder()), {
      format: 'GloVe text',
      rowCount: undefined,
      dimension: 2,
      isConverted: false,
    });
    assert.deepEqual(await presentVectors(vec, folder()), {
      format: 'word2vec text',
      rowCount: 2,
      dimension: 3,
      isConverted: false,
    });
    assert.equal(await fs.stat(folder()).catch(() => undefined), undefined);
    await convertVectors(glove, { folder: folder() });
    assert.deepEqual(await presentVectors(glove, folder()), {
      format: 'GloVe text',
      rowCount: 3,
      dimension: 2,
      isConverted: true,
    });
  });

  it('are listed among the models that were used, in their order, and what cannot be opened is not', async () => {
    const checkpoint = await write(
      'model.safetensors',
      safetensorsBytes([embeddingTensor('wte.weight', 'F32', 3, 2)]),
    );
    const glove = await write('glove.txt', 'the 1 2\nof 3 4\n');
    const other = await write('notes.txt', 'Some notes about nothing.\n');
    const paths = [glove, other, checkpoint, inFolder('gone.vec')];
    const surveyed = await surveyLocalModels(paths, undefined, (file, tensorName) =>
      presentVectors(file, folder(), tensorName),
    );
    assert.deepEqual(
      surveyed.map((model) => [model.path, 'vectors' in model]),
      [
        [glove, true],
        [checkpoint, false],
      ],
    );
    assert.deepEqual((await surveyLocalModels(paths)).length, 1);
  });

  it('leave conversions that can be listed and deleted, and nothing else is', async () => {
    const glove = await write('glove.txt', 'the 1 2\nof 3 4\n');
    const converted = await convertVectors(glove, { folder: folder() });
    await fs.writeFile(
      inFolder('converted', 'mine.safetensors'),
      safetensorsBytes([embeddingTensor('wte.weight', 'F32', 3, 2)]),
    );
    await fs.writeFile(inFolder('converted', 'left.safetensors.0.partial'), 'x');
    const kept = await keptConversions(folder());
    assert.deepEqual(
      kept.map(({ path: file, origin, format }) => [path.basename(file), origin, format]).sort(),
      [
        [path.basename(converted?.path ?? ''), glove, 'GloVe text'],
        ['left.safetensors.0.partial', undefined, undefined],
      ].sort(),
    );
    const bytes = await Promise.all(kept.map((file) => removeConversion(file)));
    assert.deepEqual(
      bytes,
      kept.map((file) => file.bytes),
    );
    assert.deepEqual(await fs.readdir(folder()), ['mine.safetensors']);
  });
});
