import type { MergeTreeView, TokenPageView } from '../../../src/protocol/tokenPageView';
import type { PlotExport } from '../plots/drawingControls';
import { mergeTreeExport } from './mergeTreeFigure';
import { layoutMergeTree, MOST_TREE_BYTES } from './mergeTreeLayout';
import { normExport } from './normHistogram';
import { slopeExport } from './slopeFigure';

/** The merges that are drawn as a tree; undefined for a token without any, or too long to be drawn. */
export function drawnMerges({ merges, byteLength }: TokenPageView): MergeTreeView | undefined {
  return merges && merges.steps.length > 0 && byteLength <= MOST_TREE_BYTES ? merges : undefined;
}

/** The drawings that the token page shows. */
export function tokenPlots(page: TokenPageView | undefined): PlotExport[] {
  if (!page) {
    return [];
  }
  const { token, measures, neighbors, model } = page;
  const merges = drawnMerges(page);
  return [
    ...(merges ? [mergeTreeExport(token, layoutMergeTree(merges), model)] : []),
    ...(measures ? [normExport(token, measures, model)] : []),
    ...(neighbors ? [slopeExport(token, neighbors, model)] : []),
  ];
}
