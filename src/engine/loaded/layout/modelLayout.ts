import { LAYOUT_SETTINGS } from '../../../core/embedding/layout/layoutSettings';
import type { EmbeddingSource } from '../../../model/embeddingSource';
import type { LayoutProgress, VocabularyLayout } from '../../questions/vocabularyLayout';
import { markUsed } from '../cache/cacheFolder';
import type { ModelGraph, WholeGraph } from '../modelGraph';
import { OneAtATime } from '../oneAtATime';
import { rowsOf } from '../sourceRows';
import { readLayout, writeLayout } from './layoutFiles';
import { makeLayout } from './makeLayout';
import type { ModelLinearMap } from './modelLinearMap';

/** The layout of a model's vocabulary, which is kept beside its neighbor graph. */
export class ModelLayout {
  private readonly turns = new OneAtATime();
  /** All who wait: what is made for one of them is shown to all. */
  private readonly listeners = new Set<(progress: LayoutProgress) => void>();

  constructor(
    private readonly source: EmbeddingSource,
    private readonly graph: ModelGraph,
    private readonly linearMap: ModelLinearMap,
  ) {}

  /**
   * Opens the layout, or makes it. One at a time: who asks meanwhile sees how it unfolds, and gets the one that is kept then.
   *
   * @returns undefined where there is no neighbor graph.
   * @throws As {@link makeLayout}.
   */
  async open(
    signal: AbortSignal,
    onProgress?: (progress: LayoutProgress) => void,
  ): Promise<VocabularyLayout | undefined> {
    // A wrapper, so that two callers may pass the same function.
    const listener = (progress: LayoutProgress): void => {
      onProgress?.(progress);
    };
    this.listeners.add(listener);
    try {
      return await this.turns.run(() => this.openOrMake(signal), signal);
    } finally {
      this.listeners.delete(listener);
    }
  }

  /**
   * Opens the layout where one is kept, beside one that is being made.
   *
   * @returns undefined where there is none.
   * @throws The signal's reason when it is aborted.
   */
  async openKept(signal: AbortSignal): Promise<VocabularyLayout | undefined> {
    const whole = await this.graph.whole();
    return whole && read(whole, signal);
  }

  /** To be called when all that is under way was canceled. */
  async close(): Promise<void> {
    await this.turns.ended;
  }

  private async openOrMake(signal: AbortSignal): Promise<VocabularyLayout | undefined> {
    const whole = await this.graph.whole();
    if (whole === undefined) {
      return undefined;
    }
    const { identity, files, checksum } = whole;
    const kept = await read(whole, signal);
    if (kept !== undefined) {
      return kept;
    }
    const lists = await whole.readLists(signal);
    if (lists === undefined) {
      return undefined;
    }
    const layout = await makeLayout({
      rows: rowsOf(this.source),
      lists,
      linearMap: this.linearMap,
      settings: LAYOUT_SETTINGS,
      signal,
      onProgress: (progress) => {
        for (const listener of [...this.listeners]) {
          listener(progress);
        }
      },
    });
    // Where it cannot be written, it is made again: no reason to keep it from who waits.
    if (this.source.isUnchanged()) {
      await writeLayout(files.layout, identity, checksum, layout, signal);
    }
    return layout;
  }
}

async function read(
  { files, identity, checksum }: WholeGraph,
  signal: AbortSignal,
): Promise<VocabularyLayout | undefined> {
  const kept = await readLayout(files.layout, identity, checksum, LAYOUT_SETTINGS, signal);
  if (kept !== undefined) {
    await markUsed(files.layout);
  }
  return kept;
}
