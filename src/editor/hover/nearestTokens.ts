import type { EmbeddingSession } from '../../engine/embeddingSession';

/** Neighbors shown for each piece. */
const NEAREST = 3;

/** Tokens whose neighbors are remembered: words come back on a page, and a search takes as long as reading the matrix does. */
const REMEMBERED = 1_000;

export interface NearestToken {
  readonly id: number;
  readonly score: number;
}

/** The nearest tokens of a token, for hovers: never loads the matrix, and remembers what it has found in the loaded one. */
export class NearestTokens {
  /** By token id; the first entry is the one used longest ago. */
  private readonly remembered = new Map<number, readonly NearestToken[]>();
  private readonly listener: { dispose(): void };

  constructor(private readonly session: EmbeddingSession) {
    this.listener = session.onDidChangeState(() => this.remembered.clear());
  }

  /**
   * @returns undefined while no matrix is loaded.
   * @throws {RangeError} when the loaded matrix has no such row, or a row that is not ranked.
   */
  async of(id: number): Promise<readonly NearestToken[] | undefined> {
    const known = this.remembered.get(id);
    if (known) {
      this.remember(id, known);
      return known;
    }
    const { state } = this.session;
    const answer = await this.session.neighborsIfReady({
      query: { terms: [{ weight: 1, id }] },
      k: NEAREST + 1,
    });
    if (!answer) {
      return undefined;
    }
    const nearest = answer.neighbors.filter((neighbor) => neighbor.id !== id).slice(0, NEAREST);
    // Another model may have come meanwhile: its tokens have other neighbors.
    if (this.session.state === state) {
      this.remember(id, nearest);
    }
    return nearest;
  }

  dispose(): void {
    this.listener.dispose();
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
