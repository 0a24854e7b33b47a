import { PagedList } from '../../core/work/pagedList';

/**
 * Parts of a text, ascending and without overlaps, each with what is to stand in its place. Up to as many as the text has characters:
 * so nothing is made for a single one.
 */
export class PartChanges {
  /** From and to of each in turn, in UTF-16 units. */
  private readonly bounds = new PagedList<number>();
  private readonly texts = new PagedList<string>();
  /** UTF-16 units by which the text gets longer; negative where it gets shorter. */
  growth = 0;

  get count(): number {
    return this.texts.length;
  }

  /** `text` is to stand for the units [from, to), which may be none. */
  add(from: number, to: number, text: string): void {
    this.bounds.push(from);
    this.bounds.push(to);
    this.texts.push(text);
    this.growth += text.length - (to - from);
  }

  from(index: number): number {
    return this.bounds.at(2 * index);
  }

  to(index: number): number {
    return this.bounds.at(2 * index + 1);
  }

  text(index: number): string {
    return this.texts.at(index);
  }
}
