import { judgeLayout } from '../../../core/embedding/layout/layoutQuality';
import { LayoutRun } from '../../../core/embedding/layout/layoutRun';
import type { LayoutSettings } from '../../../core/embedding/layout/layoutSettings';
import { memberships } from '../../../core/embedding/layout/memberships';
import { placedNeighbors } from '../../../core/embedding/layout/placedNeighbors';
import { SeededNumbers } from '../../../core/embedding/layout/seededNumbers';
import { startPositions } from '../../../core/embedding/layout/startPositions';
import { symmetricEdges } from '../../../core/embedding/layout/symmetricEdges';
import type { RowStore } from '../../../core/embedding/search/embeddingSearch';
import type { Steps } from '../../../core/work/steps';
import type { LayoutProgress, VocabularyLayout } from '../../questions/vocabularyLayout';
import { inTurns } from '../inTurns';
import { findRegions } from './findRegions';
import { checksumOf } from './layoutFiles';
import { LayoutReport, positionsOfRows } from './layoutReport';
import type { ModelLinearMap } from './modelLinearMap';

export interface MakeLayoutOptions {
  readonly rows: RowStore;
  /** The lists of the rows' neighbor graph. */
  readonly lists: Uint8Array<ArrayBuffer>;
  readonly linearMap: ModelLinearMap;
  readonly settings: LayoutSettings;
  readonly signal: AbortSignal;
  /** Called about every 150 ms, and once at the end. */
  readonly onProgress?: ((progress: LayoutProgress) => void) | undefined;
}

/**
 * Lays all rows out, some milliseconds at a time.
 *
 * @throws {RangeError} where no row has a place, and when the memory cannot be had.
 * @throws {CheckpointError} when rows cannot be read any more.
 * @throws {Error} when this runtime cannot run the kernel.
 * @throws The signal's reason when it is aborted.
 */
export async function makeLayout(options: MakeLayoutOptions): Promise<VocabularyLayout> {
  const { settings, signal, onProgress } = options;
  const layout = await inTurns(layOut(options), signal);
  const { positions } = layout;
  onProgress?.({
    fraction: 1,
    secondsLeft: 0,
    epoch: settings.epochs,
    epochs: settings.epochs,
    // The answer's own may be handed over.
    positions: positions.slice(),
  });
  return layout;
}

function* layOut({
  rows,
  lists,
  linearMap,
  settings,
  onProgress,
}: MakeLayoutOptions): Steps<VocabularyLayout> {
  const { rowCount } = rows;
  const placed = yield* placedNeighbors(lists, rowCount);
  const { ids } = placed;
  if (ids.length === 0) {
    throw new RangeError('No token has a neighbor: there is nothing to lay out.');
  }
  const linear = yield* linearMap.steps();
  const random = new SeededNumbers(settings.seed);
  const start = startPositions(linear.positions, ids, random);
  const report = new LayoutReport(settings, ids, rowCount, onProgress);
  // Seen before the weights are known: who waits has something to look at.
  report.moved(0, () => start);
  const weights = yield* memberships(placed);
  // What would be drawn less than once is left out.
  const edges = yield* symmetricEdges(placed, weights, 1 / settings.epochs);
  const run = new LayoutRun(edges, start, settings, random);
  while (!run.isDone) {
    report.moved(run.epochsDone, () => run.positions());
    run.step();
    yield;
  }
  const points = run.positions();
  if (!points.every(Number.isFinite)) {
    throw new Error('The layout has run into numbers that are not finite.');
  }
  const quality = yield* judgeLayout(points, placed);
  const regions = yield* findRegions(rows, placed, edges, points);
  const positions = positionsOfRows(points, ids, rowCount);
  const near = new Uint8Array(rowCount);
  ids.forEach((id, point) => {
    near[id] = quality.near[point] ?? 0;
  });
  return {
    positions,
    near,
    placedCount: ids.length,
    settings,
    figures: quality.figures,
    regions,
    checksum: checksumOf(positions),
    source: 'made',
  };
}
