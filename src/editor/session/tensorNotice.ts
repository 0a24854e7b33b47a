import { shownName } from '../../core/foreignText/shownText';
import type { ModelIdentity } from '../../model/modelLocation';

/**
 * A model with a warning where the setting names another tensor than is used: a name alone is left where a model lacks it, and may as well
 * have been mistyped.
 *
 * @param embeddingTensor What the setting says; empty for nothing.
 */
export function withTensorNotice(model: ModelIdentity, embeddingTensor: string): ModelIdentity {
  const { isSample, tensorName, warnings } = model;
  if (isSample || embeddingTensor === '' || embeddingTensor === tensorName) {
    return model;
  }
  const warning =
    `The setting tokenscope.embeddingTensor names “${shownName(embeddingTensor)}”, which this model lacks: ` +
    `“${shownName(tensorName)}” is used. Where the name is meant for one model, it can be set for that model alone.`;
  return { ...model, warnings: [...warnings, warning] };
}
