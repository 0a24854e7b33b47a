import {
  GPT2_REPOSITORIES,
  huggingFaceCacheFolders,
  repositoryFolder,
  snapshotsOf,
} from './huggingFaceCache';
import type { CacheEnvironment } from './huggingFaceCache';
import type { ModelLocation } from './modelLocation';
import { firstPresent, type PresenceOptions } from './presentModel';
import { thisMachine } from './thisMachine';

/** GPT-2 small in the Hugging Face cache, if it is there. Only reads: the cache belongs to other programs. */
export async function findCachedGpt2(
  options: PresenceOptions = {},
  environment: CacheEnvironment = thisMachine(),
): Promise<ModelLocation | undefined> {
  for (const cache of huggingFaceCacheFolders(environment)) {
    for (const repository of GPT2_REPOSITORIES) {
      const snapshots = await snapshotsOf(repositoryFolder(cache, repository));
      const locations = snapshots.map((path) => ({ kind: 'folder' as const, path }));
      const present = await firstPresent(locations, options);
      if (present) {
        return present.location;
      }
    }
  }
  return undefined;
}
