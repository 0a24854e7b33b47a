import { DEFAULT_REVISION, isCommit, type HubModel } from './hub/hubModel';
import { findKnownModel, GPT2_SMALL } from './hub/knownModels';
import { HUB_ADDRESS } from './hub/serverAddress';
import { storageOfServer } from './hub/serverStorage';
import {
  GPT2_REPOSITORIES,
  huggingFaceCacheFolders,
  repositoryFolder,
  snapshotsOf,
  snapshotsOfRevision,
  type CacheEnvironment,
} from './huggingFaceCache';
import type { ModelLocation } from './modelLocation';
import { firstPresent, type PresenceOptions, type PresentModel } from './presentModel';

/** A model of the hub that is on this machine already. */
export interface FoundHubModel extends PresentModel<Extract<ModelLocation, { kind: 'folder' }>> {
  /** The user's Hugging Face cache, or our own storage. */
  readonly place: 'cache' | 'storage';
}

/** Where models of the hub may be on this machine. */
export interface HubPlaces {
  /** Our own folder of downloaded models, of all servers. */
  readonly storage: string;
  /** Address of the server that models come from now; undefined where a setting names none that can be. */
  readonly server: string | undefined;
  readonly environment: CacheEnvironment;
}

/** A folder with the layout of the Hugging Face cache, and what may be taken from it. */
interface Place {
  readonly place: FoundHubModel['place'];
  readonly folder: string;
  readonly server?: string;
  readonly onlyCommits?: boolean;
}

/**
 * Looks for a model of the hub on this machine: in the Hugging Face cache, which is only read, then in our own storage, which has
 * the same layout.
 *
 * Of the storage only what the server has sent that models come from now. What the hub itself has sent at a commit is good for every
 * other as well: a commit names its content, and nobody but the hub says what that is there.
 *
 * Found is what can be opened (see {@link firstPresent}); what cannot is passed over, and the search goes on.
 *
 * A revision that a user asked for has to be the very one. Of the cache, which is the user's own, another one is good as well where the
 * revision is ours, as that of a known model, or where no revision was asked for and the cache has no whole one that it calls `main`.
 */
export async function findHubModel(
  model: HubModel,
  places: HubPlaces,
  options: PresenceOptions = {},
): Promise<FoundHubModel | undefined> {
  const repositories = model.repository === GPT2_SMALL.repository ? GPT2_REPOSITORIES : [model.repository];
  for (const { place, folder, server, onlyCommits } of foldersOf(places)) {
    for (const repository of repositories) {
      const snapshots = await snapshotsFor(repositoryFolder(folder, repository), model, place, onlyCommits);
      const locations = snapshots.map((path) => ({
        kind: 'folder' as const,
        path,
        ...(server !== undefined && { server }),
      }));
      const present = await firstPresent(locations, options);
      if (present) {
        return { ...present, place };
      }
    }
  }
  return undefined;
}

/** The snapshots of a repository that may stand for a model, the best first. */
async function snapshotsFor(
  folder: string,
  model: HubModel,
  place: FoundHubModel['place'],
  onlyCommits = false,
): Promise<readonly string[]> {
  const { revision } = model;
  if (onlyCommits && !isCommit(revision)) {
    return [];
  }
  const asked = await snapshotsOfRevision(folder, revision);
  const takesOthers =
    !onlyCommits &&
    (findKnownModel(model) !== undefined || (place === 'cache' && revision === DEFAULT_REVISION));
  return takesOthers ? [...new Set([...asked, ...(await snapshotsOf(folder))])] : asked;
}

function foldersOf({ storage, server, environment }: HubPlaces): Place[] {
  const caches = huggingFaceCacheFolders(environment).map((folder): Place => ({ place: 'cache', folder }));
  const hub: Place = { place: 'storage', folder: storage };
  if (server === HUB_ADDRESS) {
    return [...caches, hub];
  }
  const others: Place[] =
    server === undefined ? [] : [{ place: 'storage', folder: storageOfServer(storage, server), server }];
  return [...caches, ...others, { ...hub, onlyCommits: true }];
}
