import type { FromWebview } from '../../../protocol/panelMessages';
import { MAP_REQUESTS, type MapRequest } from '../../../protocol/map/mapMessages';

type Requested<Request> = Request & { readonly request: number };

const names: ReadonlySet<string> = new Set(MAP_REQUESTS);

/** Whether a request is about the map of all tokens. */
export function isMapRequest(request: FromWebview): request is Requested<MapRequest> {
  return names.has(request.type);
}
