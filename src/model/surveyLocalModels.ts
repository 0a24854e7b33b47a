import type { ModelIdentity } from './modelLocation';
import { parseModelLocation } from './parseModelLocation';
import { presentModel } from './presentModel';
import type { PresentVectors } from './vectorFiles/presentVectors';

/** A file or folder of this machine that holds an embedding matrix. */
export type LocalModel = {
  /** Absolute. */
  readonly path: string;
} & ({ readonly identity: ModelIdentity } | { readonly vectors: PresentVectors });

/** Looks whether a file holds vectors, and is no checkpoint. Throws what is wrong with it. */
export type LookForVectors = (
  path: string,
  tensorName: string | undefined,
) => Promise<PresentVectors | undefined>;

/**
 * Those of some paths that can be used; what has gone or holds no matrix is left out. Reads headers.
 *
 * @param tensorNamesAt Names of a path's embedding tensor to try, the best first; undefined for the search.
 * @param lookForVectors Asked of files that are no checkpoint; such are left out where it is not given.
 */
export async function surveyLocalModels(
  paths: readonly string[],
  tensorNamesAt: (path: string) => readonly (string | undefined)[] = () => [undefined],
  lookForVectors?: LookForVectors,
): Promise<LocalModel[]> {
  const surveyed = await Promise.all(
    paths.map(async (path): Promise<LocalModel[]> => {
      const location = await parseModelLocation(path).catch(() => undefined);
      for (const tensorName of location ? tensorNamesAt(path) : []) {
        const present = location && (await presentModel(location, { tensorName }));
        if (present) {
          return [{ path, identity: present.identity }];
        }
        if (location?.kind === 'file') {
          const vectors = await lookForVectors?.(path, tensorName).catch(() => undefined);
          if (vectors) {
            return [{ path, vectors }];
          }
        }
      }
      return [];
    }),
  );
  return surveyed.flat();
}
