import type {
  Comparison,
  RankAnswer,
  TokenMeasures,
  TokenValues,
  Verification,
} from '../../../src/engine/questions/embeddingEngine';

/** The part of an engine that a test's double need not have: whoever asks fails. */
export class EngineWithoutAnalysis {
  ranks(): Promise<RankAnswer> {
    return refuse();
  }

  compare(): Promise<Comparison> {
    return refuse();
  }

  measureToken(): Promise<TokenMeasures> {
    return refuse();
  }

  tokenValues(): Promise<TokenValues> {
    return refuse();
  }

  verify(): Promise<Verification> {
    return refuse();
  }

  embeddingsTsv(): Promise<string> {
    return refuse();
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('Nothing in this test analyzes rows.'));
}
