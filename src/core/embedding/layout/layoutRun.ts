import { LayoutMemory } from './layoutMemory';
import { checkLayoutSettings, type LayoutSettings } from './layoutSettings';
import { repulsionRamp } from './repulsionRamp';
import type { SeededNumbers } from './seededNumbers';
import type { SymmetricEdges } from './symmetricEdges';

/** Edges that are looked at in one step: some milliseconds in the epochs that draw most of them. */
const STEP_EDGES = 300_000;

/**
 * Lays points out on a plane so that those that are joined by heavy edges come to lie near each other: stochastic gradient descent on
 * UMAP's objective with b = 1, and with a repulsion that grows.
 */
export class LayoutRun {
  private readonly memory: LayoutMemory;
  private readonly repulsions: Float32Array;
  /** The points at which steps end; the last one ends an epoch. */
  private readonly stepEnds: readonly number[];
  private epoch = 0;
  private stepOfEpoch = 0;

  /**
   * @param start x and y of each point.
   * @param random Gives the numbers that decide which points push.
   * @throws {RangeError} for settings that no layout can have, and when the memory cannot be had.
   * @throws {Error} when this runtime cannot run the kernel.
   */
  constructor(
    edges: SymmetricEdges,
    start: Float32Array,
    private readonly settings: LayoutSettings,
    random: SeededNumbers,
  ) {
    checkLayoutSettings(settings);
    // A state of 0 would stay 0.
    const lanes = Array.from({ length: 4 }, () => random.uint32() | 1);
    this.memory = LayoutMemory.create(edges, start, lanes);
    this.repulsions = repulsionRamp(settings.epochs);
    this.stepEnds = endsOfSteps(edges.offsets);
  }

  /** Epochs that are done. */
  get epochsDone(): number {
    return this.epoch;
  }

  get isDone(): boolean {
    return this.epoch === this.settings.epochs;
  }

  /** Does some milliseconds of work: an epoch, or a part of one. To be called until {@link isDone}. */
  step(): void {
    const { epoch, stepOfEpoch, stepEnds } = this;
    if (stepOfEpoch === 0) {
      this.memory.beginEpoch(epoch, 1 - epoch / this.settings.epochs, this.repulsions[epoch]);
    }
    this.memory.drawEdges(stepOfEpoch === 0 ? 0 : stepEnds[stepOfEpoch - 1], stepEnds[stepOfEpoch]);
    this.stepOfEpoch = (stepOfEpoch + 1) % stepEnds.length;
    this.epoch += this.stepOfEpoch === 0 ? 1 : 0;
  }

  /** A copy of x and y of each point as they are now. */
  positions(): Float32Array<ArrayBuffer> {
    return Float32Array.from(this.memory.positions);
  }
}

function endsOfSteps(offsets: Uint32Array): number[] {
  const pointCount = offsets.length - 1;
  const ends: number[] = [];
  let first = 0;
  for (let point = 1; point < pointCount; point++) {
    if (offsets[point] - first >= STEP_EDGES) {
      ends.push(point);
      first = offsets[point];
    }
  }
  return [...ends, pointCount];
}
