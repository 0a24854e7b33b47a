import path from 'node:path';
import { LAYOUT_NEIGHBORS } from '../../../src/core/embedding/layout/layoutSettings';
import { visibleTexts } from '../../../src/core/query/filters/visibleTexts';
import { regionNames } from '../../../src/core/query/mapLabels/regionNames';
import { TOKEN_KINDS, tokenKinds } from '../../../src/core/query/mapLabels/tokenKinds';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { InProcessEngine } from '../../../src/engine/loaded/inProcessEngine';
import { parseModelLocation } from '../../../src/model/parseModelLocation';
import { loadTokenizer } from '../../../src/model/tokenizers/loadTokenizer';
import { tokenizerForModel } from '../../../src/model/tokenizers/tokenizerForModel';
import type {
  MapNeighbor,
  MapRegion,
  MapToWebview,
  MapValuesName,
} from '../../../src/protocol/map/mapMessages';
import type { MapFiguresView } from '../../../src/protocol/map/mapView';
import { projectFolder } from '../pageServer';

/** Where graph and layout are kept from run to run. */
const CACHE = path.join(projectFolder, 'out/mapOfTests');

type Message<Type extends MapToWebview['type']> = Extract<MapToWebview, { readonly type: Type }>;

/** The map of the sample vectors, made by the real engine, as the host tells a page about it. */
export interface SampleMap {
  readonly model: string;
  readonly tokenizer: Tokenizer;
  readonly tokens: Message<'mapTokens'>;
  readonly linear: Message<'mapPositions'>;
  readonly explained: readonly [number, number];
  readonly positions: Message<'mapPositions'>;
  readonly layout: Message<'mapLayout'>;
  readonly figures: MapFiguresView;
  neighborsOf(id: number): Promise<readonly MapNeighbor[]>;
  valuesOf(name: MapValuesName, queryId: number): Promise<ArrayBuffer>;
  pathBetween(from: number, to: number): Promise<readonly number[]>;
}

let made: Promise<SampleMap> | undefined;

/** Makes it, or opens it where it was made before; once for all suites. */
export function sampleMap(): Promise<SampleMap> {
  made ??= makeSampleMap();
  return made;
}

async function makeSampleMap(): Promise<SampleMap> {
  const engine = new InProcessEngine();
  const loaded = await engine.load(await parseModelLocation('sample'), { cacheFolder: CACHE });
  const tokenizer = await tokenizerForModel(loaded, loadTokenizer);
  await engine.ask('buildGraph', undefined);
  const layout = await engine.ask('layout', undefined);
  if (!layout) {
    throw new Error('The sample vectors have no neighbor graph.');
  }
  const { positions: linear, explained } = await engine.ask('linearMap', undefined);
  const model = 'sample';
  const kinds = tokenKinds(tokenizer);
  return {
    model,
    tokenizer,
    tokens: {
      type: 'mapTokens',
      model,
      texts: visibleTexts(tokenizer).join('\n'),
      kinds: kinds.slice().buffer,
    },
    linear: { type: 'mapPositions', model, stage: 'linear', positions: linear.buffer },
    explained,
    positions: { type: 'mapPositions', model, stage: 'ready', positions: layout.positions.buffer },
    layout: {
      type: 'mapLayout',
      model,
      layout: layout.checksum,
      near: layout.near.buffer,
      regions: layout.regions.map((level) =>
        regionNames(level, kinds, (id) => tokenizer.decode([id])).map(
          ({ size, tokens, kind }, region): MapRegion => ({
            x: level.places[2 * region] ?? NaN,
            y: level.places[2 * region + 1] ?? NaN,
            size,
            tokens,
            ...(kind !== undefined && { kind: TOKEN_KINDS.indexOf(kind) }),
          }),
        ),
      ),
    },
    figures: {
      tokenCount: layout.near.length,
      placedCount: layout.placedCount,
      ...layout.figures,
      ...layout.settings,
      source: 'kept',
      milliseconds: 12,
    },
    async neighborsOf(id) {
      const answer = await engine.ask('neighbors', {
        query: { terms: [{ id, weight: 1 }] },
        k: LAYOUT_NEIGHBORS + 1,
      });
      return answer.neighbors
        .filter((neighbor) => neighbor.id !== id)
        .slice(0, LAYOUT_NEIGHBORS)
        .map((neighbor) => ({ id: neighbor.id, score: neighbor.score }));
    },
    async valuesOf(name, queryId) {
      const { values } = await engine.ask(
        'valuesOfAll',
        name === 'similarity'
          ? { kind: 'similarity', query: { terms: [{ id: queryId, weight: 1 }] }, metric: 'cosine' }
          : { kind: name },
      );
      return values.buffer;
    },
    async pathBetween(from, to) {
      return Array.from((await engine.ask('pathBetween', { from, to }))?.ids ?? []);
    },
  };
}
