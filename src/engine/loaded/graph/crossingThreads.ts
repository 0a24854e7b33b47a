import { PanelCrossing, type CrossOutcome } from '../../../core/embedding/graph/crossPanels';
import type { GraphMemory, ThreadArea } from '../../../core/embedding/graph/graphMemory';
import { settleRows } from '../../../core/embedding/graph/settleRows';
import type { RowStore } from '../../../core/embedding/search/embeddingSearch';
import { nextTask } from '../../nextTask';
import type { WorkerPort } from '../../workerPort';
import type { FromGraphThread, ToGraphThread } from './graphThread';

/** Where panels are crossed. */
export interface CrossingThread {
  /**
   * Crosses two panels, until they are done or the graph's stop flag is set.
   *
   * @throws {CheckpointError} when rows cannot be read any more.
   * @throws {Error} when the thread has ended.
   */
  cross(firstPanel: number, secondPanel: number): Promise<Exclude<CrossOutcome, 'settle'>>;
  end(): Promise<void>;
}

/** This thread, in slices, between which it answers other messages. */
export class OwnThread implements CrossingThread {
  private readonly area: ThreadArea;
  private readonly stop: Int32Array;

  constructor(
    private readonly graph: GraphMemory,
    private readonly rows: RowStore,
    private readonly turns: Turns,
  ) {
    this.area = areaOf(graph, 0);
    this.stop = graph.int32(graph.layout.stop, 1);
  }

  async cross(firstPanel: number, secondPanel: number): Promise<Exclude<CrossOutcome, 'settle'>> {
    const { graph, rows, area, turns } = this;
    const crossing = new PanelCrossing(graph, area, firstPanel, secondPanel);
    const isStopped = (): boolean => Atomics.load(this.stop, 0) !== 0;
    for (;;) {
      const outcome = crossing.run(() => isStopped() || turns.isOver());
      if (outcome === 'settle') {
        settleRows(graph, rows, area);
      } else if (outcome === 'done' || isStopped()) {
        return outcome;
      }
      await turns.next();
    }
  }

  async end(): Promise<void> {
    return Promise.resolve();
  }
}

/** A thread of its own. What is to be settled comes here: the thread cannot read rows. */
export class OtherThread implements CrossingThread {
  private readonly area: ThreadArea;
  private waiting: { resolve(outcome: CrossOutcome): void; reject(error: Error): void } | undefined;
  private ended: string | undefined;

  /** @param areaIndex Which of the layout's areas it works in. */
  constructor(
    private readonly port: WorkerPort,
    private readonly graph: GraphMemory,
    private readonly rows: RowStore,
    areaIndex: number,
  ) {
    this.area = areaOf(graph, areaIndex);
    port.onMessage((message) => {
      // Both ends are built together: a thread sends nothing else.
      this.waiting?.resolve((message as FromGraphThread).outcome);
    });
    port.onExit((reason) => {
      this.ended = reason;
      this.waiting?.reject(this.endedError());
    });
    const { memory, shape, layout, kernelKind } = graph;
    this.send({ type: 'begin', area: areaIndex, memory, shape, layout, kernelKind });
  }

  async cross(firstPanel: number, secondPanel: number): Promise<Exclude<CrossOutcome, 'settle'>> {
    let outcome = await this.ask({ type: 'cross', panels: [firstPanel, secondPanel] });
    while (outcome === 'settle') {
      settleRows(this.graph, this.rows, this.area);
      outcome = await this.ask({ type: 'resume' });
    }
    return outcome;
  }

  async end(): Promise<void> {
    await this.port.terminate();
  }

  private async ask(message: ToGraphThread): Promise<CrossOutcome> {
    if (this.ended !== undefined) {
      throw this.endedError();
    }
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.send(message);
    });
  }

  private send(message: ToGraphThread): void {
    this.port.postMessage(message);
  }

  private endedError(): Error {
    return new Error(`A thread of the neighbor graph has ended: ${this.ended ?? ''}.`);
  }
}

/** Slices of time of a thread that has other things to do as well. */
export class Turns {
  private begun = performance.now();

  /**
   * @param milliseconds Of work at a time.
   * @param onTurn Called at the end of each.
   */
  constructor(
    private readonly milliseconds: number,
    private readonly onTurn: () => void,
  ) {}

  isOver(): boolean {
    return performance.now() - this.begun >= this.milliseconds;
  }

  /** Lets everything else have its turn, where this one is over. */
  async next(): Promise<void> {
    if (this.isOver()) {
      this.onTurn();
      await nextTask();
      this.begun = performance.now();
    }
  }
}

function areaOf({ layout }: GraphMemory, index: number): ThreadArea {
  const area = layout.threads[index];
  if (area === undefined) {
    throw new RangeError(`There is no area ${index} in the memory of the neighbor graph.`);
  }
  return area;
}
