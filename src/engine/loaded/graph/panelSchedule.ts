import type { GraphMemory } from '../../../core/embedding/graph/graphMemory';
import { tilePairCount, tilePairIndex, tilePairsOf } from '../../../core/embedding/graph/graphShape';

/** Numbers of two panels, first ≤ second. */
export type PanelPair = readonly [first: number, second: number];

/**
 * Which panels are crossed next. No panel is given out twice at a time: so threads never touch the same row, and need no locks. Which
 * comes first does not matter to the result.
 */
export class PanelSchedule {
  private pending: PanelPair[] = [];
  private readonly busy = new Set<number>();
  private waiting: (() => void)[] = [];

  /** All pairs of panels with pairs of tiles that are not done. */
  constructor(graph: GraphMemory) {
    const { layout, shape } = graph;
    const done = graph.bytes(layout.done, tilePairCount(shape));
    for (let second = 0; second < shape.panelCount; second++) {
      for (let first = 0; first <= second; first++) {
        for (const [firstTile, secondTile] of tilePairsOf(shape, first, second)) {
          if (done[tilePairIndex(firstTile, secondTile)] === 0) {
            this.pending.push([first, second]);
            break;
          }
        }
      }
    }
  }

  hasPending(): boolean {
    return this.pending.length > 0;
  }

  /** A pair that nobody works on, for the caller alone; undefined when there is none just now. */
  take(): PanelPair | undefined {
    const pair = this.pending.find(([first, second]) => !this.busy.has(first) && !this.busy.has(second));
    pair?.forEach((panel) => this.busy.add(panel));
    return pair;
  }

  /** Gives a pair back. */
  release(pair: PanelPair, isDone: boolean): void {
    pair.forEach((panel) => this.busy.delete(panel));
    if (isDone) {
      this.pending = this.pending.filter((other) => other !== pair);
    }
    this.wake();
  }

  /** Resolves when a pair is given back, or at {@link wake}. */
  async released(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** Lets all who wait look again. */
  wake(): void {
    const { waiting } = this;
    this.waiting = [];
    waiting.forEach((resolve) => {
      resolve();
    });
  }
}
