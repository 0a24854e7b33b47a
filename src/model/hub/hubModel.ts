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

/** Longest branch or tag. Git allows more, but it becomes a file name here. */
const MAX_REVISION_LENGTH = 100;

/** Letters, digits, `-`, `_` and `.`; neither `-` nor `.` at an end. */
const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$/;

/**
 * Understands `hf:org/name@revision`; `hf:` and `@revision` may be missing.
 *
 * Repository names follow the hub's own rule (`validate_repo_id` in huggingface_hub): letters, digits, `-`, `_`, `.`, at most
 * one slash, no `--` and no `..`, not ending with `.git`. Revisions are commits, or names of branches and tags without a slash.
 *
 * @returns undefined for anything else; nothing that is returned can lead out of a folder or change an address.
 */
export function parseHubModel(text: string): HubModel | undefined {
  const trimmed = text.trim();
  const [repository = '', revision = DEFAULT_REVISION, ...rest] = trimmed.replace(/^hf:/, '').split('@');
  if (rest.length > 0 || !isRepositoryName(repository) || !isRevision(revision)) {
    return undefined;
  }
  return { repository, revision };
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
  return text.length <= MAX_REVISION_LENGTH && NAME.test(text) && !text.includes('..');
}
