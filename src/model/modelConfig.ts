import fs from 'node:fs/promises';
import path from 'node:path';

/** Beside nearly every published checkpoint: what kind of model it is. */
export const CONFIG_FILE = 'config.json';

/** Longest config. Published ones have some KB; those that list a label for every class, some 100. */
export const MAX_CONFIG_BYTES = 4 * 1024 * 1024;

/** How many configs within configs are looked into: a model of several parts has one for each. */
const DEEPEST = 3;

/** Configs of parts whose tokens are not those of texts. */
const OTHER_PART = /vision|visual|image|audio|speech|codec|talker|video/i;

/** What a `config.json` says of a model's tokens. */
export interface ModelConfig {
  /** `model_type`, such as `gpt2`; undefined where it says none. */
  readonly modelType: string | undefined;
  /**
   * Every vocabulary size that it names, each a positive integer: nearly always one. A model with parts for pictures or speech names that of
   * its language model in a config within the config.
   */
  readonly vocabularySizes: readonly number[];
}

/** Of a config that is not there, or says nothing. */
export const NO_CONFIG: ModelConfig = { modelType: undefined, vocabularySizes: [] };

/** The config beside a checkpoint. It is only evidence: one that is missing, too long or no JSON says nothing. */
export async function readModelConfig(folder: string): Promise<ModelConfig> {
  const file = path.join(folder, CONFIG_FILE);
  const stats = await fs.stat(file).catch(() => undefined);
  if (stats?.isFile() !== true || stats.size > MAX_CONFIG_BYTES) {
    return NO_CONFIG;
  }
  return parseModelConfig(await fs.readFile(file).catch(() => new Uint8Array()));
}

/** What the bytes of a config say; nothing where they are no JSON object in UTF-8. */
export function parseModelConfig(bytes: Uint8Array): ModelConfig {
  let config: unknown;
  try {
    config = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return NO_CONFIG;
  }
  if (!isObject(config)) {
    return NO_CONFIG;
  }
  const { model_type: modelType } = config;
  return {
    modelType: typeof modelType === 'string' && modelType !== '' ? modelType : undefined,
    vocabularySizes: [...new Set(vocabularySizes(config, DEEPEST))],
  };
}

function vocabularySizes(config: Readonly<Record<string, unknown>>, deepest: number): number[] {
  const own = [config.vocab_size, config.padded_vocab_size].filter(isSize);
  const parts = deepest === 0 ? [] : Object.entries(config);
  return [
    ...own,
    ...parts.flatMap(([key, part]) =>
      key.endsWith('config') && !OTHER_PART.test(key) && isObject(part)
        ? vocabularySizes(part, deepest - 1)
        : [],
    ),
  ];
}

const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
