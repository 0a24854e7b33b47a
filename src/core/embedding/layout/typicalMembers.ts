import type { Steps } from '../../work/steps';
import type { RowStore } from '../search/embeddingSearch';

/** Members of a community that are noted as typical of it. */
export const TYPICAL_MEMBERS = 24;

/** Stands for no row, and for no community. */
export const NONE = 2 ** 32 - 1;

/** The most typical members of each community, {@link TYPICAL_MEMBERS} places each, the most typical one first. */
export interface TypicalMembers {
  /** Rows; {@link NONE} behind the last member of a small community. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** How typical each is; 0 where there is none. */
  readonly typicality: Float32Array<ArrayBuffer>;
}

/** What a rare token is less typical by, for each doubling of its row. */
const RARE_TOKEN = 0.02;
/** Rows up to this one are hardly rarer than the first. */
const COMMON_ROWS = 1_000;
/** Rows between two interruptions. */
const SOME_ROWS = 256;

/**
 * The members that say best what a community is about: their cosine to what sets it apart, the mean of its rows at unit length without
 * that of all; of two alike the more common token, which has the lower row.
 *
 * @param ids Rows of the points.
 * @param levels For each way of parting the points the community of each.
 */
export function* typicalMembers(
  store: RowStore,
  ids: Uint32Array,
  levels: readonly Uint32Array[],
): Steps<TypicalMembers[]> {
  const { dimension } = store;
  const all = new CommunityMeans(
    ids.map(() => 0),
    1,
    dimension,
  );
  const means = levels.map(
    (level) =>
      new CommunityMeans(
        level,
        level.reduce((most, one) => Math.max(most, one + 1), 0),
        dimension,
      ),
  );
  yield* eachUnitRow(store, ids, (unit, point) => {
    all.add(unit, point);
    means.forEach((mean) => {
      mean.add(unit, point);
    });
  });
  means.forEach((mean) => {
    mean.setApartFrom(all);
  });
  const found = means.map(({ count }) => noMembers(count));
  yield* eachUnitRow(store, ids, (unit, point) => {
    const rarity = RARE_TOKEN * Math.log2(1 + ids[point] / COMMON_ROWS);
    means.forEach((mean, level) => {
      note(found[level], mean.communityOf[point], ids[point], Math.fround(mean.cosine(unit, point) - rarity));
    });
  });
  return found;
}

class CommunityMeans {
  private readonly sums: Float64Array;
  private readonly sizes: Uint32Array;

  constructor(
    readonly communityOf: Uint32Array,
    readonly count: number,
    private readonly dimension: number,
  ) {
    this.sums = new Float64Array(count * dimension);
    this.sizes = new Uint32Array(count);
  }

  add(unit: Float64Array, point: number): void {
    const { sums, dimension } = this;
    const community = this.communityOf[point];
    const start = community * dimension;
    this.sizes[community]++;
    for (let j = 0; j < dimension; j++) {
      sums[start + j] += unit[j];
    }
  }

  /** Makes each mean the direction in which it lies from the only one of another. */
  setApartFrom(all: CommunityMeans): void {
    const { sums, sizes, dimension } = this;
    for (let community = 0; community < this.count; community++) {
      const start = community * dimension;
      let squared = 0;
      for (let j = 0; j < dimension; j++) {
        const value =
          sums[start + j] / Math.max(1, sizes[community]) - all.sums[j] / Math.max(1, all.sizes[0]);
        sums[start + j] = value;
        squared += value * value;
      }
      for (let j = 0; j < dimension && squared > 0; j++) {
        sums[start + j] /= Math.sqrt(squared);
      }
    }
  }

  cosine(unit: Float64Array, point: number): number {
    const { sums, dimension } = this;
    const start = this.communityOf[point] * dimension;
    let sum = 0;
    for (let j = 0; j < dimension; j++) {
      sum += unit[j] * sums[start + j];
    }
    return sum;
  }
}

function noMembers(communityCount: number): TypicalMembers {
  const length = communityCount * TYPICAL_MEMBERS;
  return { rows: new Uint32Array(length).fill(NONE), typicality: new Float32Array(length) };
}

/** Puts a member at its place. Members come by rising row, so that of equally typical ones the first stays first. */
function note({ rows, typicality }: TypicalMembers, community: number, row: number, typical: number): void {
  const first = community * TYPICAL_MEMBERS;
  let place = first + TYPICAL_MEMBERS;
  while (place > first && (rows[place - 1] === NONE || typicality[place - 1] < typical)) {
    place--;
    if (place + 1 < first + TYPICAL_MEMBERS) {
      rows[place + 1] = rows[place];
      typicality[place + 1] = typicality[place];
    }
  }
  if (place < first + TYPICAL_MEMBERS) {
    rows[place] = row;
    typicality[place] = typical;
  }
}

/** @param use Called with each point's row at unit length, in order; overwritten afterwards. */
function* eachUnitRow(
  store: RowStore,
  ids: Uint32Array,
  use: (unit: Float64Array, point: number) => void,
): Steps<void> {
  const { dimension } = store;
  const window = new Float32Array(Math.min(ids.length, SOME_ROWS) * dimension);
  const unit = new Float64Array(dimension);
  for (let first = 0; first < ids.length; first += SOME_ROWS) {
    const some = ids.subarray(first, first + SOME_ROWS);
    store.copyRows(some, window.subarray(0, some.length * dimension));
    for (let at = 0; at < some.length; at++) {
      const start = at * dimension;
      let squared = 0;
      for (let j = 0; j < dimension; j++) {
        squared += window[start + j] * window[start + j];
      }
      // A row without a direction has no neighbors, and so is no point.
      const length = Math.sqrt(squared);
      for (let j = 0; j < dimension; j++) {
        unit[j] = window[start + j] / length;
      }
      use(unit, first + at);
    }
    yield;
  }
}
