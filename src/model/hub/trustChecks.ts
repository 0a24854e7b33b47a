import { quoted } from '../../core/safetensors/jsonScanner';
import { readSafetensorsHeader } from '../../core/safetensors/safetensorsHeader';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { openEmbeddingSource } from '../embeddingSource';
import { openFileByteReader } from '../fileByteReader';
import { checkGpt2Fingerprint } from '../gpt2Fingerprint';
import type { DownloadPlan } from './downloadPlan';
import { HubError } from './hubError';
import { chooseTensor } from './locateTensor';

/**
 * Looks at a finished file as any other program would, before it is put in place: its header is parsed again and describes the
 * tensor that was asked for, and GPT-2's rows are those that were published. (That all values are finite was checked while they
 * arrived.)
 *
 * @throws {HubError} `untrusted-content`; the caller deletes the file.
 */
export async function checkStoredFile(
  file: string,
  { located }: DownloadPlan,
  { hasFingerprint }: { readonly hasFingerprint: boolean },
): Promise<void> {
  const { repository, tensor } = located;
  try {
    const reader = await openFileByteReader(file);
    try {
      const { tensors } = await readSafetensorsHeader(reader);
      const found = tensors.get(tensor.name);
      const agrees =
        tensors.size === 1 && found?.dtype === tensor.dtype && String(found.shape) === String(tensor.shape);
      if (!agrees) {
        throw untrusted(repository, `it is not the tensor ${quoted(tensor.name)} that was asked for`);
      }
    } finally {
      await reader.close();
    }
    if (hasFingerprint && !(await agreesWithFingerprint(file, tensor.name))) {
      throw untrusted(repository, 'its values are not those that were published for GPT-2');
    }
  } catch (error) {
    throw CheckpointError.is(error) ? untrusted(repository, error.message) : error;
  }
}

/** A file of another choice of the tensor is of no use, nor is one that somebody damaged: both are downloaded anew. */
export async function holdsTensor(file: string, tensorName: string | undefined): Promise<boolean> {
  try {
    const reader = await openFileByteReader(file);
    try {
      await chooseTensor(await readSafetensorsHeader(reader), file, tensorName);
      return true;
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (CheckpointError.is(error)) {
      return false;
    }
    throw error;
  }
}

async function agreesWithFingerprint(file: string, tensorName: string): Promise<boolean> {
  const source = await openEmbeddingSource({ kind: 'file', path: file }, { tensorName });
  try {
    return await checkGpt2Fingerprint(source);
  } finally {
    await source.close();
  }
}

function untrusted(repository: string, why: string): HubError {
  return new HubError(
    'untrusted-content',
    `What was downloaded of ${repository} was deleted: ${why.replace(/\.$/, '')}.`,
  );
}
