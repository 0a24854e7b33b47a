import { shownName } from '../../core/foreignText/shownText';
import type { DocumentToken } from '../../core/tokenizer/documentTokens';
import { isCancellation } from '../isCancellation';
import { showNotice } from '../workbench/showNotice';
import type { MeasuredPlace } from './bandedPlace';
import type { BandLayoutOptions } from './bandLayout';
import type { LegendContents } from './bandLegendText';
import { isOfTokenizer, measureName, type BandMeasure } from './bandMeasure';
import type { BandServices } from './bandServices';
import { MeasuredTokens } from './measuredTokens';
import { inspectorMeasure } from './similarityMeasure';

/** What the bands of all editors are colored by: two fills that alternate, or a value of their tokens. */
export class BandColors {
  private measured: MeasuredTokens | undefined;

  /** @param onChange Bands are to be filled anew. */
  constructor(
    private readonly services: BandServices,
    private readonly onChange: () => void,
  ) {}

  /** undefined while bands alternate. */
  get measure(): BandMeasure | undefined {
    return this.measured?.measure;
  }

  /** What there is to say about the colors; undefined while they alternate. */
  get explained(): LegendContents | undefined {
    if (!this.measured) {
      return undefined;
    }
    const { measure, scale, model } = this.measured;
    return { measure, scale, model: isOfTokenizer(measure) ? undefined : model };
  }

  /** @param measure undefined for two fills that alternate. */
  use(measure: BandMeasure | undefined): void {
    if (measure && this.measured) {
      this.measured.measure = measure;
    } else {
      this.release();
      this.measured = measure && this.measuredBy(measure);
    }
    this.onChange();
  }

  /** Takes the query that the inspector has now, where bands are colored by that. */
  followInspector(): void {
    const { measure } = this;
    if (measure?.kind === 'similarity' && measure.followsInspector) {
      const next = inspectorMeasure(this.services);
      if (next) {
        this.use(next);
      }
    }
  }

  /** Asks for the values of tokens, where bands are colored by values. */
  request(tokens: readonly DocumentToken[]): void {
    this.measured?.request(tokens.map(({ id }) => id));
  }

  /** The values of tokens; undefined while bands alternate. */
  valuesOf(tokens: readonly DocumentToken[]): MeasuredPlace | undefined {
    const { measured } = this;
    return (
      measured && {
        measure: measured.measure,
        scale: measured.scale,
        values: tokens.map(({ id }) => measured.valueOf(id)),
        isSample: measured.model?.isSample === true,
      }
    );
  }

  /** How bands are laid out now. */
  layout(): BandLayoutOptions {
    const { measured } = this;
    const scale = measured?.scale;
    return {
      fillOf: measured
        ? ({ id }) => measured.fillOf(id, scale)
        : ({ index }) => (index % 2 === 0 ? 'bandA' : 'bandB'),
      hasGaps: measured !== undefined,
      showsWhiteSpace: this.services.settings.showsWhiteSpace,
    };
  }

  /** Lets values go: bands alternate when there are some again. */
  release(): void {
    this.measured?.dispose();
    this.measured = undefined;
  }

  private measuredBy(measure: BandMeasure): MeasuredTokens {
    const measured = new MeasuredTokens(measure, {
      session: this.services.session,
      tokenizer: () => this.services.tokenizers.current,
      onChange: this.onChange,
      onFailure: (error) => {
        if (this.measured === measured) {
          this.giveUp(measured.measure, error);
        }
      },
    });
    return measured;
  }

  private giveUp(measure: BandMeasure, error: unknown): void {
    this.use(undefined);
    if (!isCancellation(error)) {
      const reason = error instanceof Error ? error.message : String(error);
      void showNotice(
        'warning',
        `Token bands cannot be colored by ${shownName(measureName(measure))}, and alternate again. ${reason}`,
      );
    }
  }
}
