import { multiplyAddsDone } from '../../../core/embedding/graph/graphState';
import type { GraphMemory } from '../../../core/embedding/graph/graphMemory';
import { totalMultiplyAdds } from '../../../core/embedding/graph/graphShape';
import type { GraphProgress } from '../../questions/graphProgress';

/** Share of the whole time that scoring the lists takes, after all pairs are done. */
const SCORING_SHARE = 0.05;

/** Before that, a rate says nothing. */
const MILLISECONDS_BEFORE_ESTIMATE = 500;

/** Tells how far a graph is, as often as somebody can look. */
export class GraphProgressReport {
  private readonly begun = performance.now();
  private readonly firstFraction: number;
  private lastReport = -Infinity;
  private lastFraction = 0;

  constructor(
    private readonly graph: GraphMemory,
    private readonly milliseconds: number,
    private readonly onProgress: ((progress: GraphProgress) => void) | undefined,
  ) {
    this.firstFraction = this.crossed();
    this.report(this.firstFraction);
  }

  /** Called often while tiles are crossed. */
  crossing(): void {
    if (this.isDue()) {
      this.report(this.crossed());
    }
  }

  /** @param share Of the scoring, 0 … 1. */
  scoring(share: number): void {
    if (this.isDue()) {
      this.report(1 - SCORING_SHARE * (1 - share));
    }
  }

  finished(): void {
    this.onProgress?.({ fraction: 1, secondsLeft: 0 });
  }

  private crossed(): number {
    return (1 - SCORING_SHARE) * (multiplyAddsDone(this.graph) / totalMultiplyAdds(this.graph.shape));
  }

  private isDue(): boolean {
    return this.onProgress !== undefined && performance.now() - this.lastReport >= this.milliseconds;
  }

  private report(reached: number): void {
    const fraction = Math.max(reached, this.lastFraction);
    this.lastFraction = fraction;
    this.lastReport = performance.now();
    const elapsed = this.lastReport - this.begun;
    const done = fraction - this.firstFraction;
    const canTell = elapsed >= MILLISECONDS_BEFORE_ESTIMATE && done > 0;
    this.onProgress?.(
      canTell ? { fraction, secondsLeft: ((elapsed / done) * (1 - fraction)) / 1000 } : { fraction },
    );
  }
}
