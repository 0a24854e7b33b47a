import type { HubModel } from './hubModel';

/** A model that is offered by name. All of them have GPT-2's tokenizer. */
export interface KnownModel extends HubModel {
  /** Such as `GPT-2 (124M)`. */
  readonly displayName: string;
  /** Values per row; all have 50,257 rows of single-precision values. */
  readonly dimension: number;
  /** Bytes of the embedding tensor, which is what a download fetches. */
  readonly tensorBytes: number;
  /** Bytes of the whole `model.safetensors`, where that is known. */
  readonly fileBytes?: number;
  /** True where the values have to agree with the published fingerprint of GPT-2 small. */
  readonly hasFingerprint: boolean;
}

const ROW_COUNT = 50_257;
const FLOAT32_BYTES = 4;

function known(
  displayName: string,
  repository: string,
  revision: string,
  dimension: number,
  more: { readonly fileBytes?: number; readonly hasFingerprint?: boolean } = {},
): KnownModel {
  const tensorBytes = ROW_COUNT * dimension * FLOAT32_BYTES;
  return { displayName, repository, revision, dimension, tensorBytes, hasFingerprint: false, ...more };
}

/** GPT-2 small, the model that is offered first. Size of the file: its published pin. */
export const GPT2_SMALL: KnownModel = known(
  'GPT-2 (124M)',
  'openai-community/gpt2',
  '607a30d783dfa663caf39e06633721c8d4cfcd7e',
  768,
  { fileBytes: 548_105_171, hasFingerprint: true },
);

/** Models that are offered by name, at pinned commits: what a commit holds cannot change. */
export const KNOWN_MODELS: readonly KnownModel[] = [
  GPT2_SMALL,
  known('GPT-2 medium', 'openai-community/gpt2-medium', '6dcaa7a952f72f9298047fd5137cd6e4f05f41da', 1024),
  known('GPT-2 large', 'openai-community/gpt2-large', '32b71b12589c2f8d625668d2335a01cac3249519', 1280),
  known('GPT-2 XL', 'openai-community/gpt2-xl', '15ea56dee5df4983c59b2538573817e1667135e2', 1600),
  known('DistilGPT-2', 'distilbert/distilgpt2', '2290a62682d06624634c1f46a6ad5be0f47f38aa', 768),
];

/** Whether an embedding tensor has the size that a known model's has; true for all other models. */
export function hasExpectedSize(model: HubModel, tensorBytes: number): boolean {
  return (findKnownModel(model)?.tensorBytes ?? tensorBytes) === tensorBytes;
}

/** The known model with this repository and revision. */
export function findKnownModel({ repository, revision }: HubModel): KnownModel | undefined {
  return KNOWN_MODELS.find((model) => model.repository === repository && model.revision === revision);
}
