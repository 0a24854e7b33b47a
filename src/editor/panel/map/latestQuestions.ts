import type { MapQuestion } from './mapAnswers';

/**
 * Questions about the map of which only the one asked last is looked at: another way, other values, other filters. The one before of the same
 * kind is given up, in the engine too. Of neighbors several are looked at: the selected token's and the hovered one's.
 */
export class LatestQuestions {
  private readonly running = new Map<MapQuestion['type'], AbortController>();

  /** @returns What ends the question: another of its kind, or {@link stop}. undefined for one that is answered in any case. */
  begin(type: MapQuestion['type']): AbortSignal | undefined {
    if (type === 'mapNeighbors') {
      return undefined;
    }
    this.running.get(type)?.abort();
    const controller = new AbortController();
    this.running.set(type, controller);
    return controller.signal;
  }

  stop(): void {
    this.running.forEach((controller) => {
      controller.abort();
    });
    this.running.clear();
  }
}
