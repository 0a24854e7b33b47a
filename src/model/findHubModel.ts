import { isCommit, type HubModel } from './hub/hubModel';
import { findKnownModel, GPT2_SMALL } from './hub/knownModels';
import { HUB_ADDRESS } from './hub/serverAddress';
import { storageOfServer } from './hub/serverStorage';
import {
  GPT2_REPOSITORIES,
  huggingFaceCacheFolders,
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
 * A revision that a user asked for has to be the very one. The revisions of known models are ours: another one in the cache is the
 * user's own, and good as well.
 */
export async function findHubModel(model: HubModel, places: HubPlaces): Promise<FoundHubModel | undefined> {
  const repositories = model.repository === GPT2_SMALL.repository ? GPT2_REPOSITORIES : [model.repository];
  for (const { place, folder, server, onlyCommits } of foldersOf(places)) {
    for (const repository of repositories) {
      const cached = repositoryFolder(folder, repository);
      const snapshot = onlyCommits
        ? await snapshotOfCommit(cached, model.revision)
        : ((await snapshotOfRevision(cached, model.revision)) ??
          (findKnownModel(model) ? await resolveSnapshot(cached) : undefined));
      if (snapshot !== undefined) {
        return {
          location: { kind: 'folder', path: snapshot, ...(server !== undefined && { server }) },
          place,
        };
      }
    }
  }
  return undefined;
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

async function snapshotOfCommit(folder: string, revision: string): Promise<string | undefined> {
  return isCommit(revision) ? snapshotOfRevision(folder, revision) : undefined;
}
