import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import type { LayoutProgress, VocabularyLayout } from '../../../engine/questions/vocabularyLayout';
import type { EmbeddingSession } from '../../../engine/session/embeddingSession';
import type { ModelIdentity } from '../../../model/modelLocation';
import type { MapRegion } from '../../../protocol/map/mapMessages';
import type { MapGraphView, MapView } from '../../../protocol/map/mapView';
import { isCancellation } from '../../isCancellation';
import type { NeighborGraphBuilds } from '../../session/neighborGraphBuilds';
import { messageOf } from '../panelContext';
import { figuresView } from './figuresView';
import { mapRegions } from './mapRegions';
import { mapTokens, type MapTokens } from './mapTokens';
import { shownProgress } from './shownProgress';

export interface ModelMapServices {
  readonly session: Pick<
    EmbeddingSession,
    'state' | 'graph' | 'ensureReady' | 'ask' | 'onDidChangeState' | 'onDidChangeGraph'
  >;
  readonly builds: Pick<NeighborGraphBuilds, 'build' | 'stop'>;
  readonly tokenizer: () => Tokenizer;
  /** A failure that is no cancellation, for the log. */
  readonly onFailure: (error: unknown) => void;
}

/** Where the tokens lie just now. Another object with each change. */
export interface MapPositions {
  readonly stage: 'linear' | 'unfolding' | 'ready';
  /** x and y of each row; NaN without a place. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** What is known of a layout besides its positions. */
export interface MapLayout extends Pick<VocabularyLayout, 'near' | 'checksum' | 'settings'> {
  readonly regions: readonly (readonly MapRegion[])[];
}

/** What the map of a model is drawn from, as far as it is there. */
export interface MapContents {
  readonly model: ModelIdentity;
  /** Tells this model from others, and from the same one after it was loaded anew. */
  readonly key: string;
  readonly tokens?: MapTokens;
  readonly positions?: MapPositions;
  /** Of `positions`, once these are `ready`. */
  readonly layout?: MapLayout;
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
  private listeners: readonly { dispose(): void }[] = [];
  private known: MapContents | undefined;
  private current: MapView = WAITING;
  private explained: readonly [number, number] = [0, 0];
  private running: AbortController | undefined;
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
    const { running } = this;
    this.running = undefined;
    running?.abort(new DOMException('The map is not made any more.', 'AbortError'));
  }

  /** Never rejects. */
  private async run(): Promise<void> {
    const running = new AbortController();
    const { signal } = running;
    this.running = running;
    try {
      if (this.losses > MOST_LOSSES) {
        throw new Error('The engine has lost the model each time its map was made.');
      }
      if (this.known) {
        await this.makeMap(this.known.model, signal);
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
      if (current.stage === 'linear') {
        this.show({ ...current, graph: { state: 'stopped' } });
      }
    } else if (this.known || this.losses > MOST_LOSSES) {
      services.onFailure(error);
      this.show({ stage: 'failed', message: messageOf(error) });
    }
    // A load that failed is the session's state, and shown as such.
  }

  private async makeMap(model: ModelIdentity, signal: AbortSignal): Promise<void> {
    const tokens = this.learnTokens(model.rowCount, signal);
    // It is awaited later, or not at all where something else fails.
    tokens.catch(() => undefined);
    try {
      let opened = await this.openLayout(signal);
      if (!opened) {
        await this.drawLinearly({ state: 'building', fraction: 0 }, signal);
        await this.buildGraph(signal);
        opened = await this.openLayout(signal);
      }
      if (!opened) {
        throw new Error('The neighbor graph cannot be read any more.');
      }
      await tokens;
      signal.throwIfAborted();
      this.showLayout(opened.layout, opened.milliseconds);
    } catch (error) {
      if (signal.aborted || !(error instanceof RangeError)) {
        throw error;
      }
      await this.drawLinearly({ state: 'refused', reason: messageOf(error) }, signal);
    }
  }

  private async learnTokens(rowCount: number, signal: AbortSignal): Promise<void> {
    if (!this.known?.tokens) {
      const tokens = await mapTokens(this.services.tokenizer(), rowCount, signal);
      signal.throwIfAborted();
      this.add({ tokens });
      this.tell();
    }
  }

  /** @returns undefined where there is no neighbor graph. */
  private async openLayout(
    signal: AbortSignal,
  ): Promise<{ readonly layout: VocabularyLayout; readonly milliseconds: number } | undefined> {
    const begun = performance.now();
    const layout = await this.services.session.ask('layout', undefined, signal, (progress) => {
      if (!signal.aborted) {
        this.unfold(progress);
      }
    });
    signal.throwIfAborted();
    return layout && { layout, milliseconds: performance.now() - begun };
  }

  private unfold({ positions, epoch, epochs, ...progress }: LayoutProgress): void {
    this.add({ positions: { stage: 'unfolding', values: positions } });
    this.show({ stage: 'unfolding', ...shownProgress(progress), epoch, epochs });
  }

  private async drawLinearly(graph: MapGraphView, signal: AbortSignal): Promise<void> {
    if (this.known?.positions?.stage !== 'linear') {
      const { positions, explained } = await this.services.session.ask('linearMap', undefined, signal);
      signal.throwIfAborted();
      this.explained = explained;
      this.add({ positions: { stage: 'linear', values: positions } });
    }
    this.show({ stage: 'linear', explained: this.explained, graph });
  }

  private async buildGraph(signal: AbortSignal): Promise<void> {
    const { explained } = this;
    let shown = '';
    await this.services.builds.build(signal, (progress) => {
      const view = shownProgress(progress);
      const text = JSON.stringify(view);
      if (!signal.aborted && text !== shown) {
        shown = text;
        this.show({ stage: 'linear', explained, graph: { state: 'building', ...view } });
      }
    });
    signal.throwIfAborted();
  }

  private showLayout(layout: VocabularyLayout, milliseconds: number): void {
    const { positions, near, checksum, settings } = layout;
    const kinds = this.known?.tokens?.kinds ?? new Uint8Array();
    const regions = mapRegions(layout.regions, kinds, this.services.tokenizer(), positions);
    this.losses = 0;
    this.add({
      positions: { stage: 'ready', values: positions },
      layout: { near, checksum, settings, regions },
    });
    this.show({ stage: 'ready', figures: figuresView(layout, milliseconds) });
  }

  private add(contents: Partial<MapContents>): void {
    this.known &&= { ...this.known, ...contents };
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
