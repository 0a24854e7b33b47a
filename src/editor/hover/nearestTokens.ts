import type { NeighborRequest } from '../../engine/questions/neighborAnswer';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';

/** Neighbors shown for each piece. */
const NEAREST = 3;

/** Tokens whose neighbors are remembered: words come back on a page, and a question takes a message to the worker. */
const REMEMBERED = 1_000;

export interface NearestToken {
  readonly id: number;
  readonly score: number;
}

/**
 * The nearest tokens of tokens, for hovers: asks only for what needs no work, and remembers what it has found in the loaded
 * matrix, also while that is freed.
 */
export class NearestTokens {
  /** By token id; the first entry is the one used longest ago. */
  private readonly remembered = new Map<number, readonly NearestToken[]>();
  private readonly listener: { dispose(): void };

  constructor(private readonly session: EmbeddingSession) {
    this.listener = session.onDidChangeState(() => this.remembered.clear());
  }

  /**
   * @param ids Token ids, asked for in one question.
   * @returns The nearest tokens by cosine similarity, best first, of those ids for which they are at hand.
   * @throws {RangeError} when the loaded matrix has no such row, or a row that is not ranked.
   * @throws The signal's reason when it is aborted.
   */
  async of(
    ids: readonly number[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<number, readonly NearestToken[]>> {
    const found = new Map<number, readonly NearestToken[]>();
    for (const id of ids) {
      const known = this.remembered.get(id);
      if (known) {
        this.remember(id, known);
        found.set(id, known);
      }
    }
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length > 0) {
      for (const [id, nearest] of await this.search(missing, signal)) {
        found.set(id, nearest);
      }
    }
    return found;
  }

  dispose(): void {
    this.listener.dispose();
  }

  private async search(
    ids: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<Map<number, readonly NearestToken[]>> {
    const { state } = this.session;
    const requests = ids.map((id): NeighborRequest => ({
      query: { terms: [{ weight: 1, id }] },
      metric: 'cosine',
      k: NEAREST + 1,
    }));
    const answers = (await this.session.neighborsOfManyIfReady(requests, signal)) ?? [];
    const found = new Map<number, readonly NearestToken[]>();
    ids.forEach((id, index) => {
      const neighbors = answers[index]?.neighbors;
      if (neighbors) {
        found.set(id, neighbors.filter((neighbor) => neighbor.id !== id).slice(0, NEAREST));
      }
    });
    // Another model may have come meanwhile: its tokens have other neighbors.
    if (this.session.state === state) {
      found.forEach((nearest, id) => {
        this.remember(id, nearest);
      });
    }
    return found;
  }

  private remember(id: number, nearest: readonly NearestToken[]): void {
    this.remembered.delete(id);
    this.remembered.set(id, nearest);
    const [oldest] = this.remembered.keys();
    if (this.remembered.size > REMEMBERED && oldest !== undefined) {
      this.remembered.delete(oldest);
    }
  }
}
