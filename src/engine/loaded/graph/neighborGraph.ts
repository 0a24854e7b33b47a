import type { NeighborList, NeighborLists } from '../../../core/embedding/graph/answerFromGraph';
import { LIST_BYTES } from '../../../core/embedding/graph/graphMemory';
import { GRAPH_NEIGHBORS } from '../../../core/embedding/graph/graphShape';
import { cacheFiles, markUsed } from '../cache/cacheFolder';
import type { SectionFile } from '../cache/sectionFile';
import type { SourceIdentity } from '../cache/sourceIdentity';
import { LISTS_SECTION, openGraph } from './graphFiles';

/** Stands where a list has ended. */
const NO_ID = 2 ** 32 - 1;

/** The neighbor graph of a vocabulary, in a file: nothing of it is kept in memory. */
export class NeighborGraph implements NeighborLists {
  readonly neighborCount = GRAPH_NEIGHBORS;
  private readonly bytes = new Uint8Array(LIST_BYTES);
  private readonly view = new DataView(this.bytes.buffer);

  constructor(
    private readonly file: SectionFile,
    private readonly rowCount: number,
  ) {}

  listOf(id: number): NeighborList | undefined {
    const { bytes, view, rowCount } = this;
    if (!(Number.isInteger(id) && id >= 0 && id < rowCount)) {
      return undefined;
    }
    if (!this.file.readAt(LISTS_SECTION, id * LIST_BYTES, bytes)) {
      return undefined;
    }
    let count = 0;
    while (count < GRAPH_NEIGHBORS && view.getUint32(count * 4, true) !== NO_ID) {
      count++;
    }
    const ids = Uint32Array.from({ length: count }, (_, place) => view.getUint32(place * 4, true));
    if (count === 0 || ids.some((found) => found >= rowCount)) {
      return undefined;
    }
    const scores = Float32Array.from({ length: count }, (_, place) =>
      view.getFloat32((GRAPH_NEIGHBORS + place) * 4, true),
    );
    return { ids, scores };
  }

  /** Of all lists: equal ones are of one graph. */
  get checksum(): string {
    // Opened with this one section.
    return this.file.header.sections[0]?.checksum ?? '';
  }

  /**
   * Reads all lists, {@link LIST_BYTES} a row.
   *
   * @returns undefined where the file cannot be read any more.
   * @throws The signal's reason when it is aborted.
   */
  async readLists(signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const lists = new Uint8Array(this.rowCount * LIST_BYTES);
    const failure = await this.file.readSections(new Map([[LISTS_SECTION, lists]]), signal);
    return failure === undefined ? lists : undefined;
  }

  /** Closes the file; {@link listOf} gives nothing afterwards. */
  async close(): Promise<void> {
    await this.file.close();
  }
}

/**
 * Opens the neighbor graph that was built from a source. It is read once, to see that it is whole.
 *
 * @returns undefined where there is none of use.
 * @throws The signal's reason when it is aborted.
 */
export async function openNeighborGraph(
  cacheFolder: string,
  identity: SourceIdentity,
  signal?: AbortSignal,
): Promise<NeighborGraph | undefined> {
  const path = cacheFiles(cacheFolder, identity).graph;
  const file = await openGraph(path, identity, signal);
  if (file === undefined) {
    return undefined;
  }
  await markUsed(path);
  return new NeighborGraph(file, identity.shape[0]);
}
