import type { CompareView } from '../../protocol/compareView';
import type { PanelSnapshot, VerificationView } from '../../protocol/panelSnapshot';
import type { TokenPageView } from '../../protocol/tokenPageView';
import { embeddingsView } from '../session/embeddingsView';
import { failureOrigin } from '../session/failureOrigin';
import { tokenViews } from '../tokens/tokenView';
import type { InspectorServices } from './inspectorServices';
import type { NeighborSearch } from './neighborSearch';
import type { PanelChoices } from './panelChoices';
import type { PanelHistory } from './panelHistory';

/** What an inspector has found and remembers. */
export interface InspectorContents {
  readonly choices: PanelChoices;
  readonly history: PanelHistory;
  readonly neighbors: NeighborSearch;
  readonly compare: CompareView | undefined;
  readonly tokenPage: TokenPageView | undefined;
  readonly verification: VerificationView | undefined;
}

/** Everything that the page of an inspector shows. */
export function shownSnapshot(
  { choices, history, neighbors, compare, tokenPage, verification }: InspectorContents,
  services: InspectorServices,
): Omit<PanelSnapshot, 'revision'> {
  const { k, view, metric, filter, isFolded, isPinned, leftOut } = choices;
  const { answer, resolved, error } = neighbors;
  const { session, suggestions, tokenizers } = services;
  return {
    embeddings: embeddingsView(session.state, (failure) => failureOrigin(failure, services)),
    ...(resolved && { query: resolved.view }),
    ...(answer && { answer }),
    ...(error !== undefined && { queryError: error }),
    ...(compare && { compare }),
    ...(tokenPage && { tokenPage }),
    ...(verification && { verification }),
    suggestions: suggestions.of(tokenizers.current),
    canGoBack: view === 'compare' ? history.current !== undefined : history.canGoBack,
    canGoForward: view !== 'compare' && history.canGoForward,
    k,
    view,
    metric,
    filter,
    ...(filter.excludedIds && { excludedTokens: tokenViews(tokenizers.current, filter.excludedIds) }),
    isFolded,
    isPinned,
    leftOut,
  };
}
