import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { formatCount, formatShare } from '../numbers';
import { provenance } from '../plots/provenance';
import type { ViewActions } from '../plots/viewActions';
import { COLORING_NAMES } from './coloringNames';
import { averageNear } from './mapSentences';
import type { MapStage } from './stage/mapStage';
import type { VocabularyMapState } from './vocabularyMapState';
import { ofRows } from '../rowNames';

/** Has what is seen of the map saved, with how far it can be believed and where it comes from. */
export function exportMapPicture(
  stage: MapStage,
  format: 'svg' | 'png',
  snapshot: PanelSnapshot,
  map: VocabularyMapState,
  actions: ViewActions,
): void {
  const { embeddings } = snapshot;
  const count = formatCount(map.tokens?.texts.length ?? 0);
  const source = provenance(embeddings.state === 'ready' ? embeddings.model : undefined);
  const what = ofRows(`Map of ${count} tokens`) + `, colored by ${COLORING_NAMES[map.coloring]}`;
  const truth = truthLine(snapshot);
  const text = {
    title: what,
    description: [what, truth, source].join('. '),
    foot: [`${what}. ${truth}`, source],
  };
  try {
    const content = format === 'svg' ? stage.toSvg(text) : stage.toPng(text);
    actions.send({ type: 'exportPlot', plot: 'vocabulary-map', format, content });
  } catch {
    actions.announce('The picture could not be made.');
  }
}

function truthLine({ map }: PanelSnapshot): string {
  switch (map?.stage) {
    case 'ready':
      return `${averageNear(map.figures.near)} of 15 true neighbors are among the 100 points around a ${ofRows('token')}, on average; seed ${map.figures.seed}`;
    case 'linear':
      return `A linear map: ${formatShare(map.explained[0] + map.explained[1])} of the spread`;
    default:
      return 'A map that is not finished';
  }
}
