import { CheckpointError } from '../core/safetensors/checkpointError';
import { quoted } from '../core/safetensors/jsonScanner';
import type { TensorInfo } from '../core/safetensors/safetensorsHeader';
import type { ModelIdentity } from './modelLocation';

/**
 * Names of the token embedding in common checkpoints, in the order in which they are tried: GPT-2, GPT-2 with its language
 * model head, Llama and most later models, GPT-NeoX and Pythia, Llama as first published.
 */
export const EMBEDDING_TENSOR_NAMES: readonly string[] = [
  'wte.weight',
  'transformer.wte.weight',
  'model.embed_tokens.weight',
  'gpt_neox.embed_in.weight',
  'tok_embeddings.weight',
];

/** Tensor names that an error lists, so that a user can choose one. */
const LISTED_NAMES = 8;

/**
 * Chooses the embedding tensor.
 *
 * @param available Has an entry for each tensor name of the checkpoint.
 * @param wanted The user's choice, which is then the only one tried.
 * @param source What errors call the checkpoint.
 * @throws {CheckpointError} `unsupported`, naming some tensors that there are.
 */
export function chooseEmbeddingTensor(
  available: ReadonlyMap<string, unknown>,
  wanted: string | undefined,
  source: string,
): string {
  const candidates = wanted === undefined ? EMBEDDING_TENSOR_NAMES : [wanted];
  const found = candidates.find((name) => available.has(name));
  if (found !== undefined) {
    return found;
  }
  const looked =
    wanted === undefined ? `no token embedding (${candidates.join(', ')})` : `no tensor ${quoted(wanted)}`;
  throw new CheckpointError('unsupported', source, `it holds ${looked}. ${describeNames(available)}`);
}

/** What was found instead: the likeliest names first. */
function describeNames(available: ReadonlyMap<string, unknown>): string {
  if (available.size === 0) {
    return 'It holds no tensors at all.';
  }
  const names = [...available.keys()];
  const likely = names.filter((name) => /emb|wte|tok/i.test(name));
  const listed = [...new Set([...likely, ...names])].slice(0, LISTED_NAMES).map(quoted);
  const more = names.length > listed.length ? ` … (${String(names.length)} in all)` : '';
  return `Its tensors: ${listed.join(', ')}${more}.`;
}

/** Shape and dtype of an embedding tensor that can be used. */
export interface EmbeddingShape {
  readonly dtype: ModelIdentity['dtype'];
  readonly rowCount: number;
  readonly dimension: number;
}

/** @throws {CheckpointError} `unsupported`, saying what the tensor is instead. */
export function checkEmbeddingTensor({ name, dtype, shape }: TensorInfo, source: string): EmbeddingShape {
  const found = `tensor ${quoted(name)} is ${dtype} [${shape.join(', ')}]`;
  const [rowCount, dimension] = shape;
  if (shape.length !== 2 || rowCount === undefined || dimension === undefined) {
    throw new CheckpointError('unsupported', source, `${found}; an embedding matrix has two axes.`);
  }
  if (rowCount === 0 || dimension === 0) {
    throw new CheckpointError('unsupported', source, `${found}: it is empty.`);
  }
  if (dtype !== 'F32' && dtype !== 'F16' && dtype !== 'BF16') {
    throw new CheckpointError('unsupported', source, `${found}; Tokenscope reads F32, F16 and BF16.`);
  }
  return { dtype, rowCount, dimension };
}
