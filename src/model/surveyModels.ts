import fs from 'node:fs/promises';
import { openEmbeddingSource } from './embeddingSource';
import { findHubModel, type HubPlaces } from './findHubModel';
import { checkGpt2Fingerprint } from './gpt2Fingerprint';
import { KNOWN_MODELS, type KnownModel } from './hub/knownModels';
import { HUB_ADDRESS } from './hub/serverAddress';
import { storageOfServer } from './hub/serverStorage';
import { huggingFaceCacheFolders, repositoryOf, resolveSnapshot, repositoryFolder } from './huggingFaceCache';
import type { ModelIdentity, ModelLocation } from './modelLocation';

/** Repositories of a cache that are looked into; a picker with more could not be read anyway. */
const MAX_SURVEYED = 200;

/** A model that can be chosen, and what is known about it without loading it. */
export interface SurveyedModel {
  /** Its entry among the known models, if it is one. */
  readonly known?: KnownModel;
  readonly repository: string;
  /** Where it is now; `hub`: it would be downloaded. */
  readonly place: 'cache' | 'storage' | 'hub';
  /** What its file holds, and which server sent it; undefined for `hub`. */
  readonly identity?: ModelIdentity;
}

/**
 * The known models, each with the place where it is, then every other model with an embedding matrix in the Hugging Face cache
 * and, of the server that models come from now, in our own storage. Reads headers and, to verify GPT-2, three rows.
 */
export async function surveyModels(places: HubPlaces): Promise<SurveyedModel[]> {
  const known = await Promise.all(KNOWN_MODELS.map((model) => surveyKnown(model, places)));
  const listed = new Set(known.map(({ repository }) => repository));
  listed.add('gpt2'); // the name that GPT-2 small had before
  const others: SurveyedModel[] = [];
  const { storage, server, environment } = places;
  const cached: SurveyedModel[] = [];
  for (const folder of huggingFaceCacheFolders(environment)) {
    cached.push(...(await surveyFolder('cache', folder)));
  }
  const stored =
    server === undefined ? [] : await surveyFolder('storage', storageOfServer(storage, server), server);
  for (const model of [...cached, ...stored]) {
    if (!listed.has(model.repository)) {
      listed.add(model.repository);
      others.push(model);
    }
  }
  return [...known, ...others];
}

async function surveyKnown(model: KnownModel, places: HubPlaces): Promise<SurveyedModel> {
  const { repository } = model;
  const found = await findHubModel(model, places);
  const identity = found && (await identifyModel(found.location));
  return found && identity
    ? { known: model, repository, place: found.place, identity }
    : { known: model, repository, place: 'hub' };
}

/** @param server Whose models the folder holds; undefined where that is not known. */
async function surveyFolder(
  place: 'cache' | 'storage',
  folder: string,
  server?: string,
): Promise<SurveyedModel[]> {
  const names = (await fs.readdir(folder).catch(() => [])).filter((name) => name.startsWith('models--'));
  const surveyed: SurveyedModel[] = [];
  for (const name of names.slice(0, MAX_SURVEYED)) {
    const repository = repositoryOf(name);
    const snapshot =
      repository === undefined ? undefined : await resolveSnapshot(repositoryFolder(folder, repository));
    const isOthers = server !== undefined && server !== HUB_ADDRESS;
    const identity =
      snapshot === undefined
        ? undefined
        : await identifyModel({ kind: 'folder', path: snapshot, ...(isOthers && { server }) });
    if (repository !== undefined && identity !== undefined) {
      surveyed.push({ repository, place, identity });
    }
  }
  return surveyed;
}

/** What a folder's checkpoint holds; undefined for one that cannot be used. */
export async function identifyModel(location: ModelLocation): Promise<ModelIdentity | undefined> {
  try {
    const source = await openEmbeddingSource(location);
    try {
      return { ...source.identity, isVerified: await checkGpt2Fingerprint(source) };
    } finally {
      await source.close();
    }
  } catch {
    return undefined;
  }
}
