import { nextTask } from '../nextTask';
import { crossingAs, type Crossing } from './crossing';
import type { Neighbor, NeighborAnswer } from './neighborAnswer';

/**
 * A ranking as it crosses a worker's messages: three typed arrays of one length, whose memory is handed over. Cloning one object
 * for each of 50,257 rows would block the receiving thread for tens of milliseconds.
 */
export interface NeighborColumns {
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly scores: Float64Array<ArrayBuffer>;
  readonly norms: Float64Array<ArrayBuffer>;
}

/**
 * Rows that are rebuilt at once. The memory for 50,257 objects makes the garbage collector stop the thread for 10 to 30 ms when
 * they are made in one go; for parts of this size it was measured at 1 ms, and 9 ms at worst.
 */
const ROWS_AT_ONCE = 4096;

/** An answer whose ranking is in columns. */
export type ColumnAnswer = Omit<NeighborAnswer, 'neighbors'> & { readonly neighbors: NeighborColumns };

/** An answer crosses in columns. */
export const inColumns: Crossing<NeighborAnswer> = crossingAs({
  pack: toColumnAnswer,
  buffersOf,
  unpack: (answer) => fromColumnAnswer(answer),
});

/** As {@link inColumns}, for several answers. */
export const manyInColumns: Crossing<NeighborAnswer[]> = crossingAs({
  pack: (answers) => answers.map(toColumnAnswer),
  buffersOf: (answers) => answers.flatMap(buffersOf),
  unpack: (answers) => fromColumnAnswers(answers),
});

/** As {@link manyInColumns}, where some are not there. */
export const someInColumns: Crossing<(NeighborAnswer | undefined)[]> = crossingAs({
  pack: (answers) => answers.map((answer) => answer && toColumnAnswer(answer)),
  buffersOf: (answers) => answers.flatMap((answer) => (answer ? buffersOf(answer) : [])),
  unpack: (answers) => fromColumnAnswers(answers),
});

export function toColumnAnswer(answer: NeighborAnswer): ColumnAnswer {
  return { ...answer, neighbors: toColumns(answer.neighbors) };
}

/**
 * The answer with its ranking as objects. A long ranking is rebuilt in parts, between which other tasks of the thread run.
 *
 * @param pace Shared by the answers of one message, one after the other.
 * @throws {RangeError} when the columns are not of one length.
 */
export async function fromColumnAnswer(answer: ColumnAnswer, pace = new Pace()): Promise<NeighborAnswer> {
  const { ids } = answer.neighbors;
  const neighbors: Neighbor[] = [];
  while (neighbors.length < ids.length) {
    const count = await pace.take(ids.length - neighbors.length);
    appendRows(answer.neighbors, neighbors, neighbors.length + count);
  }
  return { ...answer, neighbors };
}

/** As {@link fromColumnAnswer}, for the answers of one message. */
export async function fromColumnAnswers<Answer extends ColumnAnswer | undefined>(
  answers: readonly Answer[],
): Promise<(NeighborAnswer | Extract<Answer, undefined>)[]> {
  const pace = new Pace();
  const rebuilt: (NeighborAnswer | Extract<Answer, undefined>)[] = [];
  for (const answer of answers) {
    rebuilt.push(
      answer === undefined ? (answer as Extract<Answer, undefined>) : await fromColumnAnswer(answer, pace),
    );
  }
  return rebuilt;
}

/** Lets other tasks of the thread run after every {@link ROWS_AT_ONCE} rows. */
class Pace {
  private rows = 0;

  /** @returns How many of the wanted rows may be rebuilt now, at least one. */
  async take(wanted: number): Promise<number> {
    if (this.rows >= ROWS_AT_ONCE) {
      await nextTask();
      this.rows = 0;
    }
    const taken = Math.min(wanted, ROWS_AT_ONCE - this.rows);
    this.rows += taken;
    return taken;
  }
}

/** The memory that a message with this answer hands over. */
export function buffersOf({ neighbors: { ids, scores, norms } }: ColumnAnswer): ArrayBuffer[] {
  return [ids.buffer, scores.buffer, norms.buffer];
}

function toColumns(neighbors: readonly Neighbor[]): NeighborColumns {
  const columns = {
    ids: new Uint32Array(neighbors.length),
    scores: new Float64Array(neighbors.length),
    norms: new Float64Array(neighbors.length),
  };
  neighbors.forEach(({ id, score, norm }, index) => {
    columns.ids[index] = id;
    columns.scores[index] = score;
    columns.norms[index] = norm;
  });
  return columns;
}

/** Appends the rows that are not there yet, up to `end`. */
function appendRows({ ids, scores, norms }: NeighborColumns, neighbors: Neighbor[], end: number): void {
  for (let index = neighbors.length; index < end; index++) {
    const id = ids[index];
    const score = scores[index];
    const norm = norms[index];
    if (id === undefined || score === undefined || norm === undefined) {
      throw new RangeError(
        `The ranking has ${ids.length} ids, ${scores.length} scores and ${norms.length} norms.`,
      );
    }
    neighbors.push({ id, score, norm });
  }
}
