import { linearMap, type LinearMap } from '../../../core/embedding/linearMap';
import type { RowStore } from '../../../core/embedding/search/embeddingSearch';
import type { Steps } from '../../../core/work/steps';
import { inTurns } from '../inTurns';

/** The linear map of a model's rows, worked out once: it is shown until there is a layout, and the layout unfolds from it. */
export class ModelLinearMap {
  private known: LinearMap | undefined;

  constructor(private readonly rows: RowStore) {}

  /**
   * A map of the caller's own, to be handed over.
   *
   * @throws {CheckpointError} when rows cannot be read any more.
   * @throws The signal's reason when it is aborted.
   */
  async copy(signal: AbortSignal): Promise<LinearMap> {
    const { positions, explained } = await inTurns(this.steps(), signal);
    return { positions: positions.slice(), explained };
  }

  /**
   * The map itself.
   *
   * @throws {CheckpointError} when rows cannot be read any more.
   */
  *steps(): Steps<LinearMap> {
    this.known ??= yield* linearMap(this.rows);
    return this.known;
  }
}
