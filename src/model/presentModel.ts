import { openEmbeddingSource } from './embeddingSource';
import { checkGpt2Fingerprint } from './gpt2Fingerprint';
import type { ModelIdentity, ModelLocation } from './modelLocation';

/** How it is judged whether a model is there. */
export interface PresenceOptions {
  /** The user's choice of the tensor, where there is one for this model. */
  readonly tensorName?: string | undefined;
  /** Told of what is there and cannot be used: a line for a log, where it is, and why. */
  readonly onPassedOver?: ((line: string, location: ModelLocation, error: unknown) => void) | undefined;
}

/** A model that is there, and what is known of it without loading it. */
export interface PresentModel<Location extends ModelLocation = ModelLocation> {
  readonly location: Location;
  readonly identity: ModelIdentity;
}

/**
 * Whether a model is there. That is so if its embedding tensor can be opened, whatever the names of its files promise: a cache may hold
 * only the config, an index without its shards, an adapter, or a link to nothing. All who look for models ask here.
 *
 * Reads headers and, to tell GPT-2, three rows.
 *
 * @returns undefined for one that cannot be used.
 */
export async function presentModel<Location extends ModelLocation>(
  location: Location,
  { tensorName, onPassedOver }: PresenceOptions = {},
): Promise<PresentModel<Location> | undefined> {
  try {
    const source = await openEmbeddingSource(location, { tensorName });
    try {
      return { location, identity: { ...source.identity, isVerified: await checkGpt2Fingerprint(source) } };
    } finally {
      await source.close();
    }
  } catch (error) {
    // Whatever it is, it concerns this one file, and the search must go on.
    onPassedOver?.(`Passed over: ${error instanceof Error ? error.message : String(error)}`, location, error);
    return undefined;
  }
}

/** The first of some folders in which a model is. */
export async function firstPresent<Location extends ModelLocation>(
  locations: readonly Location[],
  options: PresenceOptions = {},
): Promise<PresentModel<Location> | undefined> {
  for (const location of locations) {
    const present = await presentModel(location, options);
    if (present) {
      return present;
    }
  }
  return undefined;
}
