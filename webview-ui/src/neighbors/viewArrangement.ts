import type { PanelArrangement, SectionName } from '../../../src/protocol/panelArrangement';

/** From this width on the drawings stand beside the list; the style sheets have the same limit. */
const BESIDE_FROM = 760;
/** Narrower or lower than this the neighborhood starts folded where it stands below the list: rows come first. */
const MAP_BELOW_FROM = { width: 420, height: 860 };
/** Beside the list it takes no row away, but the histogram needs its room too. */
const MAP_BESIDE_FROM = { height: 480 };
/** Higher than this a list that has the whole height can spare some lines for the selected neighbor. */
const PLACES_FROM = { height: 760 };
/** Neither the list nor the drawings can be made smaller than this share. */
const SMALLEST_SHARE = 0.1;

type Direction = 'below' | 'beside';

/** Which parts of the Neighbors view are open, and how list and drawings share the room. Sizes are in CSS pixels, 0 before they are known. */
export class ViewArrangement {
  panelWidth = 0;
  panelHeight = 0;
  /** What was arranged by hand. */
  chosen: PanelArrangement = {};

  get direction(): Direction {
    return this.panelWidth >= BESIDE_FROM ? 'beside' : 'below';
  }

  isOpen(section: SectionName): boolean {
    return this.chosen[section] ?? this.isOpenAtFirst(section);
  }

  /** The arrangement with a section opened that is folded, or folded that is open. */
  toggled(section: SectionName): PanelArrangement {
    return { ...this.chosen, [section]: !this.isOpen(section) };
  }

  /** Share of the room that the drawings take, 0.1 … 0.9; undefined while they take what they need. */
  get share(): number | undefined {
    return this.chosen[this.direction];
  }

  /** The arrangement with another share of the drawings in the present direction; with none they take what they need. */
  withShare(share: number | undefined): PanelArrangement {
    const { below, beside, ...sections } = this.chosen;
    const shares = {
      below,
      beside,
      [this.direction]: share === undefined ? undefined : withinLimits(share),
    };
    return {
      ...sections,
      ...(shares.below !== undefined && { below: shares.below }),
      ...(shares.beside !== undefined && { beside: shares.beside }),
    };
  }

  private isOpenAtFirst(section: SectionName): boolean {
    const { panelWidth: width, panelHeight: height } = this;
    const isBeside = this.direction === 'beside';
    switch (section) {
      case 'map':
        return isBeside
          ? height >= MAP_BESIDE_FROM.height
          : width === 0 || (width >= MAP_BELOW_FROM.width && height >= MAP_BELOW_FROM.height);
      case 'distribution':
        return true;
      case 'places':
        return isBeside && height >= PLACES_FROM.height;
    }
  }
}

function withinLimits(share: number): number {
  return Math.min(1 - SMALLEST_SHARE, Math.max(SMALLEST_SHARE, share));
}
