import type { ModelIdentity } from './modelLocation';
import { parseModelLocation } from './parseModelLocation';
import { presentModel } from './presentModel';

/** A file or folder of this machine that holds an embedding matrix. */
export interface LocalModel {
  /** Absolute. */
  readonly path: string;
  readonly identity: ModelIdentity;
}

/**
 * Those of some paths that can be used; what has gone or holds no matrix is left out. Reads headers.
 *
 * @param tensorNamesAt Names of a path's embedding tensor to try, the best first; undefined for the search.
 */
export async function surveyLocalModels(
  paths: readonly string[],
  tensorNamesAt: (path: string) => readonly (string | undefined)[] = () => [undefined],
): Promise<LocalModel[]> {
  const surveyed = await Promise.all(
    paths.map(async (path) => {
      const location = await parseModelLocation(path).catch(() => undefined);
      for (const tensorName of location ? tensorNamesAt(path) : []) {
        const present = location && (await presentModel(location, { tensorName }));
        if (present) {
          return [{ path, identity: present.identity }];
        }
      }
      return [];
    }),
  );
  return surveyed.flat();
}
