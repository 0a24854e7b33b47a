import type { ModelView } from '../../protocol/embeddingsView';

/** A model as others can recognize it, without the folders of this machine. */
export function modelIdentity(model: ModelView): {
  readonly name: string;
  readonly isSample: boolean;
  readonly isVerified: boolean;
  readonly file: string;
  readonly tensor: string;
  readonly dtype: string;
  readonly shape: readonly [number, number];
} {
  const { name, isSample, isVerified, path, tensorName, dtype, rowCount, dimension } = model;
  return {
    name,
    isSample,
    isVerified,
    file: path.split(/[/\\]/).at(-1) ?? '',
    tensor: tensorName,
    dtype,
    shape: [rowCount, dimension],
  };
}

/** The model in one line: `gpt2, wte.weight F32 50257 × 768, model.safetensors`. */
export function modelLine(model: ModelView): string {
  const { name, isSample, file, tensor, dtype, shape } = modelIdentity(model);
  const parts = [
    isSample ? `${name} (sample vectors, not GPT-2)` : name,
    `${tensor} ${dtype} ${shape.join(' × ')}`,
    ...(file === '' ? [] : [file]),
  ];
  return parts.join(', ');
}
