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
  const { version, history, position, ...chosen } = memento ?? {};
  return {
    k: neighborCount,
    view: 'neighbors',
    metric: 'cosine',
    filter: NO_FILTER,
    isFolded: true,
    isPinned: true,
    leftOut: DEFAULT_LEFT_OUT,
    compare: { mode: 'pair', texts: [], pairOf: [0, 1] },
    tokenMetrics: ['cosine', 'centered'],
    ...chosen,
  };
}

export function mementoOf(
  { tokenMetrics, ...kept }: PanelChoices,
  visited: Pick<PanelMemento, 'history' | 'position'>,
): PanelMemento {
  return { version: 2, ...visited, ...kept };
}
