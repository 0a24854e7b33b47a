import type { NeighborView } from '../../src/protocol/answerView';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import type { QueryView } from '../../src/protocol/queryView';
import type { TokenView } from '../../src/protocol/tokenView';
import { formatScore } from './metrics';
import { onlyToken, spokenTokens } from './tokenText';

/** `space Mike 0.857` */
export function describe(neighbor: NeighborView): string {
  return `${spokenTokens([neighbor.token])} ${formatScore(neighbor.score)}`;
}

/** The tokens whose vector, or mean vector, is searched. */
export function searchedTokens(query: QueryView | undefined): readonly TokenView[] {
  return query?.vectors.find(({ selected }) => selected)?.pieces ?? query?.pieces ?? [];
}

export function spokenQuery(query: QueryView | undefined): string {
  const tokens = searchedTokens(query);
  return tokens.length === 0 || query?.formula ? (query?.text ?? '') : spokenTokens(tokens);
}

/** What is searched as it can be typed into the query line: `#id` where it is the row of one token. */
export function searchedText(query: QueryView): string {
  const only = onlyToken(searchedTokens(query));
  if (only && !query.formula) {
    return `#${only.id}`;
  }
  const form = query.forms.find(({ selected }) => selected)?.kind;
  const needsSpace = form === 'leadingSpace' && !query.text.startsWith(' ');
  return needsSpace ? JSON.stringify(` ${query.text}`) : query.text;
}

/** Two snapshots with the same key show the same list, maybe longer, shorter or ranked by another metric. */
export function listKey({ query }: PanelSnapshot): string {
  const vector = query?.vectors.find(({ selected }) => selected);
  return JSON.stringify([query?.text, query?.pieces.map(({ id }) => id), vector?.choice]);
}
