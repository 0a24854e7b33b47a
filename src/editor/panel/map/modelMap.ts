import type { EmbeddingSession } from '../../../engine/session/embeddingSession';
import type { ModelIdentity } from '../../../model/modelLocation';
import type { MapView } from '../../../protocol/map/mapView';
import { isCancellation } from '../../isCancellation';
import type { NeighborGraphBuilds } from '../../session/neighborGraphBuilds';
import { messageOf } from '../panelContext';
import { KnownTokens } from './knownTokens';
import type { MapContents } from './mapContents';
import { MOST_PREPARED } from './mapTokens';
import { makeMap, prepareMap, type MakingServices, type TakeMap } from './makeMap';

export interface ModelMapServices extends MakingServices {
  readonly session: MakingServices['session'] &
    Pick<EmbeddingSession, 'state' | 'graph' | 'ensureReady' | 'onDidChangeState' | 'onDidChangeGraph'>;
  readonly builds: Pick<NeighborGraphBuilds, 'build' | 'stop'>;
  /** A failure that is no cancellation, for the log. */
  readonly onFailure: (error: unknown) => void;
}

/** So often in a row the engine may lose its model while its map is made: more is no chance. */
const MOST_LOSSES = 1;

const WAITING: MapView = { stage: 'waiting' };

/**
 * The map of the model that is loaded, for all inspectors: what one of them has made is shown by all, and what one stops is stopped for
 * all. The layout that is kept, else the one that is made of the neighbor graph, which is built for it; until it is there, the rows on
 * their two principal axes. While nobody holds it, nothing listens and nothing is kept.
 */
export class ModelMap {
  private readonly holders = new Set<() => void>();
  private readonly tokens = new KnownTokens();
  private listeners: readonly { dispose(): void }[] = [];
  private known: MapContents | undefined;
  private current: MapView = WAITING;
  private running: AbortController | undefined;
  /** Of what is worked out before the map is asked for; there from the first time on that somebody may. */
  private preparing: AbortController | undefined;
  /** Whether the map of the present model was asked for already: it begins once by itself. */
  private isBegun = false;
  private losses = 0;
  private generation = 0;

  constructor(private readonly services: ModelMapServices) {}

  get view(): MapView {
    return this.current;
  }

  /** undefined while no model is loaded. */
  get contents(): MapContents | undefined {
    return this.known;
  }

  /**
   * Keeps the map for as long as somebody needs it.
   *
   * @param onChange Called after each change of {@link view} or {@link contents}.
   */
  hold(onChange: () => void): { dispose(): void } {
    if (this.holders.size === 0) {
      const { session } = this.services;
      this.listeners = [
        session.onDidChangeState(() => this.follow()),
        session.onDidChangeGraph(() => this.goOn()),
      ];
      this.follow();
    }
    // A wrapper, so that two may pass the same function.
    const holder = (): void => onChange();
    this.holders.add(holder);
    return {
      dispose: () => {
        if (this.holders.delete(holder) && this.holders.size === 0) {
          this.end();
        }
      },
    };
  }

  /**
   * Somebody looks at a model, and may look at its map next: its tokens are worked out, and a layout that is kept is opened, so that they need
   * not be waited for. Nothing is made. To be called by who holds it.
   */
  prepare(): void {
    const { known } = this;
    if (known && !this.isBegun && !this.preparing && known.model.rowCount <= MOST_PREPARED) {
      this.preparing = new AbortController();
      // Who asks for the map is told of a failure.
      prepareMap(
        this.services,
        this.tokens,
        known,
        this.preparing.signal,
        this.taker(this.preparing.signal),
      ).catch(() => undefined);
    }
  }

  private taker(signal: AbortSignal): TakeMap {
    return (contents, view = this.current) => {
      if (!signal.aborted) {
        this.known &&= { ...this.known, ...contents };
        // Then nothing is left to begin.
        this.isBegun ||= view.stage === 'ready';
        this.show(view);
      }
    };
  }

  /** Somebody looks at the map: it begins, unless it has. Loads the model where that is needed. */
  want(): void {
    if (!this.isBegun) {
      this.isBegun = true;
      void this.run();
    }
  }

  /** Another model or file may be wanted: what failed is tried again. */
  tryAgain(): void {
    this.losses = 0;
    this.isBegun &&= this.known !== undefined || this.running !== undefined;
    this.tell();
  }

  /** Builds what was stopped or has failed, by hand. */
  make(): void {
    const { current } = this;
    if (this.running) {
      return;
    }
    this.losses = 0;
    if (current.stage === 'linear') {
      this.show({ ...current, graph: { state: 'building', fraction: 0 } });
    } else if (current.stage === 'stopped') {
      this.show({ ...current, stage: 'unfolding', epoch: 0, fraction: 0 });
    } else if (current.stage === 'failed') {
      this.show(WAITING);
    } else {
      return;
    }
    this.isBegun = true;
    void this.run();
  }

  /** Stops what is being built; the map stays as it is. */
  stop(): void {
    const { current } = this;
    if (current.stage === 'linear' && current.graph.state === 'building') {
      this.giveUp();
      this.show({ ...current, graph: { state: 'stopped' } });
      // Nor does it begin again by itself.
      this.services.builds.stop();
    } else if (current.stage === 'unfolding') {
      const { epoch, epochs } = current;
      this.giveUp();
      this.show({ stage: 'stopped', epoch, epochs });
    }
  }

  /** Follows the session to another model, or to none. */
  private follow(): void {
    const { state } = this.services.session;
    const model = state.state === 'ready' ? state.model : undefined;
    if (isSame(model, this.known?.model)) {
      return;
    }
    if (this.known && this.running) {
      this.losses++;
    }
    this.forget();
    this.known = model && { model, key: String(++this.generation) };
    this.tell();
  }

  /** The graph was built, or begun, after it was stopped here. */
  private goOn(): void {
    const { current, running } = this;
    const isStopped = current.stage === 'linear' && current.graph.state === 'stopped';
    if (isStopped && !running && this.services.session.graph.state !== 'none') {
      this.make();
    }
  }

  private end(): void {
    for (const listener of this.listeners) {
      listener.dispose();
    }
    this.listeners = [];
    this.losses = 0;
    this.forget();
  }

  private forget(): void {
    this.giveUp();
    this.known = undefined;
    this.current = WAITING;
    this.isBegun = false;
  }

  private giveUp(): void {
    const { running, preparing } = this;
    this.running = undefined;
    this.preparing = undefined;
    for (const work of [running, preparing]) {
      work?.abort(new DOMException('The map is not made any more.', 'AbortError'));
    }
  }

  /** Never rejects. */
  private async run(): Promise<void> {
    const running = new AbortController();
    const { signal } = running;
    this.running = running;
    // What is asked for now is asked for as a whole.
    this.preparing?.abort();
    try {
      if (this.losses > MOST_LOSSES) {
        throw new Error('The engine has lost the model each time its map was made.');
      }
      if (this.known) {
        await makeMap(this.services, this.tokens, this.known, signal, this.taker(signal));
        this.losses = 0;
      } else {
        // When it is ready, whoever looks wants its map.
        await this.services.session.ensureReady(signal);
      }
    } catch (error) {
      if (!signal.aborted) {
        this.fail(error);
      }
    } finally {
      if (this.running === running) {
        this.running = undefined;
      }
    }
  }

  private fail(error: unknown): void {
    const { current, services } = this;
    if (isCancellation(error)) {
      // Somebody else has stopped it, such as who cancels the loading of a model that is woken for it.
      if (current.stage === 'linear') {
        this.show({ ...current, graph: { state: 'stopped' } });
      } else if (current.stage === 'unfolding') {
        this.show({ stage: 'stopped', epoch: current.epoch, epochs: current.epochs });
      } else if (this.known) {
        this.isBegun = false;
      }
    } else if (this.known || this.losses > MOST_LOSSES) {
      services.onFailure(error);
      this.show({ stage: 'failed', message: messageOf(error) });
    }
    // A load that failed is the session's state, and shown as such.
  }

  private show(view: MapView): void {
    this.current = view;
    this.tell();
  }

  private tell(): void {
    for (const holder of [...this.holders]) {
      holder();
    }
  }
}

function isSame(a: ModelIdentity | undefined, b: ModelIdentity | undefined): boolean {
  return a === b || (a?.path === b?.path && a?.tensorName === b?.tensorName && a?.rowCount === b?.rowCount);
}
