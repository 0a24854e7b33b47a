import type { Steps } from '../../work/steps';
import { LabelGrid } from './labelGrid';
import { foldedText } from './labelText';
import { REGION_BANDS, scaleOfLevel, type RegionBand } from './labelLevels';
import type { NamedRegion } from './namedRegions';

/**
 * How a line of a region's name is drawn: `main` in bold, `minor` smaller, for a finer region in a gap, `kind` in italics, for a region of
 * which most are no words, and `detail` small and quiet, below a name.
 */
export type RegionTextStyle = 'main' | 'minor' | 'kind' | 'detail';

/** A region's name on the map: drawn around its place, the second line below it. */
export interface RegionLabel {
  readonly region: NamedRegion;
  readonly name: string;
  readonly style: Exclude<RegionTextStyle, 'detail'>;
  /** Further words, which stand below the name. */
  readonly detail?: string;
  /** Where it lies, in units of the map. */
  readonly x: number;
  readonly y: number;
  /** The room that is its own, around its place: pixels to the left and right, above it and below it. */
  readonly halfWidth: number;
  readonly above: number;
  readonly below: number;
}

export interface RegionLabelOptions {
  /** Regions of each way of parting the map, wide ones first. */
  readonly regions: readonly (readonly NamedRegion[])[];
  /** Pixels for a unit of the map where all of it is in view. */
  readonly wholeScale: number;
  /** Pixels that a line takes. */
  readonly widthOf: (text: string, style: RegionTextStyle) => number;
}

/** Pixels left free beside a name. */
const MARGIN = 10;
const ABOVE = 11;
const BELOW = 11;
const BELOW_DETAIL = 20;
/** For some hundred names. */
const BUCKET_BITS = 9;
const BETWEEN_WORDS = ' · ';

/** The names of regions at each level of zoom that has any, none of which overlaps another of its level. */
export interface RegionLabels {
  /** By level of zoom, the most important one first; empty where words alone are shown. */
  readonly byLevel: readonly (readonly RegionLabel[])[];
  /** Boxes of each level, in pixels of its scale. */
  readonly grids: readonly LabelGrid[];
}

/**
 * Chooses which regions are named at which level of zoom: the larger ones first, finer ones in the gaps, none by a word that another of
 * the level is named by. Within a {@link RegionBand} none vanishes while one zooms in.
 */
export function* regionLabels({ regions, wholeScale, widthOf }: RegionLabelOptions): Steps<RegionLabels> {
  const byLevel: (readonly RegionLabel[])[] = [];
  const grids: LabelGrid[] = [];
  for (const band of REGION_BANDS) {
    const shownBefore = new Set(byLevel.at(-1)?.map(({ region }) => region));
    const candidates = candidatesOf(band, regions, shownBefore, widthOf);
    let kept: readonly RegionLabel[] = [];
    for (let level = band.firstLevel; level <= band.lastLevel; level++) {
      const placement = new RegionPlacement(scaleOfLevel(wholeScale, level));
      for (const label of kept) {
        placement.take(label);
      }
      for (const label of candidates) {
        placement.takeIfFree(label);
        yield;
      }
      kept = placement.taken;
      byLevel.push(kept);
      grids.push(placement.grid);
    }
  }
  return { byLevel, grids };
}

/** Names of one level. */
class RegionPlacement {
  readonly grid = new LabelGrid(BUCKET_BITS);
  readonly taken: RegionLabel[] = [];
  private readonly regions = new Set<NamedRegion>();
  /** Folded words that name one. */
  private readonly words = new Set<string>();

  constructor(private readonly scale: number) {}

  take(label: RegionLabel): void {
    const { left, top, right, bottom } = boxOf(label, this.scale);
    this.grid.add(left, top, right, bottom);
    this.taken.push(label);
    this.regions.add(label.region);
    for (const word of [label.name, ...label.region.words]) {
      this.words.add(foldedText(word));
    }
  }

  takeIfFree(label: RegionLabel): void {
    if (this.regions.has(label.region) || this.words.has(foldedText(label.name))) {
      return;
    }
    const { left, top, right, bottom } = boxOf(label, this.scale);
    if (this.grid.firstOverlap(left, top, right, bottom) < 0) {
      this.take(label);
    }
  }
}

function candidatesOf(
  { regions, gapShare, hasDetail }: RegionBand,
  partings: readonly (readonly NamedRegion[])[],
  shownBefore: ReadonlySet<NamedRegion>,
  widthOf: RegionLabelOptions['widthOf'],
): RegionLabel[] {
  const main = partings[regions] ?? [];
  const least = gapShare === undefined ? Infinity : gapShare * main.reduce((sum, { size }) => sum + size, 0);
  const finer = (partings[regions + 1] ?? []).filter(({ size, kind }) => kind === undefined && size >= least);
  // What was seen farther out is looked for here.
  const byImportance = (a: NamedRegion, b: NamedRegion): number =>
    Number(shownBefore.has(b)) - Number(shownBefore.has(a)) || b.size - a.size;
  return [
    ...[...main].sort(byImportance).flatMap((region) => labelOf(region, 'main', hasDetail, widthOf)),
    ...finer.sort(byImportance).flatMap((region) => labelOf(region, 'minor', false, widthOf)),
  ];
}

function labelOf(
  region: NamedRegion,
  style: 'main' | 'minor',
  hasDetail: boolean,
  widthOf: RegionLabelOptions['widthOf'],
): RegionLabel[] {
  const { x, y, kind, words } = region;
  const name = kind ?? words.at(0) ?? '';
  if (name === '' || !Number.isFinite(x) || !Number.isFinite(y)) {
    return [];
  }
  const ownStyle = kind === undefined ? style : 'kind';
  const detail = hasDetail && kind === undefined ? words.slice(1).join(BETWEEN_WORDS) : '';
  const width = Math.max(widthOf(name, ownStyle), detail === '' ? 0 : widthOf(detail, 'detail'));
  return [
    {
      region,
      name,
      style: ownStyle,
      ...(detail !== '' && { detail }),
      x,
      y,
      halfWidth: width / 2 + MARGIN,
      above: ABOVE,
      below: detail === '' ? BELOW : BELOW_DETAIL,
    },
  ];
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A label's room in pixels from the map's origin. The place itself is within it: what is apart at one scale is apart at all larger ones. */
function boxOf({ x, y, halfWidth, above, below }: RegionLabel, scale: number): Box {
  return {
    left: x * scale - halfWidth,
    top: y * scale - above,
    right: x * scale + halfWidth,
    bottom: y * scale + below,
  };
}
