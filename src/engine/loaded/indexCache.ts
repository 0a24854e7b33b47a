import { acceptIndex } from '../../core/embedding/index/acceptIndex';
import { indexSections, type IndexFigures } from '../../core/embedding/index/indexContents';
import type { IndexMemory } from '../../core/embedding/index/indexMemory';
import { cacheFiles, markUsed, removeStale } from './cache/cacheFolder';
import { openSectionFile } from './cache/sectionFile';
import type { SourceIdentity } from './cache/sourceIdentity';
import { writeSectionFile, type WriteOutcome } from './cache/writeSectionFile';

/** Grows when what an index's sections mean is changed: older files are then made anew. */
const INDEX_VERSION = 2;

/**
 * Reads an index that was kept.
 *
 * @returns undefined where there is none, or none that is of use: it is built again, and nobody needs to know.
 * @throws The signal's reason when it is aborted.
 */
export async function readKeptIndex(
  folder: string,
  source: SourceIdentity,
  memory: IndexMemory,
  signal: AbortSignal,
): Promise<IndexFigures | undefined> {
  const { index } = cacheFiles(folder, source);
  const expected = { kind: 'embedding-index', contentVersion: INDEX_VERSION, source } as const;
  const createChecksum = (): ReturnType<IndexMemory['createChecksum']> => memory.createChecksum();
  const opened = await openSectionFile(index, expected, { createChecksum });
  if (opened.kind === 'unusable') {
    return undefined;
  }
  try {
    const figures = parseFigures(opened.file.header.scalars);
    if (figures === undefined) {
      return undefined;
    }
    const failure = await opened.file.readSections(indexSections(memory), signal);
    await markUsed(index);
    return failure === undefined && acceptIndex(memory, figures) ? figures : undefined;
  } finally {
    await opened.file.close();
  }
}

/**
 * Keeps a finished index with its centered lengths, and makes room in the folder.
 *
 * @throws The signal's reason when it is aborted.
 */
export async function keepIndex(
  folder: string,
  source: SourceIdentity,
  memory: IndexMemory,
  figures: IndexFigures,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const { index, graph, graphPart, layout } = cacheFiles(folder, source);
  const outcome = await writeSectionFile(
    index,
    {
      kind: 'embedding-index',
      contentVersion: INDEX_VERSION,
      source,
      scalars: { ...figures },
      sections: indexSections(memory),
    },
    { signal, createChecksum: () => memory.createChecksum() },
  );
  await removeStale(folder, [index, graph, graphPart, layout]);
  return outcome;
}

function parseFigures(scalars: Readonly<Record<string, number>>): IndexFigures | undefined {
  const { largestCodeLength, largestCodedLength, rankedCount, meanSquaredNorm } = scalars;
  return largestCodeLength !== undefined &&
    largestCodedLength !== undefined &&
    rankedCount !== undefined &&
    meanSquaredNorm !== undefined
    ? { largestCodeLength, largestCodedLength, rankedCount, meanSquaredNorm }
    : undefined;
}
