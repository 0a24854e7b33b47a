import type { LayoutProgress, VocabularyLayout } from '../../../../../src/engine/questions/vocabularyLayout';
import type { GraphProgress } from '../../../../../src/engine/questions/graphProgress';
import type { EmbeddingState } from '../../../../../src/engine/session/embeddingState';
import type { GraphState } from '../../../../../src/engine/session/graphBuild';
import type { ModelIdentity } from '../../../../../src/model/modelLocation';
import type { ModelMapServices } from '../../../../../src/editor/panel/map/modelMap';
import { Gpt2Tokenizer } from '../../../../../src/core/tokenizer/gpt2Tokenizer';
import { vocabularySlices, type VocabularySlice } from '../../../../../src/editor/vocabulary/vocabularySlice';
import { answering } from '../../../engine/answering';
import { MODEL } from '../../plainEmbeddings';

/** The first tokens of GPT-2's vocabulary: no more than one slice, so that all that is made of them takes a turn or two. */
export const [tokenizer] = vocabularySlices(Gpt2Tokenizer.shared()) as [VocabularySlice];

/** Few rows, so that a test reads all of them. */
export const ROWS = 300;

/** A question that a test has not answered yet. It ends as the engine's do: with the signal's reason when that is aborted. */
export class OpenQuestion<Answer, Progress = never> {
  readonly promise: Promise<Answer>;
  private settle!: (answer: Answer) => void;
  private refuse!: (error: unknown) => void;

  constructor(
    readonly signal: AbortSignal | undefined,
    private readonly onProgress?: (progress: Progress) => void,
  ) {
    this.promise = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.refuse = reject;
    });
    signal?.addEventListener('abort', () => this.refuse(signal.reason));
  }

  get isCanceled(): boolean {
    return this.signal?.aborted === true;
  }

  tell(progress: Progress): void {
    this.onProgress?.(progress);
  }

  async answer(answer: Answer): Promise<void> {
    this.settle(answer);
    await settled();
  }

  async fail(error: unknown): Promise<void> {
    this.refuse(error);
    await settled();
  }
}

/** Lets all that waits for nothing but promises and turns of others go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** A session and the builds of its graph: the test decides when each question is answered, and with what. */
export class ScriptedSession {
  state: EmbeddingState = { state: 'none' };
  graph: GraphState = { state: 'none' };
  readonly asked: string[] = [];
  readonly layouts: OpenQuestion<VocabularyLayout | undefined, LayoutProgress>[] = [];
  readonly keptLayouts: OpenQuestion<VocabularyLayout | undefined>[] = [];
  readonly linearMaps: OpenQuestion<{ positions: Float32Array<ArrayBuffer>; explained: [number, number] }>[] =
    [];
  readonly builds: OpenQuestion<void, GraphProgress>[] = [];
  readonly loads: OpenQuestion<ModelIdentity>[] = [];
  readonly failures: unknown[] = [];
  /** How often the building of the graph was stopped for all. */
  stops = 0;
  /** How often the tokenizer was asked for. */
  tokenizersAsked = 0;
  private readonly stateListeners = new Set<(state: EmbeddingState) => void>();
  private readonly graphListeners = new Set<(graph: GraphState) => void>();

  get listenerCount(): number {
    return this.stateListeners.size + this.graphListeners.size;
  }

  readonly services: ModelMapServices = {
    session: this.session(),
    builds: {
      build: (signal, onProgress) => {
        this.asked.push('buildGraph');
        const build = new OpenQuestion<void, GraphProgress>(signal, onProgress);
        this.builds.push(build);
        return build.promise;
      },
      stop: () => {
        this.stops++;
      },
    },
    tokenizer: () => {
      this.tokenizersAsked++;
      return tokenizer;
    },
    onFailure: (error) => this.failures.push(error),
  };

  /** As `EmbeddingSession`: a new state is told at once. */
  enter(state: EmbeddingState): void {
    this.state = state;
    for (const listener of [...this.stateListeners]) {
      listener(state);
    }
  }

  enterGraph(graph: GraphState): void {
    this.graph = graph;
    for (const listener of [...this.graphListeners]) {
      listener(graph);
    }
  }

  becomeReady(name = 'plain', rowCount = ROWS): void {
    this.enter({ state: 'ready', model: { ...MODEL, path: `/models/${name}`, rowCount } });
  }

  private session(): ModelMapServices['session'] {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- getters of an object have their own
    const script = this;
    return {
      get state() {
        return script.state;
      },
      get graph() {
        return script.graph;
      },
      ensureReady: (signal) => {
        if (this.state.state === 'ready') {
          return Promise.resolve(this.state.model);
        }
        const load = new OpenQuestion<ModelIdentity>(signal);
        this.loads.push(load);
        return load.promise;
      },
      ask: answering({
        layout: (_, signal, onProgress) => {
          this.asked.push('layout');
          const layout = new OpenQuestion<VocabularyLayout | undefined, LayoutProgress>(signal, onProgress);
          this.layouts.push(layout);
          return layout.promise;
        },
        keptLayout: (_, signal) => {
          this.asked.push('keptLayout');
          const layout = new OpenQuestion<VocabularyLayout | undefined>(signal);
          this.keptLayouts.push(layout);
          return layout.promise;
        },
        linearMap: (_, signal) => {
          this.asked.push('linearMap');
          const map = new OpenQuestion<{
            positions: Float32Array<ArrayBuffer>;
            explained: [number, number];
          }>(signal);
          this.linearMaps.push(map);
          return map.promise;
        },
      }),
      onDidChangeState: (listener) => watch(this.stateListeners, listener),
      onDidChangeGraph: (listener) => watch(this.graphListeners, listener),
    };
  }
}

function watch<Listener>(listeners: Set<Listener>, listener: Listener): { dispose(): void } {
  listeners.add(listener);
  return { dispose: () => listeners.delete(listener) };
}

/** Places that tell which they are: all rows at (value, −value). */
export function placesAt(value: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: 2 * ROWS }, (_, at) => (at % 2 === 0 ? value : -value));
}

/** A layout without regions, as the engine gives it. */
export function layoutAt(value: number, source: VocabularyLayout['source'] = 'made'): VocabularyLayout {
  return {
    positions: placesAt(value),
    near: new Uint8Array(ROWS).fill(7),
    placedCount: ROWS,
    settings: { epochs: 400, seed: 1 },
    figures: { kept: 0.25, near: 0.5, noneKept: 0.06, torn: 0.13, tornFirst: 0.03 },
    regions: [],
    checksum: `layout ${value}`,
    source,
  };
}
