import type { VocabularyLayout } from '../../../engine/questions/vocabularyLayout';
import type { ModelIdentity } from '../../../model/modelLocation';
import type { MapRegion } from '../../../protocol/map/mapMessages';
import type { MapTokens } from './mapTokens';

/** Where the tokens lie just now. Another object with each change. */
export interface MapPositions {
  readonly stage: 'linear' | 'unfolding' | 'ready';
  /** x and y of each row; NaN without a place. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Of the linear map: shares of the spread along its axes, 0 … 1. */
  readonly explained?: readonly [number, number];
}

/** What is known of a layout besides its positions. */
export interface MapLayout extends Pick<VocabularyLayout, 'near' | 'checksum' | 'settings'> {
  readonly regions: readonly (readonly MapRegion[])[];
}

/** What the map of a model is drawn from, as far as it is there. */
export interface MapContents {
  readonly model: ModelIdentity;
  /** Tells this model from others, and from the same one after it was loaded anew. */
  readonly key: string;
  readonly tokens?: MapTokens;
  readonly positions?: MapPositions;
  /** Of `positions`, once these are `ready`. */
  readonly layout?: MapLayout;
}
