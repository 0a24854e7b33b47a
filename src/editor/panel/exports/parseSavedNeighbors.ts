import { DEFAULT_LEFT_OUT, type LeftOutWords } from '../../../protocol/leftOutWords';
import { MAX_NEIGHBORS, type QueryMemento } from '../../../protocol/panelMessages';
import type { Metric } from '../../../protocol/metric';
import type { FilterView } from '../../../protocol/panelSnapshot';
import { parseFilter, parseLeftOut, parseMetric } from '../../../protocol/parseChoices';
import { parseQueryMemento } from '../../../protocol/parsePanelMemento';
import { isRecord, isShortString, isWholeNumber, parseFields } from '../../../protocol/parsing';
import { JSON_FORMAT, JSON_FORMAT_VERSION } from './jsonExport';

/** Longest file in bytes: a thousand neighbors take 200 kB, and the longest query can be escaped to a few more. */
export const MAX_SAVED_BYTES = 5_000_000;

/** What a saved list asks for. Its answer is found again, not believed. */
export interface SavedNeighbors {
  readonly query: QueryMemento;
  readonly metric: Metric;
  readonly k: number;
  readonly filter: FilterView;
  readonly leftOut: LeftOutWords;
  /** Name of the model that gave the saved answer. */
  readonly modelName: string;
}

/** Why a file cannot be opened again: a sentence for people. */
export class SavedNeighborsError extends Error {
  override readonly name = 'SavedNeighborsError';
}

/**
 * Parses a file that `jsonExport` wrote.
 *
 * @throws {SavedNeighborsError} for any other text.
 */
export function parseSavedNeighbors(text: string): SavedNeighbors {
  const saved = parseJson(text);
  if (!isRecord(saved) || saved.format !== JSON_FORMAT) {
    throw new SavedNeighborsError('This is no list of neighbors that Tokenscope has saved.');
  }
  const { formatVersion, model } = saved;
  if (formatVersion !== JSON_FORMAT_VERSION) {
    throw new SavedNeighborsError('Another version of Tokenscope has saved this list, in another format.');
  }
  const asked = parseFields(
    saved,
    {
      query: parseQueryMemento,
      metric: parseMetric,
      k: (k) => (isWholeNumber(k, 1, MAX_NEIGHBORS) ? k : undefined),
      filter: parseFilter,
    },
    // Lists that were saved before there was the choice have what it is at first.
    { leftOut: parseLeftOut },
  );
  if (!asked) {
    throw new SavedNeighborsError('The list is damaged: query, metric, k or filter cannot be read.');
  }
  const name = isRecord(model) && isShortString(model.name, 200) ? model.name : 'an unnamed model';
  return { leftOut: DEFAULT_LEFT_OUT, ...asked, modelName: name };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new SavedNeighborsError('This is no JSON.');
  }
}
