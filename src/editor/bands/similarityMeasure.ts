import type { QueryMemento } from '../../protocol/panelMessages';
import { bareLineOf } from '../query/queryLines';
import type { BandMeasure } from './bandMeasure';
import type { BandServices } from './bandServices';

type SimilarityMeasure = Extract<BandMeasure, { kind: 'similarity' }>;

/** The query of the inspector as a measure; undefined where there is none. */
export function inspectorMeasure({
  pinned,
  tokenizers,
}: Pick<BandServices, 'pinned' | 'tokenizers'>): SimilarityMeasure | undefined {
  const query = pinned.current;
  return (
    query && {
      kind: 'similarity',
      query,
      line: bareLineOf(tokenizers.current, query),
      followsInspector: true,
    }
  );
}

/** What a user wrote as a measure: a word, a token id or a formula. */
export function similarityTo(
  text: string,
  { settings, tokenizers }: Pick<BandServices, 'settings' | 'tokenizers'>,
): SimilarityMeasure {
  const form = settings.form === 'inDocument' ? 'bare' : settings.form;
  const query: QueryMemento = { text, form, vector: 'mean' };
  return {
    kind: 'similarity',
    query,
    line: bareLineOf(tokenizers.current, query),
    followsInspector: false,
  };
}
