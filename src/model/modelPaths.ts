import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CheckpointError } from '../core/safetensors/checkpointError';
import { expandHome } from './expandHome';
import { meansHubModel } from './hub/hubModel';
import { hubHint } from './parseModelLocation';

/** What a path in a setting can be relative to. */
export interface PathSurroundings {
  /** The home folder, absolute. */
  readonly home: string;
  /** The folders of the workspace in their order. A folder without a path is not on this machine, as in a virtual workspace. */
  readonly folders: readonly { readonly name: string; readonly path?: string | undefined }[];
}

const VARIABLE = /\$\{([^}]*)\}/g;

/**
 * The absolute paths that a setting can mean, in the order in which they are looked for: one, but for a path that is relative to any of several
 * folders.
 *
 * Understands `~`, `${userHome}`, `${workspaceFolder}`, `${workspaceFolder:name}`, `file://` addresses, and paths relative to the folders of the
 * workspace.
 *
 * @throws {CheckpointError} `not-found`, for what means no path here, with a sentence that says why.
 */
export function modelPaths(setting: string, surroundings: PathSurroundings): readonly string[] {
  const text = setting.trim();
  if (meansHubModel(text)) {
    throw new CheckpointError(
      'not-found',
      text,
      'this names no model of the hub. Expected hf:owner/name, hf:owner/name@revision, or the address of its page.',
    );
  }
  if (/^https?:/i.test(text)) {
    throw new CheckpointError(
      'not-found',
      text,
      'this is a web address, and none of a page of the Hugging Face hub. Models come from a path, or from the hub as hf:owner/name.',
    );
  }
  if (/^file:/i.test(text)) {
    return [pathOfAddress(text)];
  }
  const variables = [...text.matchAll(VARIABLE)].map(([, name = '']) => name);
  const unknown = variables.find((name) => !/^(userHome|workspaceFolder(:.*)?)$/.test(name));
  if (unknown !== undefined) {
    throw new CheckpointError(
      'not-found',
      text,
      `\${${unknown}} is not known here; \${workspaceFolder} and \${userHome} are.`,
    );
  }
  const inHome = expandHome(
    text.replaceAll('${userHome}', () => surroundings.home),
    surroundings.home,
  );
  const named = variables.find((name) => name.startsWith('workspaceFolder:'));
  if (named === undefined && !variables.includes('workspaceFolder')) {
    return path.isAbsolute(inHome)
      ? [path.resolve(inHome)]
      : localFolders(text, surroundings).map((folder) => path.resolve(folder, inHome));
  }
  return localFolders(text, surroundings, named?.slice('workspaceFolder:'.length)).map((folder) =>
    path.resolve(
      folder,
      inHome.replace(VARIABLE, () => folder),
    ),
  );
}

/** @param name Of the one that is meant; else all. */
function localFolders(text: string, { folders }: PathSurroundings, name?: string): readonly string[] {
  const meant = name === undefined ? folders : folders.filter((folder) => folder.name === name);
  if (meant.length === 0) {
    const why =
      name === undefined
        ? 'this is relative to the folder that is open, and none is. Give the whole path, or begin it with ~.'
        : `no folder of the workspace is named ${name}.`;
    throw new CheckpointError('not-found', text, why + hubHint(text));
  }
  const local = meant.flatMap((folder) => folder.path ?? []);
  if (local.length === 0) {
    throw new CheckpointError(
      'not-found',
      text,
      'this is relative to a folder that is not on this machine, where no model can be read. Give the whole path, or begin it with ~.',
    );
  }
  return local;
}

function pathOfAddress(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    throw new CheckpointError('not-found', address, 'this address names no file of this machine.');
  }
}
