import { charactersBegun } from '../../core/tokenFacts/charactersBegun';
import { resolveQuery } from '../query/resolveQuery';
import { vectorOfTerms } from '../query/vectorOfTerms';
import { MAX_MEASURED, type TokenMeasure } from '../../engine/questions/tokenValues';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import type { ModelIdentity } from '../../model/modelLocation';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { BandFill } from './bandStyle';
import { isOfTokenizer, type BandMeasure } from './bandMeasure';
import { CharacterScale, type BandScale } from './characterScale';
import { ValueScale } from './valueScale';

/** Measures whose values are kept: that of a query comes back when one walks back to it. */
const MOST_KEPT = 8;

const CHARACTERS = new CharacterScale();

interface KnownValues {
  readonly values: Map<number, number>;
  scale: ValueScale | undefined;
}

export interface MeasuredTokensServices {
  readonly session: Pick<EmbeddingSession, 'state' | 'ask' | 'onDidChangeState'>;
  readonly tokenizer: () => Tokenizer;
  /** Values have come, or are no longer those of the model. */
  readonly onChange: () => void;
  /** The values cannot be had. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * The values of the tokens that are painted: asks for those that are not known, one question at a time, and keeps what it has found
 * for as long as the model is the same.
 */
export class MeasuredTokens {
  private readonly kept = new Map<string, KnownValues>();
  private readonly listener: { dispose(): void };
  private readonly abort = new AbortController();
  private wanted = new Set<number>();
  private isAsking = false;
  private latest: BandMeasure;
  /** That the values are of; undefined until the first have come, and for values of the tokenizer. */
  model: ModelIdentity | undefined;

  constructor(
    measure: BandMeasure,
    private readonly services: MeasuredTokensServices,
  ) {
    this.latest = measure;
    this.listener = services.session.onDidChangeState((state) => {
      const isOther = state.state === 'ready' ? state.model !== this.model : state.state === 'none';
      if (this.model && isOther) {
        this.forget();
        services.onChange();
      }
    });
  }

  get measure(): BandMeasure {
    return this.latest;
  }

  /** Another query: the values for it are asked for at the next {@link request}. */
  set measure(measure: BandMeasure) {
    this.latest = measure;
    this.wanted = new Set();
  }

  /** How the values of all tokens are distributed; undefined until that is known. */
  get scale(): BandScale | undefined {
    switch (this.measure.kind) {
      case 'tokenId':
        return ValueScale.ofCount(this.services.tokenizer().vocabularySize);
      case 'characters':
        return CHARACTERS;
      default:
        return this.known?.scale;
    }
  }

  /** undefined where it is not known yet, NaN where the token has none. */
  valueOf(id: number): number | undefined {
    switch (this.measure.kind) {
      case 'tokenId':
        return id;
      case 'characters':
        return charactersBegun(this.services.tokenizer().tokenBytes(id));
      default:
        return this.known?.values.get(id);
    }
  }

  /** undefined where the value is not known yet. @param scale That of {@link scale}, for many tokens. */
  fillOf(id: number, scale = this.scale): BandFill | undefined {
    const value = this.valueOf(id);
    return value === undefined ? undefined : scale?.fillOf(value);
  }

  /** Asks for the values that are not known. */
  request(ids: Iterable<number>): void {
    if (!isOfTokenizer(this.measure) && !this.abort.signal.aborted) {
      const known = this.known?.values;
      for (const id of ids) {
        if (known?.has(id) !== true) {
          this.wanted.add(id);
        }
      }
      void this.ask();
    }
  }

  dispose(): void {
    this.listener.dispose();
    this.abort.abort();
  }

  private get known(): KnownValues | undefined {
    return this.kept.get(keyOf(this.measure));
  }

  private async ask(): Promise<void> {
    if (this.isAsking) {
      return;
    }
    this.isAsking = true;
    try {
      while (this.wanted.size > 0) {
        const { measure } = this;
        const ids = [...this.wanted].slice(0, MAX_MEASURED);
        const answer = await this.services.session.ask(
          'tokenValues',
          { measure: this.question(measure), ids },
          this.abort.signal,
        );
        this.useModel();
        const known = this.remember(measure);
        known.scale = new ValueScale(answer.percentiles);
        ids.forEach((id, index) => {
          known.values.set(id, answer.values[index] ?? Number.NaN);
          if (measure === this.measure) {
            this.wanted.delete(id);
          }
        });
        this.services.onChange();
      }
    } catch (error) {
      this.wanted.clear();
      if (!this.abort.signal.aborted) {
        this.services.onFailure(error);
      }
    } finally {
      this.isAsking = false;
    }
  }

  /** @throws {Error} for a query without a vector. */
  private question(measure: BandMeasure): TokenMeasure {
    switch (measure.kind) {
      case 'norm':
      case 'centroidDistance':
        return { kind: measure.kind };
      case 'similarity': {
        const { state } = this.services.session;
        const rowCount = state.state === 'ready' ? state.model.rowCount : undefined;
        const resolved = resolveQuery(this.services.tokenizer(), measure.query, rowCount);
        if (!resolved || resolved.terms.length === 0) {
          throw new Error(resolved?.view.syntaxError?.message ?? `${measure.line} has no token.`);
        }
        return { kind: 'similarity', query: vectorOfTerms(resolved.terms), metric: 'cosine' };
      }
      case 'tokenId':
      case 'characters':
        throw new Error('What the tokenizer knows needs no question.');
    }
  }

  /** Values of another model are worth nothing. */
  private useModel(): void {
    const { state } = this.services.session;
    const model = state.state === 'ready' ? state.model : undefined;
    if (this.model !== model) {
      this.kept.clear();
      this.model = model;
    }
  }

  private forget(): void {
    this.kept.clear();
    this.model = undefined;
  }

  private remember(measure: BandMeasure): KnownValues {
    const key = keyOf(measure);
    const known = this.kept.get(key) ?? { values: new Map<number, number>(), scale: undefined };
    this.kept.delete(key);
    this.kept.set(key, known);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) {
      this.kept.delete(oldest);
    }
    return known;
  }
}

function keyOf(measure: BandMeasure): string {
  return measure.kind === 'similarity' ? `similarity ${JSON.stringify(measure.query)}` : measure.kind;
}
