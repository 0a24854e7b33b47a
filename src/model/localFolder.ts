import path from 'node:path';
import type { CacheEnvironment } from './huggingFaceCache';

/**
 * Where large files lie that belong into a folder. On Windows what is below `%APPDATA%` may be copied from machine to machine with a user's
 * profile, at each logon: they go to the same place below `%LOCALAPPDATA%`. Everywhere else, and where an installation keeps its data beside
 * itself, it is the folder.
 */
export function localFolder(
  folder: string,
  { env, isWindows }: Pick<CacheEnvironment, 'env' | 'isWindows'>,
): string {
  const { APPDATA: roaming = '', LOCALAPPDATA: local = '' } = env;
  const { win32 } = path;
  if (isWindows !== true || !win32.isAbsolute(roaming) || !win32.isAbsolute(local)) {
    return folder;
  }
  const rest = win32.relative(roaming, folder);
  const isBelow =
    rest !== '' && rest !== '..' && !rest.startsWith(`..${win32.sep}`) && !win32.isAbsolute(rest);
  return isBelow ? win32.join(local, rest) : folder;
}
