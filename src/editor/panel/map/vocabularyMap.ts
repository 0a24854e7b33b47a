import type { MapRequest } from '../../../protocol/map/mapMessages';
import type { MapView } from '../../../protocol/map/mapView';

/** The map of all tokens of one inspector: what its page is told of it. */
export class VocabularyMap {
  /** undefined until the view was opened. */
  readonly view: MapView | undefined;

  /** Does what the page asks of the map. @throws Whatever it fails with: the page is told. */
  perform(request: { readonly request: number } & MapRequest): Promise<void> {
    return Promise.reject(new Error(`The map cannot ${request.type} yet.`));
  }
}
