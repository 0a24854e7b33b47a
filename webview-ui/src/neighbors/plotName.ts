/** The drawings of the Neighbors view. */
export type PlotName = 'map' | 'distribution';
