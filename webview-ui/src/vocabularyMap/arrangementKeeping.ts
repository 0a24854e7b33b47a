import type { MapRequest } from '../../../src/protocol/map/mapMessages';
import type { VocabularyMapState } from './vocabularyMapState';

/** Changes are kept when none has come for so long, in milliseconds. */
const PAUSE_MS = 300;

/** Has the host keep how the map is left. */
export class ArrangementKeeping {
  private kept = '';
  private timer = 0;

  constructor(
    private readonly map: VocabularyMapState,
    private readonly ask: (request: MapRequest) => Promise<unknown>,
  ) {}

  /** The host knows how it is now. */
  isKept(): void {
    this.kept = JSON.stringify(this.map.arrangement);
  }

  keepSoon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.keepNow(), PAUSE_MS);
  }

  keepNow(): void {
    window.clearTimeout(this.timer);
    const { arrangement } = this.map;
    const text = JSON.stringify(arrangement);
    if (text !== this.kept) {
      this.kept = text;
      void this.ask({ type: 'arrangeMap', arrangement });
    }
  }
}
