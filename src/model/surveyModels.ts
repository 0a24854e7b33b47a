import fs from 'node:fs/promises';
import { openEmbeddingSource } from './embeddingSource';
import { findHubModel } from './findHubModel';
import { checkGpt2Fingerprint } from './gpt2Fingerprint';
import { KNOWN_MODELS, type KnownModel } from './hub/knownModels';
import {
  huggingFaceCacheFolder,
  repositoryOf,
  resolveSnapshot,
  repositoryFolder,
  type CacheEnvironment,
} from './huggingFaceCache';
import type { ModelIdentity } from './modelLocation';

/** Repositories of a cache that are looked into; a picker with more could not be read anyway. */
const MAX_SURVEYED = 200;

/** A model that can be chosen, and what is known about it without loading it. */
export interface SurveyedModel {
  /** Its entry among the known models, if it is one. */
  readonly known?: KnownModel;
  readonly repository: string;
  /** Where it is now; `hub`: it would be downloaded. */
  readonly place: 'cache' | 'storage' | 'hub';
  /** What its file holds; undefined for `hub`. */
  readonly identity?: ModelIdentity;
}

/**
 * The known models, each with the place where it is, then every other model with an embedding matrix in the Hugging Face cache
 * and in our own storage. Reads headers and, to verify GPT-2, three rows.
 */
export async function surveyModels(storage: string, environment: CacheEnvironment): Promise<SurveyedModel[]> {
  const known = await Promise.all(KNOWN_MODELS.map((model) => surveyKnown(model, storage, environment)));
  const listed = new Set(known.map(({ repository }) => repository));
  listed.add('gpt2'); // the name that GPT-2 small had before
  const others: SurveyedModel[] = [];
  for (const [place, folder] of [
    ['cache', huggingFaceCacheFolder(environment)],
    ['storage', storage],
  ] as const) {
    for (const model of await surveyFolder(folder, place)) {
      if (!listed.has(model.repository)) {
        listed.add(model.repository);
        others.push(model);
      }
    }
  }
  return [...known, ...others];
}

async function surveyKnown(
  model: KnownModel,
  storage: string,
  environment: CacheEnvironment,
): Promise<SurveyedModel> {
  const { repository } = model;
  const found = await findHubModel(model, storage, environment);
  const identity = found && (await identify(found.location.path));
  return found && identity
    ? { known: model, repository, place: found.place, identity }
    : { known: model, repository, place: 'hub' };
}

async function surveyFolder(folder: string, place: 'cache' | 'storage'): Promise<SurveyedModel[]> {
  const names = await fs.readdir(folder).catch(() => []);
  const surveyed: SurveyedModel[] = [];
  for (const name of names.slice(0, MAX_SURVEYED)) {
    const repository = name.startsWith('models--') ? repositoryOf(name) : undefined;
    const snapshot =
      repository === undefined ? undefined : await resolveSnapshot(repositoryFolder(folder, repository));
    const identity = snapshot === undefined ? undefined : await identify(snapshot);
    if (repository !== undefined && identity !== undefined) {
      surveyed.push({ repository, place, identity });
    }
  }
  return surveyed;
}

/** What a folder's checkpoint holds; undefined for one that cannot be used. */
async function identify(folder: string): Promise<ModelIdentity | undefined> {
  try {
    const source = await openEmbeddingSource({ kind: 'folder', path: folder });
    try {
      return { ...source.identity, isVerified: await checkGpt2Fingerprint(source) };
    } finally {
      await source.close();
    }
  } catch {
    return undefined;
  }
}
