import { LabelPyramid } from '../../../../src/core/query/mapLabels/labelPyramid';
import { labelText } from '../../../../src/core/query/mapLabels/labelText';
import { namedRegions } from '../../../../src/core/query/mapLabels/namedRegions';
import type { RegionLabel, RegionTextStyle } from '../../../../src/core/query/mapLabels/regionLabels';
import type { MapRegion } from '../../../../src/protocol/map/mapMessages';
import { regionTitles } from '../kindNames';
import type { MapTokens } from '../mapTokens';
import type { LabelSource, LabelView, MapLabel } from '../stage/labelSource';

/** How wide texts are in the page's fonts, in CSS pixels. */
export interface NameWidths {
  /** A column of the editor's font. */
  readonly column: number;
  readonly regionText: (text: string, style: RegionTextStyle) => number;
}

/** What names are laid for. */
export interface NamedMap {
  readonly tokens: MapTokens;
  readonly positions: Float32Array;
  readonly regions: readonly (readonly MapRegion[])[];
  /** CSS pixels for a unit of the map where all of it is seen. */
  readonly wholeScale: number;
}

/** The names of regions and tokens, laid so that none lies on another at any zoom. */
export class MapNames implements LabelSource {
  private readonly pyramid: LabelPyramid;
  /** Words in quiet, since others stand out. */
  areQuiet = false;

  constructor(
    private readonly map: NamedMap,
    widths: NameWidths,
  ) {
    const { tokens, positions, regions, wholeScale } = map;
    this.pyramid = new LabelPyramid({
      positions,
      texts: tokens.texts,
      kinds: tokens.kinds,
      wordWidth: widths.column,
      regions: regions.map((level) => namedRegions(level, tokens.texts, regionTitles(tokens))),
      wholeScale,
      widthOf: widths.regionText,
    });
  }

  /** Lays more of them. @param budget about how many tokens to look at @returns whether all are laid */
  advance(budget: number): boolean {
    return this.pyramid.advance(budget);
  }

  *labelsIn({ box, scale: asked }: LabelView): Iterable<MapLabel> {
    // A stage that has become smaller shows those of the whole map until others are laid; the stage leaves out what has no room.
    const scale = Math.max(asked, this.map.wholeScale);
    for (const region of this.pyramid.regionsAt(scale)) {
      if (region.x > box.left && region.x < box.right && region.y > box.top && region.y < box.bottom) {
        yield regionLabel(region);
      }
    }
    const { ids, xs, ys, sides } = this.pyramid.words;
    const style = this.areQuiet ? 'quiet' : 'plain';
    for (const place of this.pyramid.wordsIn(scale, box)) {
      const id = ids[place] ?? 0;
      yield {
        kind: 'word',
        text: labelText(this.map.tokens.nameOf(id)),
        x: xs[place] ?? NaN,
        y: ys[place] ?? NaN,
        side: (sides[place] ?? 1) < 0 ? 'left' : 'right',
        style,
        id,
      };
    }
  }
}

const STYLES: Readonly<Record<RegionLabel['style'], NonNullable<MapLabel['style']>>> = {
  main: 'strong',
  minor: 'plain',
  kind: 'kind',
};

function regionLabel({ name, style, detail, x, y }: RegionLabel): MapLabel {
  return {
    kind: 'region',
    text: name,
    x,
    y,
    style: STYLES[style],
    ...(detail !== undefined && { second: detail }),
  };
}
