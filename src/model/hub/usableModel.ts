import { isCommit, type HubModel } from './hubModel';
import { findStoredModel, type StoredModel } from './storedModels';
import { holdsTensor } from './trustChecks';

/** The stored model, where its file has the tensor that is asked for; undefined for a revision that is no commit. */
export async function findUsableModel(
  storage: string,
  model: HubModel,
  tensorName: string | undefined,
): Promise<StoredModel | undefined> {
  if (!isCommit(model.revision)) {
    return undefined;
  }
  const stored = await findStoredModel(storage, model);
  return stored !== undefined && (await holdsTensor(stored.file, tensorName)) ? stored : undefined;
}
