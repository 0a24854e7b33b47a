import type { SectionFigures } from './measuredSections';

/** As in the document, or what takes most tokens first. */
export type SectionOrder = 'position' | 'size';

/** What was kept from before: anything but a known order is that of the document. */
export function parseSectionOrder(value: unknown): SectionOrder {
  return value === 'size' ? 'size' : 'position';
}

/** @param figures In the order of the document, in which those of one size stay. */
export function inOrder<Item>(
  items: readonly Item[],
  order: SectionOrder,
  figures: (item: Item) => SectionFigures,
): readonly Item[] {
  return order === 'size' ? [...items].sort((a, b) => figures(b).tokens - figures(a).tokens) : items;
}
