/** A repository on the hub at one revision. */
export interface HubModel {
  /** `org/name`, or a bare name of the hub's early models such as `gpt2`. */
  readonly repository: string;
  /** A commit (40 hexadecimal digits), or the name of a branch or tag. */
  readonly revision: string;
}

/** A repository as one server has it. */
export interface ServedModel extends HubModel {
  /** Address of the server, such as `https://huggingface.co`. */
  readonly server: string;
}

/** What a repository without revision stands for. */
export const DEFAULT_REVISION = 'main';

/** Longest `org/name`, by the hub's rule (`validate_repo_id` of the Python library). */
const MAX_REPOSITORY_LENGTH = 96;

/** Longest branch or tag. Git allows more, but it becomes the name of a file here, or of folders and a file. */
const MAX_REVISION_LENGTH = 100;

/** Letters, digits, `-`, `_` and `.`; neither `-` nor `.` at an end. */
const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$/;

/** A page of the hub: what stands behind the host is the repository, and what is looked at in it. */
const PAGE = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/([^?#]*)/i;

/** What a page of a repository shows at a revision. */
const PAGES_OF_REVISIONS: ReadonlySet<string> = new Set([
  'tree',
  'blob',
  'raw',
  'resolve',
  'commit',
  'commits',
]);

/** What addresses of repositories that hold no models begin with. */
const OTHER_REPOSITORIES: ReadonlySet<string> = new Set(['datasets', 'spaces', 'models']);

/** Pages of the hub that are no repositories of models. */
const OTHER_PAGES: ReadonlySet<string> = new Set([
  ...[
    'datasets',
    'spaces',
    'models',
    'docs',
    'papers',
    'collections',
    'blog',
    'tasks',
    'settings',
    'api',
    'join',
    'login',
  ],
]);

/**
 * Understands `hf:org/name@revision`, of which `hf:` and `@revision` may be missing, the addresses of the hub's pages and those that Git
 * takes, and `hf://org/name@revision/file` of the Python library.
 *
 * Repository names follow the hub's own rule (`validate_repo_id` in huggingface_hub): letters, digits, `-`, `_`, `.`, at most
 * one slash, no `--` and no `..`, not ending with `.git`. Revisions are commits, or names of branches and tags, also with slashes as
 * `refs/pr/7` has them, which may be written as `%2F`.
 *
 * @returns undefined for anything else; nothing that is returned can lead out of a folder or change an address.
 */
export function parseHubModel(text: string): HubModel | undefined {
  const trimmed = text.trim();
  const named = /^hf:\s*(?!\/\/)(.*?)\/?$/is.exec(trimmed)?.[1] ?? trimmed;
  const file = /^hf:\/\/(.*)$/is.exec(trimmed)?.[1];
  const page = PAGE.exec(named)?.[1];
  try {
    return file !== undefined ? parseFile(file) : page !== undefined ? parsePage(page) : parseName(named);
  } catch {
    // No percent-encoding.
    return undefined;
  }
}

/** Whether a text can only mean a model of the hub: it begins with `hf:`, or is the address of one of its pages. */
export function meansHubModel(text: string): boolean {
  return /^\s*hf:/i.test(text) || PAGE.test(text.trim());
}

function parseName(text: string): HubModel | undefined {
  const [repository = '', revision = DEFAULT_REVISION, ...rest] = text.split('@');
  return rest.length === 0 ? checked(repository, decodeURIComponent(revision)) : undefined;
}

/** @param path `org/name/file`, or `org/name@revision/file`; what stands behind the revision is of no matter. */
function parseFile(path: string): HubModel | undefined {
  const [, repository = '', revision = DEFAULT_REVISION] =
    /^([^@/]+\/[^@/]+|[^@/]+(?=@|\/*$))(?:@((?:refs\/[^/]+\/)?[^/]+))?(?:\/.*)?$/s.exec(path) ?? [];
  return checked(repository, decodeURIComponent(revision));
}

/**
 * @param path Behind the host, such as `org/name/tree/main`.
 * @throws {URIError}
 */
function parsePage(path: string): HubModel | undefined {
  const parts = path
    .replace(/\.git\/*$/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const [first = '', second] = parts;
  if (OTHER_PAGES.has(first)) {
    return undefined;
  }
  const isBare = second === undefined || PAGES_OF_REVISIONS.has(second);
  const [page = '', revision, ...more] = parts.slice(isBare ? 1 : 2);
  const repository = isBare ? first : `${first}/${second}`;
  if (revision === undefined || !PAGES_OF_REVISIONS.has(page)) {
    return checked(repository, DEFAULT_REVISION);
  }
  // `refs/pr/7`, where its slashes were not written as %2F.
  return checked(repository, revision === 'refs' ? [revision, ...more.slice(0, 2)].join('/') : revision);
}

function checked(repository: string, revision: string): HubModel | undefined {
  return isRepositoryName(repository) &&
    !OTHER_REPOSITORIES.has(repository.split('/')[0] ?? '') &&
    isRevision(revision)
    ? { repository, revision }
    : undefined;
}

/** `org/name@revision`; the revision is left out where it is `main`. {@link parseHubModel} reads it back. */
export function formatHubModel({ repository, revision }: HubModel): string {
  return revision === DEFAULT_REVISION ? repository : `${repository}@${revision}`;
}

/** Whether a revision names one state of the repository for ever: a full commit id. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

/** A commit by its first seven digits, as Git shows it; other revisions as they are. */
export function shortRevision(revision: string): string {
  return isCommit(revision) ? revision.slice(0, 7) : revision;
}

/** Whether a text is `name` or `org/name` by the hub's rules. */
export function isRepositoryName(text: string): boolean {
  const parts = text.split('/');
  return (
    text.length <= MAX_REPOSITORY_LENGTH &&
    parts.length <= 2 &&
    parts.every((part) => NAME.test(part)) &&
    !text.includes('--') &&
    !text.includes('..') &&
    !text.endsWith('.git')
  );
}

function isRevision(text: string): boolean {
  return (
    text.length <= MAX_REVISION_LENGTH &&
    text.split('/').every((part) => NAME.test(part)) &&
    !text.includes('..')
  );
}
