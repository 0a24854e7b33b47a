import type { MapAnswer, MapRequest, MapValuesName } from '../../../protocol/map/mapMessages';
import type { NeighborRequest } from '../../../engine/questions/neighborAnswer';
import type { TokenMeasure } from '../../../engine/questions/tokenValues';
import type { FilterView } from '../../../protocol/panelSnapshot';
import type { PanelContext } from '../panelContext';
import { wholeBuffer } from './wholeBuffer';

/** True neighbors of a token that the map shows: those that the layout is made from. */
const TRUE_NEIGHBORS = 15;

/** What questions about the map are about, beside the model. */
export interface MapQuestionContext extends Pick<PanelContext, 'embeddings' | 'tokenizer' | 'filters'> {
  readonly filter: FilterView;
  /** What the query that is shown asks of the engine; undefined where there is none, or it cannot be read. */
  readonly query: (signal: AbortSignal) => Promise<Pick<NeighborRequest, 'query' | 'metric'> | undefined>;
}

export type MapQuestion = Extract<
  MapRequest,
  { readonly type: 'mapNeighbors' | 'mapPath' | 'mapValues' | 'mapAllowed' }
>;

/**
 * Answers what the page asks about tokens of the map.
 *
 * @param signal Ends it, in the engine too.
 * @throws {RangeError} for an id that has no row, or a row without neighbors; {Error} where there is no query to compare with.
 */
export async function answerOnMap(
  question: MapQuestion,
  context: MapQuestionContext,
  signal?: AbortSignal,
): Promise<MapAnswer> {
  switch (question.type) {
    case 'mapNeighbors':
      return trueNeighbors(question.id, context);
    case 'mapPath': {
      const { from, to } = question;
      const path = await context.embeddings.ask('pathBetween', { from, to }, signal);
      return { kind: 'path', ids: Array.from(path?.ids ?? []) };
    }
    case 'mapValues': {
      const { values } = await context.embeddings.ask(
        'valuesOfAll',
        await measureOf(question.values, context, signal),
        signal,
      );
      return { kind: 'values', values: wholeBuffer(values) };
    }
    case 'mapAllowed':
      return { kind: 'allowed', bits: await allowedBits(context, signal) };
  }
}

/** The graph answers where there is one, else a search. One more is asked for: the token itself may be among them. */
async function trueNeighbors(
  id: number,
  { embeddings }: MapQuestionContext,
): Promise<Extract<MapAnswer, { kind: 'neighbors' }>> {
  const { neighbors, averageScore } = await embeddings.ask('neighbors', {
    query: { terms: [{ id, weight: 1 }] },
    metric: 'cosine',
    k: TRUE_NEIGHBORS + 1,
  });
  return {
    kind: 'neighbors',
    neighbors: neighbors
      .filter((neighbor) => neighbor.id !== id)
      .slice(0, TRUE_NEIGHBORS)
      .map((neighbor) => ({ id: neighbor.id, score: neighbor.score })),
    ...(averageScore !== undefined && { average: averageScore }),
  };
}

async function measureOf(
  name: MapValuesName,
  { query }: MapQuestionContext,
  signal: AbortSignal | undefined,
): Promise<TokenMeasure> {
  if (name !== 'similarity') {
    return { kind: name };
  }
  const asked = await query(signal ?? new AbortController().signal);
  if (!asked) {
    throw new Error('There is no query that tokens could be similar to.');
  }
  return { kind: 'similarity', query: asked.query, metric: asked.metric ?? 'cosine' };
}

async function allowedBits(
  { embeddings, tokenizer, filters, filter }: MapQuestionContext,
  signal: AbortSignal | undefined,
): Promise<ArrayBuffer> {
  const { rowCount } = await embeddings.ensureReady(signal);
  const words = await filters.allowed(tokenizer(), filter, rowCount, [], signal);
  return words ? Uint32Array.from(words).buffer : new Uint8Array(Math.ceil(rowCount / 8)).fill(0xff).buffer;
}
