import type { MapRequest } from '../../../protocol/map/mapMessages';
import type { FromWebview } from '../../../protocol/panelMessages';
import { meanOfTokens } from '../../query/queryLines';
import type { PanelExports } from '../exports/panelExports';
import type { Inspection } from '../inspection';
import type { InspectorServices } from '../inspectorServices';
import type { PanelConnection } from '../panelConnection';
import { answerOnMap } from './mapAnswers';
import type { VocabularyMap } from './vocabularyMap';

/** What a page can have its map do. */
export interface MapInspector {
  readonly services: Pick<InspectorServices, 'session' | 'tokenizers' | 'filters'>;
  readonly inspection: Inspection;
  readonly exports: PanelExports;
  readonly map: VocabularyMap;
  readonly connection: PanelConnection;
}

/** Does what an inspector's page asks of the map. @throws Whatever it fails with: the page is told. */
export async function performMapRequest(
  inspector: MapInspector,
  request: Extract<FromWebview, MapRequest>,
): Promise<void> {
  const { inspection, map, services } = inspector;
  switch (request.type) {
    case 'makeMap':
      map.make();
      break;
    case 'stopMap':
      map.stop();
      break;
    case 'arrangeMap':
      inspection.changeDisplay({ map: request.arrangement });
      break;
    case 'showTokenOnMap':
      inspection.chooseView('map');
      map.show(() => [request.id]);
      inspector.connection.focus('vocabularyMap');
      break;
    case 'askMean':
      inspection.show(meanOfTokens(services.tokenizers.current, request.ids), { view: 'neighbors' });
      break;
    case 'compareTokens':
      inspection.compare(
        request.ids.map((id) => `#${id}`),
        request.ids.length > 2 ? 'matrix' : 'pair',
      );
      break;
    case 'exportMap':
      await inspector.exports.exportMap();
      break;
    case 'exportMapList':
      await inspector.exports.exportMapList(request);
      break;
    default: {
      const { session, tokenizers, filters } = services;
      const answer = await answerOnMap(
        request,
        {
          embeddings: session,
          tokenizer: () => tokenizers.current,
          filters,
          filter: inspection.ranking.filter,
          query: (signal) => inspection.neighbors.request(signal),
        },
        map.questions.begin(request.type),
      );
      inspector.connection.send({ type: 'mapAnswer', to: request.request, answer });
    }
  }
}
