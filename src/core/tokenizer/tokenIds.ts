/** Room that is kept for the next text, in ids: 128 KB. A longer list gets its own, so that one huge text does not stay in memory. */
const KEPT_IDS = 1 << 16;

/** V8 makes a longer `new Array(length)` a dictionary; such a list grows by one id at a time instead. */
const MAX_PREPARED_LENGTH = 1 << 24;

/**
 * Ids while they are being found. A list of numbers that grows by `push` costs as much as finding them, so the list that the caller
 * gets is made at the end, at its full length.
 */
export class TokenIds {
  /** The first {@link count} are what was found. Replaced by {@link reserve}. */
  ids = new Uint16Array(KEPT_IDS);
  count = 0;
  private readonly kept = this.ids;

  clear(): void {
    this.ids = this.kept;
    this.count = 0;
  }

  /** Makes room for so many ids behind those that are there. */
  reserve(more: number): void {
    const needed = this.count + more;
    if (needed > this.ids.length) {
      const longer = new Uint16Array(Math.max(needed, 2 * this.ids.length));
      longer.set(this.ids);
      this.ids = longer;
    }
  }

  add(id: number): void {
    this.reserve(1);
    this.ids[this.count++] = id;
  }

  /** The ids in a list of the caller's own. */
  toArray(): number[] {
    const { ids, count } = this;
    const list: number[] = count <= MAX_PREPARED_LENGTH ? new Array<number>(count) : [];
    for (let i = 0; i < count; i++) {
      list[i] = ids[i];
    }
    return list;
  }
}
