import { LIST_BYTES } from '../../../core/embedding/graph/graphMemory';
import type { GraphShape } from '../../../core/embedding/graph/graphShape';
import { GRAPH_CAPACITY, GRAPH_NEIGHBORS } from '../../../core/embedding/graph/graphShape';
import type { GraphState } from '../../../core/embedding/graph/graphState';
import { openSectionFile, type SectionFile } from '../cache/sectionFile';
import type { SourceIdentity } from '../cache/sourceIdentity';
import { writeSectionFile, type WriteOutcome } from '../cache/writeSectionFile';

/*
 * Two section files of the kind `neighbor-graph`. The graph has one section:
 *
 *   lists        256 bytes a row: uint32, 32 ids, then float32, 32 cosines. The rest of a shorter list has id 2³² − 1; a row without
 *                a list has no other.
 *
 * A graph that is not complete yet has the sections of a GraphState, and as scalars the rows of a tile and how much a product may be
 * wrong: with other ones its numbers would mean something else.
 */

/** Version of what the sections mean, and of the codes that products come from. */
const GRAPH_VERSION = 1;
const PART_VERSION = 1;

export const LISTS_SECTION = 'lists';
const STATE_SECTIONS = ['done', 'thresholds', 'counts', 'entries'] as const;

/** Writes a complete graph. */
export async function writeGraph(
  file: string,
  source: SourceIdentity,
  lists: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<WriteOutcome> {
  return writeSectionFile(
    file,
    {
      kind: 'neighbor-graph',
      contentVersion: GRAPH_VERSION,
      source,
      scalars: { neighborCount: GRAPH_NEIGHBORS },
      sections: new Map([[LISTS_SECTION, lists]]),
    },
    { signal },
  );
}

/**
 * Opens a complete graph.
 *
 * @returns undefined where there is none of use.
 * @throws The signal's reason when it is aborted.
 */
export async function openGraph(
  file: string,
  source: SourceIdentity,
  signal?: AbortSignal,
): Promise<SectionFile | undefined> {
  const opened = await openSectionFile(file, {
    kind: 'neighbor-graph',
    contentVersion: GRAPH_VERSION,
    source,
  });
  if (opened.kind === 'unusable') {
    return undefined;
  }
  const graph = opened.file;
  try {
    const [section, ...others] = graph.header.sections;
    const isComplete =
      others.length === 0 &&
      section?.name === LISTS_SECTION &&
      section.byteLength === source.shape[0] * LIST_BYTES &&
      graph.header.scalars.neighborCount === GRAPH_NEIGHBORS &&
      (await graph.verifySections([LISTS_SECTION], signal)) === undefined;
    if (isComplete) {
      return graph;
    }
  } catch (error) {
    await graph.close();
    throw error;
  }
  await graph.close();
  return undefined;
}

/** Writes what there is of a graph. */
export async function writePart(
  file: string,
  source: SourceIdentity,
  shape: GraphShape,
  bound: number,
  state: GraphState,
): Promise<WriteOutcome> {
  return writeSectionFile(file, {
    kind: 'neighbor-graph',
    contentVersion: PART_VERSION,
    source,
    scalars: partScalars(shape, bound),
    sections: new Map(STATE_SECTIONS.map((name) => [name, state[name]])),
  });
}

/**
 * Reads what there is of a graph.
 *
 * @returns undefined where there is nothing of use.
 * @throws The signal's reason when it is aborted.
 */
export async function readPart(
  file: string,
  source: SourceIdentity,
  shape: GraphShape,
  bound: number,
  signal?: AbortSignal,
): Promise<GraphState | undefined> {
  const opened = await openSectionFile(file, {
    kind: 'neighbor-graph',
    contentVersion: PART_VERSION,
    source,
  });
  if (opened.kind === 'unusable') {
    return undefined;
  }
  const part = opened.file;
  try {
    const { header } = part;
    const lengthOf = (name: string): number =>
      header.sections.find((section) => section.name === name)?.byteLength ?? 0;
    const isSameWork = Object.entries(partScalars(shape, bound)).every(
      ([name, value]) => header.scalars[name] === value,
    );
    // Rows have at most so many entries; anything longer is not even read.
    if (!isSameWork || lengthOf('entries') > shape.rowCount * GRAPH_CAPACITY * 8) {
      return undefined;
    }
    const state = {
      done: new Uint8Array(lengthOf('done')),
      thresholds: new Uint8Array(lengthOf('thresholds')),
      counts: new Uint8Array(lengthOf('counts')),
      entries: new Uint8Array(lengthOf('entries')),
    };
    const targets = new Map(STATE_SECTIONS.map((name) => [name, state[name]]));
    return (await part.readSections(targets, signal)) === undefined ? state : undefined;
  } finally {
    await part.close();
  }
}

function partScalars(shape: GraphShape, bound: number): Record<string, number> {
  return {
    neighborCount: GRAPH_NEIGHBORS,
    capacity: GRAPH_CAPACITY,
    tileRows: shape.tileRows,
    bound,
  };
}
