import fs from 'node:fs/promises';
import path from 'node:path';
import { findHubModel, type FoundHubModel, type HubPlaces } from './findHubModel';
import { DEFAULT_REVISION, isCommit, isRepositoryName, type HubModel } from './hub/hubModel';
import { KNOWN_MODELS, type KnownModel } from './hub/knownModels';
import { storageOfServer } from './hub/serverStorage';
import { huggingFaceCacheFolders, repositoryFolder, repositoryOf, snapshotsOf } from './huggingFaceCache';
import type { ModelIdentity } from './modelLocation';
import type { PresenceOptions } from './presentModel';

/** Models of one folder that are listed: a picker with more could not be read anyway. */
const MOST_LISTED = 200;

/** A model that can be chosen, and what is known about it without loading it. */
export interface SurveyedModel {
  /** Its entry among the known models, if it is one. */
  readonly known?: KnownModel;
  readonly repository: string;
  /** What is found when it is asked for: `main`, or a commit where only that is here. Of a known model its own. */
  readonly revision: string;
  /** Where it is now; `hub`: it would be downloaded. */
  readonly place: 'cache' | 'storage' | 'hub';
  /** What its file holds, and which server sent it; undefined for `hub`. */
  readonly identity?: ModelIdentity;
}

/** How models are surveyed. */
export interface SurveyOptions extends Pick<PresenceOptions, 'onPassedOver'> {
  /** Names of a model's embedding tensor to try, the best first; undefined for the search, which alone is made where this is not given. */
  readonly tensorNamesOf?: (model: HubModel) => readonly (string | undefined)[];
}

/**
 * The known models, each with the place where it is, then every other model with an embedding matrix in the Hugging Face cache
 * and, of the server that models come from now, in our own storage. What is here is judged as by whoever loads it ({@link findHubModel}).
 */
export async function surveyModels(places: HubPlaces, options: SurveyOptions = {}): Promise<SurveyedModel[]> {
  const known = await Promise.all(KNOWN_MODELS.map((model) => surveyKnown(model, places, options)));
  const listed = new Set(known.map(({ repository }) => repository));
  listed.add('gpt2'); // the name that GPT-2 small had before
  const { storage, server, environment } = places;
  const folders = [
    ...huggingFaceCacheFolders(environment),
    ...(server === undefined ? [] : [storageOfServer(storage, server)]),
  ];
  const others: SurveyedModel[] = [];
  for (const folder of folders) {
    others.push(...(await surveyOthers(folder, listed, places, options)));
  }
  return [...known, ...others];
}

async function surveyKnown(
  model: KnownModel,
  places: HubPlaces,
  options: SurveyOptions,
): Promise<SurveyedModel> {
  const { repository, revision } = model;
  const found = await findByNames(model, places, options);
  return found
    ? { known: model, repository, revision, place: found.place, identity: found.identity }
    : { known: model, repository, revision, place: 'hub' };
}

/** The other models of a folder, as they are found when one of them is chosen. */
async function surveyOthers(
  folder: string,
  listed: Set<string>,
  places: HubPlaces,
  options: SurveyOptions,
): Promise<SurveyedModel[]> {
  const surveyed: SurveyedModel[] = [];
  for (const name of await fs.readdir(folder).catch(() => [])) {
    const repository = repositoryOf(name);
    if (repository === undefined || !isRepositoryName(repository) || listed.has(repository)) {
      continue;
    }
    listed.add(repository);
    const commits = (await snapshotsOf(repositoryFolder(folder, repository))).map((snapshot) =>
      path.basename(snapshot),
    );
    for (const revision of [DEFAULT_REVISION, ...commits.filter(isCommit)]) {
      const found = await findByNames({ repository, revision }, places, options);
      if (found) {
        surveyed.push({ repository, revision, place: found.place, identity: found.identity });
        break;
      }
    }
    if (surveyed.length === MOST_LISTED) {
      break;
    }
  }
  return surveyed;
}

async function findByNames(
  model: HubModel,
  places: HubPlaces,
  { tensorNamesOf, onPassedOver }: SurveyOptions,
): Promise<FoundHubModel | undefined> {
  for (const tensorName of tensorNamesOf?.(model) ?? [undefined]) {
    const found = await findHubModel(model, places, { tensorName, onPassedOver });
    if (found) {
      return found;
    }
  }
  return undefined;
}
