import { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { ModelIdentity } from '../../model/modelLocation';
import { tokenizerForModel, vocabularyWarning } from '../../model/tokenizers/tokenizerForModel';

/**
 * The tokenizer of the model that was loaded last; GPT-2's until then. It stays when the matrix is released, so that hovers go
 * on showing the tokens of the model that the user works with.
 */
export class ModelTokenizer {
  private loaded: Tokenizer | undefined;

  get current(): Tokenizer {
    return this.loaded ?? Gpt2Tokenizer.shared();
  }

  /**
   * Makes a model's tokenizer the current one.
   *
   * @returns The model, with a warning where tokenizer and matrix do not seem to belong together.
   * @throws {CheckpointError} when the model's tokenizer.json cannot be used.
   */
  async use(model: ModelIdentity): Promise<ModelIdentity> {
    const tokenizer = await tokenizerForModel(model);
    this.loaded = tokenizer;
    const warning = vocabularyWarning(tokenizer, model);
    return warning === undefined ? model : { ...model, warnings: [...model.warnings, warning] };
  }
}
