import type { GraphMemory, ThreadArea } from './graphMemory';
import { rowsOfTile, tilePairIndex, tilePairsOf } from './graphShape';

/**
 * What is to be done next with a pair of panels:
 *
 * - `done`: nothing
 * - `settle`: the entries of some rows have to be scored exactly, then it goes on
 * - `paused`: it goes on at any time; no pair of tiles is half done
 */
export type CrossOutcome = 'done' | 'settle' | 'paused';

/**
 * Crosses the tiles of two panels, of which no other thread may touch a row meanwhile.
 *
 * A pair of tiles that met full rows is half done: it must be gone on with, by a new call with the same area, before anything else.
 */
export class PanelCrossing {
  private readonly done: Uint8Array;
  private readonly words: Uint32Array;
  private readonly pairs: Iterator<readonly [number, number], void>;
  private current: readonly [number, number] | undefined;

  constructor(
    private readonly graph: GraphMemory,
    private readonly area: ThreadArea,
    firstPanel: number,
    secondPanel: number,
  ) {
    const { layout, shape } = graph;
    this.done = graph.bytes(layout.done, (shape.tileCount * (shape.tileCount + 1)) / 2);
    this.words = graph.uint32(area.request, 18);
    this.pairs = tilePairsOf(shape, firstPanel, secondPanel);
  }

  /** @param shouldPause Asked after each pair of tiles, about a millisecond of work. */
  run(shouldPause: () => boolean): CrossOutcome {
    for (;;) {
      this.current ??= this.nextPair();
      if (this.current === undefined) {
        return 'done';
      }
      if (this.graph.kernel.crossTiles(this.area.request) !== 0) {
        return 'settle';
      }
      this.done[tilePairIndex(...this.current)] = 1;
      this.current = undefined;
      if (shouldPause()) {
        return 'paused';
      }
    }
  }

  private nextPair(): readonly [number, number] | undefined {
    for (;;) {
      const next = this.pairs.next();
      if (next.done === true) {
        return undefined;
      }
      const [first, second] = next.value;
      if (this.done[tilePairIndex(first, second)] === 0) {
        const { shape } = this.graph;
        const [firstRow, endRow] = rowsOfTile(shape, first);
        const [firstOther, endOther] = rowsOfTile(shape, second);
        // firstRow … endOther, then the blocks to begin with.
        this.words.set([firstRow, endRow, firstOther, endOther, firstRow, firstOther], 9);
        return next.value;
      }
    }
  }
}
