import type { Tokenizer } from '../core/tokenizer/tokenizer';
import type { EmbeddingEngine } from '../engine/questions/embeddingEngine';
import type { LoadOptions } from '../engine/questions/loadOptions';
import type { ModelIdentity } from '../model/modelLocation';
import { ownIdentity, tokenizerOf, type LocatedModel } from './locateModel';
import { writeNote } from './output';

/**
 * Opens a model with its tokenizer, and notes what is to be known about both.
 *
 * @throws {CheckpointError} for a model or a tokenizer that cannot be used.
 */
export async function openModel(
  engine: EmbeddingEngine,
  located: LocatedModel,
  options: Omit<LoadOptions, 'tensorName'> = {},
): Promise<{ readonly model: ModelIdentity; readonly tokenizer: Tokenizer }> {
  const { location, tensorName } = located;
  const model = ownIdentity(await engine.load(location, { ...options, tensorName }), located);
  const { tokenizer, warning } = await tokenizerOf(model, located);
  for (const text of [...model.warnings, ...(warning === undefined ? [] : [warning])]) {
    writeNote(`${model.name}: ${text}`);
  }
  return { model, tokenizer };
}
