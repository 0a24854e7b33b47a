import path from 'node:path';
import type { EmbeddingSource, openEmbeddingSource } from '../../model/embeddingSource';
import type { ModelLocation } from '../../model/modelLocation';
import type { LoadOptions } from '../questions/loadOptions';
import { requireSearchable } from './requireSearchable';

/**
 * Opens a checkpoint, or a file of vectors by what it was converted to, or is now.
 *
 * @throws {CheckpointError} naming the file and what is wrong with it; `too-large`, before anything is converted, where a file says that it has
 *   more rows than can be searched.
 * @throws The signal's reason when it is aborted.
 */
export async function openModelSource(
  openSource: typeof openEmbeddingSource,
  location: ModelLocation,
  { tensorName, vectorsFolder, indexLater, onConversion }: LoadOptions,
  signal: AbortSignal,
): Promise<EmbeddingSource> {
  if (location.kind !== 'file' || vectorsFolder === undefined) {
    return openSource(location, { tensorName, signal });
  }
  const { convertVectors, ROWS_TENSOR } = await import('./vectorConversion');
  const vectors = await convertVectors(location.path, {
    folder: vectorsFolder,
    tensorName,
    mayConvert: indexLater !== true,
    requireUsable: requireSearchable,
    signal,
    onProgress: onConversion,
  });
  if (vectors === undefined) {
    return openSource(location, { tensorName, signal });
  }
  const source = await openSource({ kind: 'file', path: vectors.path }, { tensorName: ROWS_TENSOR, signal });
  const { format, labelKind, origin } = vectors;
  return {
    ...source,
    identity: {
      ...source.identity,
      name: path.parse(location.path).name,
      path: location.path,
      tensorName: origin.tensorName ?? ROWS_TENSOR,
      vectors: {
        format,
        labelKind,
        convertedPath: vectors.path,
        ...(origin.labelFile && { labelPath: origin.labelFile.path }),
        ...(vectors.lacksLabels && { lacksLabels: true }),
      },
    },
  };
}
