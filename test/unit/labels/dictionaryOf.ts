import { hashKey } from '../../../src/core/labels/keyedHash';
import { LabelCollector } from '../../../src/core/labels/labelCollector';
import type { LabelKind } from '../../../src/core/labels/labelKind';
import { WordDictionary } from '../../../src/core/labels/wordDictionary';
import { finish } from '../../../src/core/work/steps';

/** A dictionary of some labels, one a row. */
export function dictionaryOf(
  labels: readonly (string | Uint8Array)[],
  kind: LabelKind = 'words',
): WordDictionary {
  const collector = new LabelCollector();
  labels.forEach((label) => collector.add(typeof label === 'string' ? Buffer.from(label) : label));
  return finish(WordDictionary.of('some vectors', collector.finish(), kind, hashKey([7, 8])));
}
