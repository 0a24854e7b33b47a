import { PanelCrossing, type CrossOutcome } from '../../../core/embedding/graph/crossPanels';
import { GraphMemory, type SharedGraph } from '../../../core/embedding/graph/graphMemory';

/** What the coordinator tells a thread. One message is answered before the next is sent; `begin` is not answered. */
export type ToGraphThread =
  /** Comes first. @property area Which of the layout's thread areas is the thread's own. */
  | ({ readonly type: 'begin'; readonly area: number } & SharedGraph)
  | { readonly type: 'cross'; readonly panels: readonly [first: number, second: number] }
  /** The full rows are settled. */
  | { readonly type: 'resume' };

export interface FromGraphThread {
  readonly outcome: CrossOutcome;
}

/** The thread's end of its connection to the coordinator. */
export interface GraphThreadPort {
  postMessage(message: FromGraphThread): void;
  onMessage(listener: (message: ToGraphThread) => void): void;
}

/** Serves as one of the threads that cross tiles. */
export function serveGraphThread(port: GraphThreadPort): void {
  let begun: { readonly graph: GraphMemory; readonly area: number; readonly stop: Int32Array } | undefined;
  let crossing: PanelCrossing | undefined;
  port.onMessage((message) => {
    if (message.type === 'begin') {
      const graph = GraphMemory.attach(message);
      begun = { graph, area: message.area, stop: graph.int32(message.layout.stop, 1) };
      return;
    }
    if (begun === undefined) {
      throw new Error('A thread of the neighbor graph was given work before its memory.');
    }
    const { graph, area, stop } = begun;
    if (message.type === 'cross') {
      const own = graph.layout.threads[area];
      if (own === undefined) {
        throw new Error(`There is no area ${area} in the memory of the neighbor graph.`);
      }
      crossing = new PanelCrossing(graph, own, ...message.panels);
    }
    const outcome = crossing?.run(() => Atomics.load(stop, 0) !== 0) ?? 'done';
    port.postMessage({ outcome });
  });
}
