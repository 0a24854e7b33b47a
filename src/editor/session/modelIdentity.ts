import type { ModelView } from '../../protocol/embeddingsView';

/** A model as others can recognize it, without the folders of this machine. */
export function modelIdentity(model: ModelView): {
  readonly name: string;
  readonly isSample: boolean;
  readonly isVerified: boolean;
  readonly file: string;
  /** What the file is where it is no checkpoint, such as `word2vec binary`. */
  readonly format?: string;
  readonly tensor: string;
  readonly dtype: string;
  readonly shape: readonly [number, number];
} {
  const { name, isSample, isVerified, path, tensorName, dtype, rowCount, dimension, vectors } = model;
  return {
    name,
    isSample,
    isVerified,
    file: path.split(/[/\\]/).at(-1) ?? '',
    ...(vectors && { format: vectors.format }),
    tensor: tensorName,
    dtype,
    shape: [rowCount, dimension],
  };
}

/** The model in one line: `gpt2, wte.weight F32 50257 × 768, model.safetensors`; of a file of vectors its format, too. */
export function modelLine(model: ModelView): string {
  const { name, isSample, file, format, tensor, dtype, shape } = modelIdentity(model);
  const parts = [
    isSample ? `${name} (sample vectors, not GPT-2)` : name,
    `${tensor} ${dtype} ${shape.join(' × ')}`,
    ...(file === '' ? [] : [file]),
    ...(format === undefined ? [] : [format]),
  ];
  return parts.join(', ');
}
