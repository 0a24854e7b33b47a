import { CheckpointError } from '../core/safetensors/checkpointError';
import { quoted } from '../core/safetensors/jsonScanner';
import type { TensorInfo } from '../core/safetensors/safetensorsHeader';
import { embeddingCandidates } from './embeddingNames';
import type { ModelIdentity } from './modelLocation';

/** Tensor names that an error lists, so that a user can choose one. */
const LISTED_NAMES = 8;

/** Most rows that padding adds. */
const PADDING = 4096;

/** What a checkpoint's embedding tensor is looked for in. */
export interface TensorSearch {
  /** What errors call the checkpoint. */
  readonly source: string;
  /** Names of all its tensors. */
  readonly names: Iterable<string>;
  /** The user's choice, which is then the only one tried. */
  readonly wanted?: string | undefined;
  /** Reads what is known of a tensor; undefined where it is not where its name was found. */
  readonly describe: (name: string) => Promise<TensorInfo | undefined> | TensorInfo | undefined;
  /** Vocabulary sizes that the model's config names. Asked only where several tensors could be the embedding, or it is at hand. */
  readonly vocabularySizes?: () => Promise<readonly number[]>;
  /** The config lies beside the checkpoint: to read it costs no request, and the only candidate is held against it, too. */
  readonly isConfigAtHand?: boolean;
  /** The error for a tensor that is not where its name was found, and is the only one. */
  readonly absent?: (name: string) => Error;
}

/**
 * Finds the embedding tensor by how its name ends (see {@link embeddingCandidates}), by its shape, which has two axes, and where several are
 * left, by the vocabulary size of the model's config.
 *
 * @throws {CheckpointError} `unsupported`, naming some tensors that there are: for none, for several that nothing tells apart, for one
 *   that is no matrix of floating-point numbers, and for one with fewer rows than the vocabulary has tokens.
 */
export async function findEmbeddingTensor(search: TensorSearch): Promise<TensorInfo> {
  const { source, wanted, describe } = search;
  const names = [...search.names];
  if (wanted !== undefined) {
    const isListed = names.includes(wanted);
    const tensor = isListed ? await describe(wanted) : undefined;
    if (tensor === undefined) {
      if (isListed && search.absent) {
        throw search.absent(wanted);
      }
      throw missingTensor(source, names, wanted);
    }
    return tensor;
  }
  const groups = embeddingCandidates(names);
  const described: TensorInfo[][] = [];
  for (const group of groups) {
    const tensors = [];
    for (const name of group) {
      tensors.push((await describe(name)) ?? []);
    }
    described.push(tensors.flat());
  }
  const matrices = described.map((tensors) => tensors.filter(({ shape }) => shape.length === 2));
  if (matrices.some((group) => group.length > 0)) {
    return likeliest(matrices, search);
  }
  const [odd] = described.flat();
  if (odd !== undefined) {
    // The check of its shape says what it is instead.
    return odd;
  }
  const [absent] = groups.flat();
  throw absent !== undefined && search.absent
    ? search.absent(absent)
    : missingTensor(source, names, undefined);
}

/** The error for a checkpoint that lists no tensor that could be the embedding, or not the one that is wanted. */
export function missingTensor(
  source: string,
  names: readonly string[],
  wanted: string | undefined,
): CheckpointError {
  const looked =
    wanted === undefined
      ? 'no token embedding by any usual name (wte.weight, embed_tokens.weight, word_embeddings.weight, …)'
      : `no tensor ${quoted(wanted)}`;
  return new CheckpointError('unsupported', source, `it holds ${looked}. ${describeNames(names)}`);
}

/** Which of the matrices it is. @param groups The likeliest first, one of them at least with a matrix. */
async function likeliest(
  groups: readonly (readonly TensorInfo[])[],
  { source, vocabularySizes, isConfigAtHand }: TensorSearch,
): Promise<TensorInfo> {
  const isOne = groups.flat().length === 1;
  const sizes = isOne && !isConfigAtHand ? [] : ((await vocabularySizes?.()) ?? []);
  const fitting = [isExactly, isPaddedTo]
    .map((fits) =>
      groups.map((group) => group.filter(({ shape: [rows = 0] }) => sizes.some((size) => fits(rows, size)))),
    )
    .find((fit) => fit.flat().length > 0);
  const [first, ...others] = (fitting ?? groups).find((group) => group.length > 0) ?? [];
  if (first !== undefined && others.length === 0) {
    checkIsWhole(first, sizes, source);
    return first;
  }
  // T5 and BART have one matrix for both sides, which each of them may list as its own, too.
  const shared = groups.flat().find(({ name }) => /(?:^|\.)shared\.weight$/.test(name));
  if (
    shared !== undefined &&
    [first ?? shared, ...others].every(({ shape }) => String(shape) === String(shared.shape))
  ) {
    return shared;
  }
  const listed = [first, ...others]
    .filter((tensor) => tensor !== undefined)
    .map(({ name, dtype, shape }) => `${quoted(name)} ${dtype} [${shape.join(', ')}]`);
  throw new CheckpointError(
    'unsupported',
    source,
    `it holds ${String(listed.length)} tensors that may be the token embedding: ` +
      `${listed.slice(0, LISTED_NAMES).join(', ')}. Choose one by its name.`,
  );
}

/** A table of positions, or a part of a table that was cut for several machines, has other rows than the ids of the vocabulary. */
function checkIsWhole(
  { name, shape: [rows = 0] }: TensorInfo,
  sizes: readonly number[],
  source: string,
): void {
  const least = Math.min(...sizes);
  if (sizes.length > 0 && rows < least) {
    throw new CheckpointError(
      'unsupported',
      source,
      `its tensor ${quoted(name)} has ${String(rows)} rows, and config.json beside it speaks of a vocabulary of ${String(least)}: ` +
        'it is not the whole embedding, or of another model. Where it is meant all the same, choose it by its name.',
    );
  }
}

const isExactly = (rows: number, size: number): boolean => rows === size;

/** Rows are added up to a multiple of a power of two, or for tokens to come. */
const isPaddedTo = (rows: number, size: number): boolean => rows >= size && rows <= size + PADDING;

/** What was found instead: the likeliest names first. */
function describeNames(names: readonly string[]): string {
  if (names.length === 0) {
    return 'It holds no tensors at all.';
  }
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
