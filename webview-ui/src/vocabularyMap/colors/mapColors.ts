import type { MapColoring } from '../../../../src/protocol/map/mapArrangement';
import type { MapValuesName } from '../../../../src/protocol/map/mapMessages';
import { Latest } from '../latest';
import type { MapTokens } from '../mapTokens';
import { documentColors, type MapDocument } from './documentColors';
import { kindColors, oneColor, plainColors } from './kindColors';
import type { PointColors } from './pointColors';
import { countTruth, truthColors, type TruthCounts } from './truthColors';
import {
  similarityRamp,
  spreadOf,
  valueColors,
  wholeRamp,
  type ValueRamp,
  type ValueSpread,
} from './valueColors';

/** Values of all tokens, as the host gave them. */
export interface MapValues {
  /** What they are of: coloring, and for similarities query and metric. Others are asked for where it differs. */
  readonly key: string;
  readonly name: MapValuesName;
  readonly values: Float32Array;
  /** Less is nearer. */
  readonly isDistance: boolean;
}

/** What colors are made of. */
interface ColoredMap {
  readonly coloring: MapColoring;
  readonly tokens: MapTokens | undefined;
  readonly near: Uint8Array | undefined;
  readonly positions: Float32Array | undefined;
  readonly document: MapDocument | undefined;
}

/** A ramp of colors over values, and how these lie. */
export interface ColoredValues {
  readonly values: Float32Array;
  readonly spread: ValueSpread;
  readonly ramp: ValueRamp;
}

/** The colors of all points, each worked out once for what it is made of. */
export class MapColors {
  values: MapValues | undefined;
  /** Why the values of a coloring cannot be had. */
  refusal: string | undefined;
  private readonly latestColors = new Latest<PointColors | undefined>();
  private readonly latestRanks = new Latest<ColoredValues>();
  private readonly latestValues = new Latest<ColoredValues | undefined>();
  private readonly latestTruth = new Latest<TruthCounts | undefined>();

  forgetValues(): void {
    this.values = undefined;
    this.refusal = undefined;
  }

  /** Colors of all points: those of kinds, as long as what the coloring needs is on its way. Undefined before there are tokens. */
  of(map: ColoredMap): PointColors | undefined {
    const { coloring, tokens, near, document } = map;
    const colored = this.coloredValues(map);
    return this.latestColors.get([coloring, tokens, near, document, colored], () => {
      if (!tokens) {
        return undefined;
      }
      switch (coloring) {
        case 'plain':
          return plainColors(tokens.texts.length);
        case 'truth':
          return near ? truthColors(near) : kindColors(tokens.kinds);
        case 'document':
          return document ? documentColors(document, tokens.texts.length) : plainColors(tokens.texts.length);
        case 'kind':
          return tokens.areNamed ? kindColors(tokens.kinds) : oneColor(tokens.texts.length);
        default:
          return colored ? valueColors(colored.values, colored.ramp) : plainColors(tokens.texts.length);
      }
    });
  }

  /** The values that the map is colored by, with their ramp; undefined where it is colored by none, or they are on their way. */
  coloredValues({ coloring, tokens }: ColoredMap): ColoredValues | undefined {
    if (coloring === 'mergeRank' && tokens) {
      return this.latestRanks.get([tokens], () => {
        const values = Float32Array.from(tokens.texts, (text, id) => (text === '' ? NaN : id));
        const spread = spreadOf(values);
        return { values, spread, ramp: wholeRamp(spread, false) };
      });
    }
    const { values } = this;
    if (values?.name !== coloring) {
      return undefined;
    }
    return this.latestValues.get([values], () => {
      const spread = spreadOf(values.values);
      const ramp =
        values.name === 'similarity' ? similarityRamp(spread, values.isDistance) : wholeRamp(spread, true);
      return { values: values.values, spread, ramp };
    });
  }

  /** How many tokens have how many true neighbors near; undefined before there is a layout. */
  truth({ near, tokens, positions }: ColoredMap): TruthCounts | undefined {
    return this.latestTruth.get([near, tokens, positions], () =>
      near && tokens && positions ? countTruth(near, tokens.kinds, positions) : undefined,
    );
  }
}
