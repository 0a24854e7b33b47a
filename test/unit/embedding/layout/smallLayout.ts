import { judgeLayout, type LayoutQuality } from '../../../../src/core/embedding/layout/layoutQuality';
import { LayoutRun } from '../../../../src/core/embedding/layout/layoutRun';
import type { LayoutSettings } from '../../../../src/core/embedding/layout/layoutSettings';
import { memberships } from '../../../../src/core/embedding/layout/memberships';
import { placedNeighbors, type PlacedNeighbors } from '../../../../src/core/embedding/layout/placedNeighbors';
import { SeededNumbers } from '../../../../src/core/embedding/layout/seededNumbers';
import { startPositions } from '../../../../src/core/embedding/layout/startPositions';
import { symmetricEdges } from '../../../../src/core/embedding/layout/symmetricEdges';
import { linearMap } from '../../../../src/core/embedding/linearMap';
import { MemoryRows } from '../../../../src/core/embedding/search/memoryRows';
import { finish } from '../../../../src/core/work/steps';
import type { TestMatrix } from '../testMatrix';
import { listsOf } from './nearestLists';

export interface SmallLayout {
  readonly positions: Float32Array;
  readonly placed: PlacedNeighbors;
  readonly quality: LayoutQuality;
}

/** The whole way from rows to positions. */
export function layOutRows(matrix: TestMatrix, settings: LayoutSettings): SmallLayout {
  const { rowCount, dimension, values } = matrix;
  const placed = finish(placedNeighbors(listsOf(matrix).bytes, rowCount));
  const edges = finish(symmetricEdges(placed, finish(memberships(placed)), 1 / settings.epochs));
  const { positions: linear } = finish(linearMap(new MemoryRows(rowCount, dimension, values)));
  const random = new SeededNumbers(settings.seed);
  const run = new LayoutRun(edges, startPositions(linear, placed.ids, random), settings, random);
  while (!run.isDone) {
    run.step();
  }
  const positions = run.positions();
  return { positions, placed, quality: finish(judgeLayout(positions, placed)) };
}

/** Some groups of near rows, by whole-number arithmetic and exactly rounded operations: the same rows everywhere. */
export function groupedRows(
  groups: number,
  rowsOfGroup: number,
  dimension: number,
  seed: number,
): TestMatrix {
  const random = new SeededNumbers(seed);
  const values = new Float32Array(groups * rowsOfGroup * dimension);
  for (let group = 0; group < groups; group++) {
    const center = Array.from({ length: dimension }, () => random.signed());
    for (let row = group * rowsOfGroup; row < (group + 1) * rowsOfGroup; row++) {
      center.forEach((value, j) => {
        values[row * dimension + j] = value + 0.3 * random.signed();
      });
    }
  }
  return { rowCount: groups * rowsOfGroup, dimension, values };
}

/** FNV-1a of the bytes, in hexadecimal digits. */
export function fingerprintOf({ buffer, byteOffset, byteLength }: Float32Array): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
    hash = Math.imul(hash ^ byte, 16777619);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
