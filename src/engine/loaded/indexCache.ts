import { acceptIndex } from '../../core/embedding/index/acceptIndex';
import { indexSections, type IndexFigures } from '../../core/embedding/index/indexContents';
import type { IndexMemory } from '../../core/embedding/index/indexMemory';
import type { KernelKind } from '../../core/embedding/kernel/kernelModule';
import { cacheFiles, markUsed, removeStale } from './cache/cacheFolder';
import { openSectionFile } from './cache/sectionFile';
import type { SourceIdentity } from './cache/sourceIdentity';
import { writeSectionFile, type WriteOutcome } from './cache/writeSectionFile';

/** Grows when what an index's sections mean is changed: older files are then made anew. */
export const INDEX_VERSION = 3;

/** Says of a file's codes which kernel reads them as they are: the other one converts them. */
const KERNEL_OF_CODES: Readonly<Record<KernelKind, number>> = { simd: 0, 'relaxed-simd': 1 };

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
    const { scalars } = opened.file.header;
    const figures = parseFigures(scalars);
    const kernelOfCodes = scalars.kernelOfCodes;
    if (figures === undefined || !Object.values(KERNEL_OF_CODES).includes(kernelOfCodes ?? NaN)) {
      return undefined;
    }
    const failure = await opened.file.readSections(indexSections(memory), signal);
    await markUsed(index);
    if (failure !== undefined || !acceptIndex(memory, figures)) {
      return undefined;
    }
    if (kernelOfCodes !== KERNEL_OF_CODES[memory.kernelKind]) {
      memory.convertCodes();
    }
    return figures;
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
      scalars: indexScalars(memory, figures),
      sections: indexSections(memory),
    },
    { signal, createChecksum: () => memory.createChecksum() },
  );
  await removeStale(folder, [index, graph, graphPart, layout]);
  return outcome;
}

/** The numbers that are kept beside the sections. */
export function indexScalars(memory: IndexMemory, figures: IndexFigures): Readonly<Record<string, number>> {
  return { ...figures, kernelOfCodes: KERNEL_OF_CODES[memory.kernelKind] };
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
