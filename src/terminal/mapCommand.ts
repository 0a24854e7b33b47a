import path from 'node:path';
import { parseArgs } from 'node:util';
import { float32Text } from '../core/embedding/analysis/float32Text';
import { visibleJson } from '../core/foreignText/visibleText';
import { regionNames } from '../core/query/mapLabels/regionNames';
import { tokenKinds } from '../core/query/mapLabels/tokenKinds';
import { unnamedId } from '../core/tokenizer/idLabel';
import type { Tokenizer } from '../core/tokenizer/tokenizer';
import { InProcessEngine } from '../engine/loaded/inProcessEngine';
import type { VocabularyLayout } from '../engine/questions/vocabularyLayout';
import { measureMap } from './mapFigures';
import { locateModel } from './locateModel';
import { noteTenths } from './noteTenths';
import { openModel } from './openModel';
import { writeLine } from './output';
import { tokenText } from './tokenText';
import { UsageError } from './usageError';

export const MAP_USAGE =
  'npm run -s map -- --model FILE|FOLDER|sample [--tensor NAME] [--labels FILE] [--positions] [--regions] [--cache FOLDER]';

/** Where graphs and layouts are kept, from the folder in which the program is started. */
const CACHE_FOLDER = path.join('.cache', 'map');

/** `map`: makes or opens the layout of all tokens, and says how far it can be believed. */
export async function mapCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      tensor: { type: 'string' },
      labels: { type: 'string' },
      positions: { type: 'boolean', default: false },
      regions: { type: 'boolean', default: false },
      cache: { type: 'string', default: CACHE_FOLDER },
    },
  });
  if (values.model === undefined || positionals.length > 0) {
    throw new UsageError('Give a model by --model, and nothing else.');
  }
  const engine = new InProcessEngine();
  try {
    const located = await locateModel(values.model, {
      tensorName: values.tensor,
      labelFile: values.labels,
      folder: path.join(values.cache, 'vectors'),
      isSearched: true,
    });
    const { model, tokenizer } = await openModel(engine, located, {
      cacheFolder: path.resolve(values.cache),
    });
    await engine.ask('buildGraph', undefined, undefined, noteTenths('neighbor graph'));
    const begun = performance.now();
    const layout = await engine.ask('layout', undefined, undefined, noteTenths('layout'));
    const seconds = (performance.now() - begun) / 1000;
    if (layout === undefined) {
      throw new RangeError('The neighbor graph cannot be read any more.');
    }
    const { settings, figures, placedCount, source, checksum, positions } = layout;
    const measured = await measureMap(engine, tokenizer, layout);
    const figuresLine = {
      model: model.isSample ? 'sample vectors, not GPT-2' : model.name,
      tokens: positions.length / 2,
      placed: placedCount,
      seed: settings.seed,
      epochs: settings.epochs,
      'kept@15': figures.kept,
      'near@100': figures.near,
      noneKept: figures.noneKept,
      torn: figures.torn,
      torn1: figures.tornFirst,
      ...measured,
      seconds,
      source,
      checksum,
    };
    await writeLine(visibleJson(figuresLine));
    if (values.positions) {
      await writePositions(layout, tokenizer);
    }
    if (values.regions) {
      await writeRegions(layout, tokenizer);
    }
  } finally {
    await engine.release();
  }
}

/** A line a token; of one without a place x, y and near are null. */
async function writePositions({ positions, near }: VocabularyLayout, tokenizer: Tokenizer): Promise<void> {
  for (const [id, count] of near.entries()) {
    const [x, y] = Array.from(positions.subarray(2 * id, 2 * id + 2), coordinate);
    await writeLine(
      visibleJson({ id, token: tokenText(tokenizer, id), x, y, near: x === null ? null : count }),
    );
  }
}

/** A line a region, those of a resolution by falling size. */
async function writeRegions({ regions }: VocabularyLayout, tokenizer: Tokenizer): Promise<void> {
  const kinds = tokenKinds(tokenizer);
  // Nothing is called after an id that no token has.
  const textOf = (id: number): string =>
    unnamedId(tokenizer, id) === undefined ? tokenizer.decode([id]) : '';
  for (const level of regions) {
    const names = regionNames(level, kinds, textOf);
    for (const [region, { size, tokens, kind }] of names.entries()) {
      const name = tokens.map((id) => tokenText(tokenizer, id));
      const [x, y] = Array.from(level.places.subarray(2 * region, 2 * region + 2), coordinate);
      await writeLine(visibleJson({ resolution: level.resolution, size, name, kind: kind ?? 'words', x, y }));
    }
  }
}

/** In the fewest digits that give its single-precision value back. */
function coordinate(value: number): number | null {
  return Number.isFinite(value) ? Number(float32Text(value)) : null;
}
