import path from 'node:path';
import type { CacheEnvironment } from './huggingFaceCache';
import { localFolder } from './localFolder';

/** Where the extension keeps large files. */
export interface StorageFolders {
  /** Downloaded models. */
  readonly models: string;
  /** Indexes and neighbor graphs, which are made again when they are needed. */
  readonly indexes: string;
  /** What files of vectors were converted to, which is made again as well. */
  readonly vectors: string;
}

/** @param globalStorage What VS Code gives the extension to keep files in. */
export function storageFolders(
  globalStorage: string,
  machine: Pick<CacheEnvironment, 'env' | 'isWindows'>,
): StorageFolders {
  const paths = machine.isWindows === true ? path.win32 : path;
  const inStorage = (name: string): string => localFolder(paths.join(globalStorage, name), machine);
  return { models: inStorage('models'), indexes: inStorage('indexes'), vectors: inStorage('vectors') };
}
