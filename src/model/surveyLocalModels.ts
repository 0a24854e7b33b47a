import type { ModelIdentity } from './modelLocation';
import { parseModelLocation } from './parseModelLocation';
import { presentModel } from './presentModel';

/** A file or folder of this machine that holds an embedding matrix. */
export interface LocalModel {
  /** Absolute. */
  readonly path: string;
  readonly identity: ModelIdentity;
}

/** Those of some paths that can be used; what has gone or holds no matrix is left out. Reads headers. */
export async function surveyLocalModels(paths: readonly string[]): Promise<LocalModel[]> {
  const surveyed = await Promise.all(
    paths.map(async (path) => {
      const location = await parseModelLocation(path).catch(() => undefined);
      const present = location && (await presentModel(location));
      return present ? [{ path, identity: present.identity }] : [];
    }),
  );
  return surveyed.flat();
}
