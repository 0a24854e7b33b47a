import fs from 'node:fs/promises';
import path from 'node:path';
import { expandHome } from './expandHome';

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
 * The snapshots of a cached repository: first the one that `main` points to, then the others, the newest first. Any of them may lack files
 * (an interrupted download, or one that only wanted the config).
 *
 * @returns Their folders.
 */
export async function snapshotsOf(repositoryFolder: string): Promise<readonly string[]> {
  const snapshots = path.join(repositoryFolder, 'snapshots');
  const main = await readRef(path.join(repositoryFolder, 'refs', 'main'));
  const names = await fs.readdir(snapshots).catch(() => []);
  const dated = await Promise.all(
    names.map(async (name) => {
      const folder = path.join(snapshots, name);
      const stats = await fs.stat(folder).catch(() => undefined);
      return { name, folder, time: stats?.isDirectory() === true ? stats.mtimeMs : undefined };
    }),
  );
  return dated
    .filter(({ time }) => time !== undefined)
    .sort(
      (a, b) =>
        Number(b.name === main) - Number(a.name === main) ||
        (b.time ?? 0) - (a.time ?? 0) ||
        (a.folder < b.folder ? -1 : 1),
    )
    .map(({ folder }) => folder);
}

/**
 * The snapshots of a cached repository that are one revision: a commit, or a name that its `refs` folder knows.
 *
 * @param revision Checked by whoever parsed it: it leads out of no folder.
 * @returns Their folders, of those that are there; mostly one.
 */
export async function snapshotsOfRevision(
  repositoryFolder: string,
  revision: string,
): Promise<readonly string[]> {
  const named = await readRef(path.join(repositoryFolder, 'refs', ...revision.split('/')));
  const folders = [revision, named].flatMap((commit) =>
    commit === undefined || commit.includes('/') ? [] : path.join(repositoryFolder, 'snapshots', commit),
  );
  const stats = await Promise.all(folders.map((folder) => fs.stat(folder).catch(() => undefined)));
  return folders.filter((_, index) => stats[index]?.isDirectory() === true);
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

/** `$NAME`, `${NAME}` and, on Windows, `%NAME%` as Python's `os.path.expandvars`: unknown variables stay as they are. */
function expandVariables(text: string, env: CacheEnvironment['env'], isWindows: boolean): string {
  const variable = isWindows ? /\$(?:(\w+)|\{([^}]*)\})|%([^%]+)%/g : /\$(?:(\w+)|\{([^}]*)\})/g;
  return text.replace(variable, (whole, ...names: (string | undefined)[]) => {
    const name = names.slice(0, isWindows ? 3 : 2).find((part) => part !== undefined) ?? '';
    return env[name] ?? whole;
  });
}
