import { createChecksum } from '../../../core/embedding/checksum';
import type { LayoutFigures } from '../../../core/embedding/layout/layoutQuality';
import {
  LAYOUT_NEIGHBORS,
  LAYOUT_VERSION,
  type LayoutSettings,
} from '../../../core/embedding/layout/layoutSettings';
import type { VocabularyLayout } from '../../questions/vocabularyLayout';
import { openSectionFile, type SectionFile } from '../cache/sectionFile';
import type { SourceIdentity } from '../cache/sourceIdentity';
import { writeSectionFile, type WriteOutcome } from '../cache/writeSectionFile';
import { emptyLevels, isPossibleLevel, regionSections } from './regionSections';

/*
 * A section file of the kind `vocabulary-layout`:
 *
 *   graph        32 hexadecimal digits, ASCII: the checksum of the graph's lists that the layout was made from
 *   positions    float32, x and y of each row; both NaN for a row without a place
 *   near         uint8, one a row
 *
 * and those of regionSections.ts.
 *
 * Scalars are the settings and the figures. The version of the content is that of the computation.
 */

const FIGURES = ['kept', 'near', 'noneKept', 'torn', 'tornFirst'] as const satisfies (keyof LayoutFigures)[];

/** Writes a layout. */
export async function writeLayout(
  file: string,
  source: SourceIdentity,
  graphChecksum: string,
  { positions, near, settings, figures, regions }: VocabularyLayout,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  return writeSectionFile(
    file,
    {
      kind: 'vocabulary-layout',
      contentVersion: LAYOUT_VERSION,
      source,
      scalars: { ...settingScalars(settings), ...figures },
      sections: new Map([
        ['graph', new TextEncoder().encode(graphChecksum)],
        ['positions', new Uint8Array(positions.buffer)],
        ['near', near],
        ...regionSections(regions),
      ]),
    },
    { signal },
  );
}

/**
 * Reads a layout.
 *
 * @returns undefined where there is none of use: of another graph, with other settings, or damaged.
 * @throws The signal's reason when it is aborted.
 */
export async function readLayout(
  file: string,
  source: SourceIdentity,
  graphChecksum: string,
  settings: LayoutSettings,
  signal: AbortSignal,
): Promise<VocabularyLayout | undefined> {
  const opened = await openSectionFile(file, {
    kind: 'vocabulary-layout',
    contentVersion: LAYOUT_VERSION,
    source,
  });
  if (opened.kind === 'unusable') {
    return undefined;
  }
  try {
    return await readContents(opened.file, source.shape[0], graphChecksum, settings, signal);
  } finally {
    await opened.file.close();
  }
}

async function readContents(
  file: SectionFile,
  rowCount: number,
  graphChecksum: string,
  settings: LayoutSettings,
  signal: AbortSignal,
): Promise<VocabularyLayout | undefined> {
  const { scalars, sections } = file.header;
  const isSameWork = Object.entries(settingScalars(settings)).every(
    ([name, value]) => scalars[name] === value,
  );
  const figures = figuresOf(scalars);
  const regions = emptyLevels(
    rowCount,
    (section) => sections.find(({ name }) => name === section)?.byteLength,
  );
  if (!isSameWork || figures === undefined || regions === undefined) {
    return undefined;
  }
  const graph = new Uint8Array(graphChecksum.length);
  const positions = new Float32Array(2 * rowCount);
  const near = new Uint8Array(rowCount);
  const targets = new Map([
    ['graph', graph],
    ['positions', new Uint8Array(positions.buffer)],
    ['near', near],
    ...regionSections(regions),
  ]);
  if ((await file.readSections(targets, signal)) !== undefined) {
    return undefined;
  }
  const placedCount = countPlaces(positions);
  const isPossible =
    new TextDecoder().decode(graph) === graphChecksum &&
    placedCount !== undefined &&
    near.every((count) => count <= LAYOUT_NEIGHBORS) &&
    regions.every((level) => isPossibleLevel(level, positions));
  return isPossible
    ? {
        positions,
        near,
        placedCount,
        settings,
        figures,
        regions,
        checksum: checksumOf(positions),
        source: 'kept',
      }
    : undefined;
}

export function checksumOf(positions: Float32Array<ArrayBuffer>): string {
  const checksum = createChecksum();
  checksum.update(new Uint8Array(positions.buffer));
  return checksum.digest();
}

function settingScalars({ epochs, seed }: LayoutSettings): Record<string, number> {
  return { neighborCount: LAYOUT_NEIGHBORS, epochs, seed };
}

function figuresOf(scalars: Readonly<Record<string, number>>): LayoutFigures | undefined {
  const shares = FIGURES.map((name) => [name, scalars[name] ?? NaN] as const);
  return shares.every(([, share]) => share >= 0 && share <= 1)
    ? // Each name is there, with its share.
      (Object.fromEntries(shares) as Record<keyof LayoutFigures, number>)
    : undefined;
}

/** How many rows have a place; undefined where that cannot be, as a point has two coordinates or none. */
function countPlaces(positions: Float32Array): number | undefined {
  let count = 0;
  for (let at = 0; at < positions.length; at += 2) {
    const x = positions[at] ?? NaN;
    const y = positions[at + 1] ?? NaN;
    if (Number.isFinite(x) && Number.isFinite(y)) {
      count++;
    } else if (!Number.isNaN(x) || !Number.isNaN(y)) {
      return undefined;
    }
  }
  return count;
}
