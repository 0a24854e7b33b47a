import { shownText } from '../../core/foreignText/shownText';
import type { QueryMemento } from '../../protocol/panelMessages';
import type { PanelSnapshot } from '../../protocol/panelSnapshot';
import type { ResolvedQuery } from '../query/resolveQuery';
import { nameOfLine } from './nameOfLine';

/** Tabs are narrow. In UTF-16 units. */
const LONGEST_TITLE = 40;

const PREFIXES: Readonly<Record<PanelSnapshot['view'], string>> = {
  neighbors: 'Neighbors',
  compare: 'Compare',
  token: 'Token',
  map: 'Map',
};

/** Where nothing is shown yet. */
const WITHOUT_NAMES: typeof PREFIXES = {
  neighbors: 'Tokenscope',
  compare: 'Compare',
  token: 'Tokenscope',
  map: 'Map of All Tokens',
};

/**
 * What stands on an inspector's tab.
 *
 * @param names Of what is shown: one query, or the texts that are compared.
 * @param areWords Whether the rows of the model are words.
 */
export function panelTitle(view: PanelSnapshot['view'], names: readonly string[], areWords = false): string {
  const [prefixes, withoutNames] = areWords
    ? [
        { ...PREFIXES, token: 'Word' },
        { ...WITHOUT_NAMES, map: 'Map of All Words' },
      ]
    : [PREFIXES, WITHOUT_NAMES];
  const title = names.length === 0 ? withoutNames[view] : `${prefixes[view]}: ${names.join(', ')}`;
  return shownText(title.replaceAll(/\s+/g, ' '), LONGEST_TITLE);
}

/** The query as it was typed; one that is an id, as the token that it names. */
export function queryNames(query: QueryMemento | undefined, resolved: ResolvedQuery | undefined): string[] {
  if (query === undefined || resolved === undefined) {
    return [];
  }
  return [query.text.trim().startsWith('#') ? nameOfLine(query.text, resolved) : query.text];
}
