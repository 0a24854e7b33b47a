import path from 'node:path';
import type { CacheEnvironment } from '../huggingFaceCache';
import type { SearchedFolder } from './findVectorFiles';

/** Levels below a folder of the workspace. */
const WORKSPACE_DEPTH = 5;

/**
 * Where files of vectors are looked for: in the folders of the workspace, in those where gensim, torchtext, LM Studio and llama.cpp keep what they
 * have downloaded, and among the downloads.
 *
 * @param workspaceFolders Absolute paths.
 */
export function vectorPlaces(
  workspaceFolders: readonly string[],
  { env, home, isWindows }: CacheEnvironment,
): SearchedFolder[] {
  const folderOf = (variable: string | undefined, otherwise: string): string =>
    variable === undefined || variable === '' ? path.join(home, otherwise) : variable;
  const caches = folderOf(isWindows === true ? env.LOCALAPPDATA : env.XDG_CACHE_HOME, '.cache');
  return [
    // torchtext's folder is in the one where a program was started.
    ...workspaceFolders.map((folder) => ({ path: path.join(folder, '.vector_cache'), depth: 0 })),
    ...workspaceFolders.map((folder) => ({ path: folder, depth: WORKSPACE_DEPTH })),
    { path: folderOf(env.GENSIM_DATA_DIR, 'gensim-data'), depth: 1 },
    { path: path.join(home, '.vector_cache'), depth: 0 },
    { path: path.join(home, '.lmstudio', 'models'), depth: 2 },
    { path: path.join(home, '.cache', 'lm-studio', 'models'), depth: 2 },
    { path: path.join(caches, 'llama.cpp'), depth: 0 },
    { path: path.join(home, 'Library', 'Caches', 'llama.cpp'), depth: 0 },
    { path: path.join(home, 'Downloads'), depth: 0 },
  ];
}
