import type * as DatabaseClient from './databaseClient';
import type * as HubDownloads from './hubDownloads';
import type * as OtherTokenizers from './otherTokenizers';
import type * as VectorFiles from './vectorFiles';

// What a window starts without: bundles of their own beside the extension's, each loaded when it is first asked for. `scripts/build.mjs` knows
// these imports by their paths as they are written here.

/** What is there for files of vectors alone. */
export function vectorFiles(): Promise<typeof VectorFiles> {
  return import('./vectorFiles');
}

/** What tokenizers other than GPT-2's need. */
export function otherTokenizers(): Promise<typeof OtherTokenizers> {
  return import('./otherTokenizers');
}

/** What downloads from the hub. */
export function hubDownloads(): Promise<typeof HubDownloads> {
  return import('./hubDownloads');
}

/** What asks databases. */
export function databaseClient(): Promise<typeof DatabaseClient> {
  return import('./databaseClient');
}
