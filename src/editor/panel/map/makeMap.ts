import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import type { VocabularyLayout } from '../../../engine/questions/vocabularyLayout';
import type { AskSession } from '../../../engine/session/sessionQuestion';
import type { MapGraphView, MapView } from '../../../protocol/map/mapView';
import type { NeighborGraphBuilds } from '../../session/neighborGraphBuilds';
import { messageOf } from '../panelContext';
import { figuresView } from './figuresView';
import type { MapContents } from './mapContents';
import type { KnownTokens } from './knownTokens';
import { mapRegions } from './mapRegions';
import { MOST_MAPPED, type MapTokens } from './mapTokens';
import { shownProgress } from './shownProgress';

/** What a map is made with. */
export interface MakingServices {
  readonly session: { readonly ask: AskSession };
  readonly builds: Pick<NeighborGraphBuilds, 'build'>;
  /** That of the model. */
  readonly tokenizer: () => Tokenizer;
}

/** Takes a part of a map, and its state where that is another by now. */
export type TakeMap = (contents: Partial<MapContents>, view?: MapView) => void;

/**
 * Opens the layout that is kept, else makes it: of the neighbor graph, which is built where there is none. Meanwhile, and where a matrix is
 * too large for a graph, the map is linear. One that is too large for any map is refused.
 *
 * @param tokensOf The tokens, worked out or not.
 * @param known What is there already.
 * @throws Whatever the engine fails with, but for {RangeError}, which is the reason why the map stays linear; the signal's reason.
 */
export async function makeMap(
  services: MakingServices,
  tokensOf: KnownTokens,
  known: MapContents,
  signal: AbortSignal,
  take: TakeMap,
): Promise<void> {
  const { rowCount } = known.model;
  if (rowCount > MOST_MAPPED) {
    const rows = rowCount.toLocaleString('en-US');
    const most = MOST_MAPPED.toLocaleString('en-US');
    const reason = `This matrix has ${rows} rows; a map is drawn of ${most} at most. Lists, comparisons and filters are of all rows.`;
    take({}, { stage: 'refused', reason });
    return;
  }
  const linear = new LinearStage(services, known.positions, signal, take);
  const tokens = learnTokens(services, tokensOf, known, signal, take);
  // It is awaited later, or not at all where something else fails.
  tokens.catch(() => undefined);
  try {
    let opened = await openLayout(services, signal, take);
    if (!opened) {
      await linear.show({ state: 'building', fraction: 0 });
      await buildGraph(services, linear, signal);
      opened = await openLayout(services, signal, take);
    }
    if (!opened) {
      throw new Error('The neighbor graph cannot be read any more.');
    }
    const { kinds } = await tokens;
    signal.throwIfAborted();
    await takeLayout(opened, kinds, services, signal, take);
  } catch (error) {
    if (signal.aborted || !(error instanceof RangeError)) {
      throw error;
    }
    await linear.show({ state: 'refused', reason: messageOf(error) });
  }
}

/**
 * Works out what of a map takes next to nothing, before anybody asks for it: the tokens, and then the layout, where one is kept.
 *
 * @throws As {@link makeMap}.
 */
export async function prepareMap(
  services: MakingServices,
  tokensOf: KnownTokens,
  known: MapContents,
  signal: AbortSignal,
  take: TakeMap,
): Promise<void> {
  // At once, as long as the model is surely awake: it must not be woken for what nobody may ask for.
  const opening = openKept(services, signal);
  // It is awaited later, or not at all where the tokens fail.
  opening.catch(() => undefined);
  const { kinds } = await learnTokens(services, tokensOf, known, signal, take);
  const opened = await opening;
  signal.throwIfAborted();
  if (opened) {
    await takeLayout(opened, kinds, services, signal, take);
  }
}

async function openKept({ session }: MakingServices, signal: AbortSignal): Promise<OpenedLayout | undefined> {
  const begun = performance.now();
  const layout = await session.ask('keptLayout', undefined, signal);
  return layout && { layout, milliseconds: performance.now() - begun };
}

interface OpenedLayout {
  readonly layout: VocabularyLayout;
  readonly milliseconds: number;
}

async function takeLayout(
  { layout, milliseconds }: OpenedLayout,
  kinds: Uint8Array,
  { tokenizer }: MakingServices,
  signal: AbortSignal,
  take: TakeMap,
): Promise<void> {
  const { positions, near, checksum, settings } = layout;
  const regions = await mapRegions(layout.regions, kinds, tokenizer(), signal);
  take(
    { positions: { stage: 'ready', values: positions }, layout: { near, checksum, settings, regions } },
    { stage: 'ready', figures: figuresView(layout, milliseconds) },
  );
}

/** The map before there is a layout: its axes are asked for once. */
class LinearStage {
  private explained: readonly [number, number] | undefined;

  constructor(
    private readonly services: MakingServices,
    before: MapContents['positions'],
    private readonly signal: AbortSignal,
    private readonly take: TakeMap,
  ) {
    this.explained = before?.explained;
  }

  async show(graph: MapGraphView): Promise<void> {
    const { services, signal, take, explained } = this;
    if (explained) {
      take({}, { stage: 'linear', explained, graph });
      return;
    }
    const map = await services.session.ask('linearMap', undefined, signal);
    signal.throwIfAborted();
    this.explained = map.explained;
    take(
      { positions: { stage: 'linear', values: map.positions, explained: map.explained } },
      { stage: 'linear', explained: map.explained, graph },
    );
  }
}

async function learnTokens(
  { tokenizer }: MakingServices,
  tokensOf: KnownTokens,
  known: MapContents,
  signal: AbortSignal,
  take: TakeMap,
): Promise<MapTokens> {
  if (known.tokens) {
    return known.tokens;
  }
  const tokens = await tokensOf.of(tokenizer(), known.model.rowCount);
  signal.throwIfAborted();
  take({ tokens });
  return tokens;
}

/** @returns undefined where there is no neighbor graph. */
async function openLayout(
  { session }: MakingServices,
  signal: AbortSignal,
  take: TakeMap,
): Promise<OpenedLayout | undefined> {
  const begun = performance.now();
  const layout = await session.ask('layout', undefined, signal, (progress) => {
    const { positions, epoch, epochs, ...done } = progress;
    take(
      { positions: { stage: 'unfolding', values: positions } },
      { stage: 'unfolding', ...shownProgress(done), epoch, epochs },
    );
  });
  signal.throwIfAborted();
  return layout && { layout, milliseconds: performance.now() - begun };
}

async function buildGraph(
  { builds }: MakingServices,
  linear: LinearStage,
  signal: AbortSignal,
): Promise<void> {
  let shown = '';
  await builds.build(signal, (progress) => {
    const view = shownProgress(progress);
    const text = JSON.stringify(view);
    if (!signal.aborted && text !== shown) {
      shown = text;
      void linear.show({ state: 'building', ...view });
    }
  });
  signal.throwIfAborted();
}
