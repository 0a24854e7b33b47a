import { shownText } from '../../core/foreignText/shownText';
import type { QueryMemento } from '../../protocol/panelMessages';
import type { PanelChoices } from './panelChoices';
import type { ResolvedQuery } from '../query/resolveQuery';

/** Tabs are narrow. In UTF-16 units. */
const LONGEST_TITLE = 40;

/** What stands on an inspector's tab. */
export function panelTitle(
  { view, compare }: Pick<PanelChoices, 'view' | 'compare'>,
  query: QueryMemento | undefined,
  resolved: ResolvedQuery | undefined,
): string {
  const title = titleOf(view, compare.texts, query && resolved ? query.text : undefined);
  return shownText(title.replaceAll(/\s+/g, ' '), LONGEST_TITLE);
}

function titleOf(view: PanelChoices['view'], texts: readonly string[], query: string | undefined): string {
  if (view === 'compare') {
    return texts.length === 0 ? 'Compare' : `Compare: ${texts.join(', ')}`;
  }
  if (query === undefined) {
    return 'Tokenscope';
  }
  return view === 'token' ? `Token: ${query}` : `Neighbors: ${query}`;
}
