import { cheapestWay } from '../../../core/embedding/layout/cheapestWay';
import { placedNeighbors } from '../../../core/embedding/layout/placedNeighbors';
import type { TokenPath, TokenPathRequest } from '../../questions/tokenPath';
import { inTurns } from '../inTurns';
import type { ModelGraph } from '../modelGraph';

/**
 * The cheapest way from one token to another over the lists of a model's neighbor graph, which are read for it.
 *
 * @returns undefined where there is no way, or no graph.
 * @throws {RangeError} for an id outside the vocabulary, where there is a graph.
 * @throws The signal's reason when it is aborted.
 */
export async function pathBetween(
  graph: ModelGraph,
  { from, to }: TokenPathRequest,
  signal: AbortSignal,
): Promise<TokenPath | undefined> {
  const whole = await graph.whole();
  if (whole === undefined) {
    return undefined;
  }
  const [rowCount] = whole.identity.shape;
  for (const id of [from, to]) {
    if (!(Number.isInteger(id) && id >= 0 && id < rowCount)) {
      throw new RangeError(`Token id ${id} is outside the vocabulary, 0 … ${rowCount - 1}.`);
    }
  }
  const lists = await whole.readLists(signal);
  if (lists === undefined) {
    return undefined;
  }
  const placed = await inTurns(placedNeighbors(lists, rowCount), signal);
  const { ids } = placed;
  const [start, end] = [ids.indexOf(from), ids.indexOf(to)];
  if (start < 0 || end < 0) {
    return undefined;
  }
  const way = await inTurns(cheapestWay(placed, start, end), signal);
  return (
    way && {
      ids: way.points.map((point) => ids[point] ?? 0),
      similarities: way.similarities,
    }
  );
}
