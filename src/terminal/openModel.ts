import type { Tokenizer } from '../core/tokenizer/tokenizer';
import type { EmbeddingEngine } from '../engine/questions/embeddingEngine';
import type { LoadOptions } from '../engine/questions/loadOptions';
import type { ModelIdentity, ModelLocation } from '../model/modelLocation';
import { tokenizerForModel, vocabularyWarning } from '../model/tokenizers/tokenizerForModel';
import { writeNote } from './output';

/**
 * Opens a model with its tokenizer, and notes what is to be known about both.
 *
 * @throws {CheckpointError} for a model or a tokenizer that cannot be used.
 */
export async function openModel(
  engine: EmbeddingEngine,
  location: ModelLocation,
  options: LoadOptions,
): Promise<{ readonly model: ModelIdentity; readonly tokenizer: Tokenizer }> {
  const model = await engine.load(location, options);
  const tokenizer = await tokenizerForModel(model);
  const warning = vocabularyWarning(tokenizer, model);
  for (const text of [...model.warnings, ...(warning === undefined ? [] : [warning])]) {
    writeNote(`${model.name}: ${text}`);
  }
  return { model, tokenizer };
}
