import type { HubModel } from './hub/hubModel';
import { findKnownModel, GPT2_SMALL } from './hub/knownModels';
import {
  GPT2_REPOSITORIES,
  huggingFaceCacheFolder,
  repositoryFolder,
  resolveSnapshot,
  snapshotOfRevision,
  type CacheEnvironment,
} from './huggingFaceCache';
import type { ModelLocation } from './modelLocation';

/** A model of the hub that is on this machine already. */
export interface FoundHubModel {
  readonly location: Extract<ModelLocation, { kind: 'folder' }>;
  /** The user's Hugging Face cache, or our own storage. */
  readonly place: 'cache' | 'storage';
}

/**
 * Looks for a model of the hub on this machine: in the Hugging Face cache, which is only read, then in our own storage, which has
 * the same layout.
 *
 * A revision that a user asked for has to be the very one. The revisions of known models are ours: another one in the cache is the
 * user's own, and good as well.
 */
export async function findHubModel(
  model: HubModel,
  storage: string,
  environment: CacheEnvironment,
): Promise<FoundHubModel | undefined> {
  const places = [
    { place: 'cache', folder: huggingFaceCacheFolder(environment) },
    { place: 'storage', folder: storage },
  ] as const;
  const repositories = model.repository === GPT2_SMALL.repository ? GPT2_REPOSITORIES : [model.repository];
  for (const { place, folder } of places) {
    for (const repository of repositories) {
      const cached = repositoryFolder(folder, repository);
      const snapshot =
        (await snapshotOfRevision(cached, model.revision)) ??
        (findKnownModel(model) ? await resolveSnapshot(cached) : undefined);
      if (snapshot !== undefined) {
        return { location: { kind: 'folder', path: snapshot }, place };
      }
    }
  }
  return undefined;
}
