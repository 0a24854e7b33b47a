import fs from 'node:fs/promises';
import path from 'node:path';
import { expandHome } from './expandHome';
import type { ModelLocation } from './modelLocation';

/** Repositories that hold GPT-2 small, by preference: today's name on the hub, then the one it had before. */
export const GPT2_REPOSITORIES: readonly string[] = ['openai-community/gpt2', 'gpt2'];

/** Longest content of a ref file: a commit id has 40 characters. */
const MAX_REF_BYTES = 256;

/** Name of a repository's folder in the cache. */
const REPOSITORY_PREFIX = 'models--';

/** The process environment and home folder that the cache is found by; injected, so that tests have their own. */
export interface CacheEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Where it is not given: no. */
  readonly isWindows?: boolean;
}

/**
 * The folders of the Hugging Face cache, the first by the rules of the Python library (`huggingface_hub.constants`): `HF_HUB_CACHE`,
 * `HUGGINGFACE_HUB_CACHE`, `HF_HOME`/hub, `XDG_CACHE_HOME`/huggingface/hub, `~/.cache/huggingface/hub`; `~` and variables in
 * them are expanded. Where it is by `XDG_CACHE_HOME`, the one in `~/.cache` is another: Flatpak gives each application a cache of its own,
 * in which no model is. None needs to exist.
 */
export function huggingFaceCacheFolders({
  env,
  home,
  isWindows = false,
}: CacheEnvironment): readonly string[] {
  const setting = (name: string): string | undefined => {
    const value = env[name];
    return value === undefined || value === ''
      ? undefined
      : expandHome(expandVariables(value, env, isWindows), home);
  };
  const cache = setting('HF_HUB_CACHE') ?? setting('HUGGINGFACE_HUB_CACHE');
  if (cache !== undefined) {
    return [cache];
  }
  const hubHome = setting('HF_HOME');
  if (hubHome !== undefined) {
    return [path.join(hubHome, 'hub')];
  }
  const inUserCache = (userCache: string): string => path.join(userCache, 'huggingface', 'hub');
  const userCaches = [setting('XDG_CACHE_HOME') ?? [], path.join(home, '.cache')].flat();
  return [...new Set(userCaches.map(inUserCache))];
}

/**
 * Looks for a repository in the Hugging Face cache. Only reads: the cache belongs to other programs.
 *
 * @param repositories Such as `openai-community/gpt2`, by preference.
 * @returns The snapshot folder of the first that has a checkpoint, or undefined.
 */
export async function findInHuggingFaceCache(
  repositories: readonly string[],
  environment: CacheEnvironment,
): Promise<ModelLocation | undefined> {
  for (const cache of huggingFaceCacheFolders(environment)) {
    for (const repository of repositories) {
      const snapshot = await resolveSnapshot(repositoryFolder(cache, repository));
      if (snapshot !== undefined) {
        return { kind: 'folder', path: snapshot };
      }
    }
  }
  return undefined;
}

/** Whether a folder is named like a repository of the cache, such as `models--openai-community--gpt2`. */
export function isRepositoryFolder(folder: string): boolean {
  return path.basename(folder).startsWith(REPOSITORY_PREFIX);
}

/** `org/name` where a path lies in a repository of the cache, else undefined. */
export function repositoryOf(filePath: string): string | undefined {
  const folder = filePath
    .split(/[/\\]/)
    .filter((part) => part.startsWith(REPOSITORY_PREFIX))
    .at(-1);
  return folder?.slice(REPOSITORY_PREFIX.length).replaceAll('--', '/');
}

/**
 * The snapshot of a cached repository that `main` points to; where that is missing or holds no checkpoint (an interrupted
 * download, a repository fetched by commit id), the newest snapshot that does.
 *
 * @returns The snapshot's folder, or undefined when no snapshot holds a checkpoint.
 */
export async function resolveSnapshot(repositoryFolder: string): Promise<string | undefined> {
  const snapshots = path.join(repositoryFolder, 'snapshots');
  const main = await readRef(path.join(repositoryFolder, 'refs', 'main'));
  if (main !== undefined && (await holdsCheckpoint(path.join(snapshots, main)))) {
    return path.join(snapshots, main);
  }
  const names = await fs.readdir(snapshots).catch(() => []);
  const dated = await Promise.all(
    names.map(async (name) => {
      const folder = path.join(snapshots, name);
      const stats = await fs.stat(folder).catch(() => undefined);
      return { folder, time: stats?.isDirectory() === true ? stats.mtimeMs : undefined };
    }),
  );
  const newestFirst = dated
    .filter(({ time }) => time !== undefined)
    .sort((a, b) => (b.time ?? 0) - (a.time ?? 0) || (a.folder < b.folder ? -1 : 1));
  for (const { folder } of newestFirst) {
    if (await holdsCheckpoint(folder)) {
      return folder;
    }
  }
  return undefined;
}

/**
 * The snapshot of a cached repository at one revision: a commit, or a name that its `refs` folder knows.
 *
 * @param revision A plain name, checked by whoever parsed it.
 * @returns The snapshot's folder, or undefined when it is not there or holds no checkpoint.
 */
export async function snapshotOfRevision(
  repositoryFolder: string,
  revision: string,
): Promise<string | undefined> {
  const named = await readRef(path.join(repositoryFolder, 'refs', revision));
  for (const commit of [revision, named]) {
    const snapshot = commit === undefined ? undefined : path.join(repositoryFolder, 'snapshots', commit);
    if (snapshot !== undefined && (await holdsCheckpoint(snapshot))) {
      return snapshot;
    }
  }
  return undefined;
}

/** Folder of a repository in a cache. */
export function repositoryFolder(cache: string, repository: string): string {
  return path.join(cache, REPOSITORY_PREFIX + repository.replaceAll('/', '--'));
}

/** Content of a ref file when it is what it should be: the name of one folder beside it, no path. */
async function readRef(file: string): Promise<string | undefined> {
  const stats = await fs.stat(file).catch(() => undefined);
  if (stats?.isFile() !== true || stats.size > MAX_REF_BYTES) {
    return undefined;
  }
  const content = (await fs.readFile(file, 'utf8').catch(() => '')).trim();
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(content) ? content : undefined;
}

/** A link to a blob that is not there (an interrupted download) counts as nothing. */
async function holdsCheckpoint(folder: string): Promise<boolean> {
  const names = await fs.readdir(folder).catch(() => []);
  const candidates = names.filter((name) => /\.safetensors(\.index\.json)?$/.test(name));
  for (const name of candidates) {
    const stats = await fs.stat(path.join(folder, name)).catch(() => undefined);
    if (stats?.isFile() === true) {
      return true;
    }
  }
  return false;
}

/** `$NAME`, `${NAME}` and, on Windows, `%NAME%` as Python's `os.path.expandvars`: unknown variables stay as they are. */
function expandVariables(text: string, env: CacheEnvironment['env'], isWindows: boolean): string {
  const variable = isWindows ? /\$(?:(\w+)|\{([^}]*)\})|%([^%]+)%/g : /\$(?:(\w+)|\{([^}]*)\})/g;
  return text.replace(variable, (whole, ...names: (string | undefined)[]) => {
    const name = names.slice(0, isWindows ? 3 : 2).find((part) => part !== undefined) ?? '';
    return env[name] ?? whole;
  });
}
