import { findCachedGpt2 } from '../../model/findCachedGpt2';
import type { ModelLocation } from '../../model/modelLocation';
import { parseModelLocation } from '../../model/parseModelLocation';
import type { Settings } from '../settings';

/** What the session is to load. */
export interface LocatedModel {
  readonly location: ModelLocation;
  readonly tensorName?: string;
}

/**
 * Finds the model, in this order: the setting, the Hugging Face cache, the sample vectors.
 *
 * @throws {CheckpointError} when the setting names something that is not there.
 */
export async function locateModel(settings: Settings): Promise<LocatedModel> {
  const { model, embeddingTensor } = settings;
  if (model !== '') {
    const location = await parseModelLocation(model);
    return { location, ...(embeddingTensor !== '' && { tensorName: embeddingTensor }) };
  }
  return { location: (await findCachedGpt2()) ?? { kind: 'sample' } };
}
