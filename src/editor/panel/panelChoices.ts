import type { PanelMemento } from '../../protocol/panelMessages';
import { DEFAULT_LEFT_OUT } from '../../protocol/leftOutWords';
import type { Metric } from '../../protocol/metric';
import { NO_FILTER } from '../../protocol/panelSnapshot';

/** What a user has chosen in one inspector, beside its history. */
export interface PanelChoices extends Omit<PanelMemento, 'version' | 'history' | 'position'> {
  /** Of the two lists on the token page. Not kept across reloads. */
  readonly tokenMetrics: readonly [Metric, Metric];
}

/** What an inspector starts with: what it had before a reload, else this. */
export function initialChoices(memento: PanelMemento | undefined, neighborCount: number): PanelChoices {
  const {
    k = neighborCount,
    view = 'neighbors',
    metric = 'cosine',
    filter = NO_FILTER,
    isFolded = true,
    isPinned = true,
    leftOut = DEFAULT_LEFT_OUT,
    compare = { mode: 'pair', texts: [], pairOf: [0, 1] },
    arrangement,
  } = memento ?? {};
  return {
    k,
    view,
    metric,
    filter,
    isFolded,
    isPinned,
    leftOut,
    compare,
    ...(arrangement && { arrangement }),
    tokenMetrics: ['cosine', 'centered'],
  };
}

export function mementoOf(
  { k, view, metric, filter, isFolded, isPinned, leftOut, compare, arrangement }: PanelChoices,
  visited: Pick<PanelMemento, 'history' | 'position'>,
): PanelMemento {
  return {
    version: 2,
    ...visited,
    k,
    view,
    metric,
    filter,
    isFolded,
    isPinned,
    leftOut,
    compare,
    ...(arrangement && { arrangement }),
  };
}
