/** Values in a page. */
const PAGE_BITS = 12;
const PAGE_LENGTH = 1 << PAGE_BITS;

/**
 * A list that may become millions long and is never moved while it grows, as an array is: that would hold up everybody for as long as
 * it takes to copy all of it.
 */
export class PagedList<Value> {
  private readonly pages: Value[][] = [[]];
  private last = 0;

  get length(): number {
    return this.last * PAGE_LENGTH + this.pages[this.last].length;
  }

  push(value: Value): void {
    let page = this.pages[this.last];
    if (page.length === PAGE_LENGTH) {
      page = [];
      this.last = this.pages.push(page) - 1;
    }
    page.push(value);
  }

  /** @param index From 0 to {@link length} - 1. */
  at(index: number): Value {
    return this.pages[index >> PAGE_BITS][index & (PAGE_LENGTH - 1)];
  }

  /** All of it, moved as often as it takes. */
  toArray(): Value[] {
    return this.pages.flat();
  }
}
