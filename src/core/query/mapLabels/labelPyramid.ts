import type { Steps } from '../../work/steps';
import { levelAtScale } from './labelLevels';
import { PlacedWords, type MapBox } from './placedWords';
import { regionLabels, type RegionLabel, type RegionLabelOptions, type RegionLabels } from './regionLabels';
import { WordPlacement } from './wordPlacement';
import { wordsToPlace, type TokensOnMap } from './wordsToPlace';

/** Tokens that a step looks at. */
const TOKENS_OF_STEP = 64;

export interface LabelPyramidOptions extends TokensOnMap, RegionLabelOptions {}

/**
 * The names on the map of all tokens, at every level of zoom: those of regions farther out, those of tokens from 2.8 times on. At no scale
 * do two overlap that are shown at it. What is named once stays named while one zooms in, a token's name on its side of the point, a
 * region's until finer regions take over; panning changes nothing. The same map gives the same names.
 *
 * They are worked out bit by bit: call {@link advance} until it is done. What is there so far can be drawn meanwhile.
 */
export class LabelPyramid {
  private readonly steps: Steps<void>;
  private regions: RegionLabels | undefined;
  private placed = new PlacedWords(0);
  private isComplete = false;

  /** @param options Neither copied nor to be changed until all is done. */
  constructor(private readonly options: LabelPyramidOptions) {
    this.steps = this.build();
  }

  /**
   * Works on.
   *
   * @param budget How much: about as many tokens are looked at, for some 100 ns to 1 µs each.
   * @returns Whether all is done.
   */
  advance(budget: number): boolean {
    for (let done = 0; done < budget && !this.isComplete; done += TOKENS_OF_STEP) {
      this.isComplete = this.steps.next().done === true;
    }
    return this.isComplete;
  }

  get isDone(): boolean {
    return this.isComplete;
  }

  /** Of which the places that {@link wordsIn} finds are. Another object until regions are named. */
  get words(): PlacedWords {
    return this.placed;
  }

  /** @returns −1 where the scale is below that of the whole map: then nothing is named. */
  levelAt(scale: number): number {
    return levelAtScale(this.options.wholeScale, scale);
  }

  /** The regions that are named at a scale, wherever they lie; more important ones first. */
  regionsAt(scale: number): readonly RegionLabel[] {
    return this.regions?.byLevel[this.levelAt(scale)] ?? [];
  }

  /**
   * The tokens that are named at a scale in a part of the map; those named farther out first, more common ones before others.
   *
   * @param scale Pixels for a unit of the map.
   * @returns Places in {@link words}, in memory that the next call overwrites.
   */
  wordsIn(scale: number, box: MapBox): Uint32Array {
    return this.placed.find(this.levelAt(scale), scale, box);
  }

  private *build(): Steps<void> {
    this.regions = yield* regionLabels(this.options);
    const words = yield* wordsToPlace(this.options);
    this.placed = new PlacedWords(words.order.length);
    yield* new WordPlacement(this.options, words, this.regions, this.options.wholeScale, this.placed).run();
  }
}
