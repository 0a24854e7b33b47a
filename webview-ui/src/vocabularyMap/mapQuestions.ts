import type { MapAnswer } from '../../../src/protocol/map/mapMessages';
import type { PanelRequest } from '../../../src/protocol/panelMessages';
import { NO_FILTER, type PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { isDistance } from '../metrics';
import { listKey } from '../searched';
import type { MapValues } from './colors/mapColors';
import type { MapWay, VocabularyMapState } from './vocabularyMapState';

/** What a question about the map came to. */
export type MapReply =
  { readonly ok: true; readonly map?: MapAnswer } | { readonly ok: false; readonly message: string };

/** Asks the host for what the map shows and does not know yet: each once. */
export class MapQuestions {
  /** Those that are asked about, and those that have been refused. */
  private readonly askedNeighbors = new Set<number>();
  private readonly underWay = new Set<number>();
  private graphKey = '';
  private valuesKey = '';
  private allowedKey = '';

  /**
   * @param ask never rejects
   * @param known called after each answer, with the token whose neighbors came, where it is that
   */
  constructor(
    private readonly map: VocabularyMapState,
    private readonly ask: (request: PanelRequest) => Promise<MapReply>,
    private readonly known: (neighborsOf?: number) => void,
  ) {}

  /** Asks for what is missing now. */
  update(snapshot: PanelSnapshot): void {
    if (!this.map.tokens) {
      return;
    }
    this.askNeighbors(snapshot);
    this.askValues(snapshot);
    this.askAllowed(snapshot);
  }

  /** Whether the neighbors of a token are on their way. */
  isAsking(id: number): boolean {
    return this.underWay.has(id);
  }

  /** @returns the way, undefined where another one is asked for meanwhile */
  async findWay(from: number, to: number): Promise<MapWay | undefined> {
    const { map } = this;
    const asked: MapWay = { from, to };
    map.way = asked;
    const reply = await this.ask({ type: 'mapPath', from, to });
    if (map.way !== asked) {
      return undefined;
    }
    if (!reply.ok) {
      map.way = { from, to, ids: [], refusal: reply.message };
    } else if (reply.map?.kind === 'path') {
      map.way = { from, to, ids: reply.map.ids };
    }
    this.known();
    return map.way;
  }

  private askNeighbors(snapshot: PanelSnapshot): void {
    const { map } = this;
    // They are taken from the graph, which the linear map is there without.
    const hasGraph =
      snapshot.map !== undefined && !['waiting', 'linear', 'refused', 'failed'].includes(snapshot.map.stage);
    const key = JSON.stringify([map.model, hasGraph]);
    if (key !== this.graphKey) {
      this.graphKey = key;
      this.askedNeighbors.clear();
    }
    for (const id of [map.selectedId, map.hoveredId]) {
      if (hasGraph && id !== undefined && !map.neighbors.of(id) && !this.askedNeighbors.has(id)) {
        void this.askNeighborsOf(id);
      }
    }
  }

  private async askNeighborsOf(id: number): Promise<void> {
    const { map, graphKey } = this;
    this.askedNeighbors.add(id);
    this.underWay.add(id);
    const reply = await this.ask({ type: 'mapNeighbors', id });
    this.underWay.delete(id);
    if (graphKey !== this.graphKey) {
      return;
    }
    // A refusal is asked about no more: the token has no list, as rows of zeros have none.
    if (reply.ok) {
      this.askedNeighbors.delete(id);
      if (reply.map?.kind === 'neighbors') {
        map.neighbors.take(id, reply.map);
      }
    }
    this.known(id);
  }

  private askValues(snapshot: PanelSnapshot): void {
    const { map } = this;
    const wanted = wantedValues(map, snapshot);
    if (wanted.key === this.valuesKey) {
      return;
    }
    this.valuesKey = wanted.key;
    if (wanted.name === undefined) {
      map.colors.forgetValues();
    } else {
      void this.fetchValues({ ...wanted, name: wanted.name });
    }
  }

  private async fetchValues(wanted: Omit<MapValues, 'values'>): Promise<void> {
    const { map } = this;
    const reply = await this.ask({ type: 'mapValues', values: wanted.name });
    if (wanted.key !== this.valuesKey) {
      return;
    }
    map.colors.forgetValues();
    if (!reply.ok) {
      map.colors.refusal = reply.message;
    } else if (reply.map?.kind === 'values') {
      map.colors.values = { ...wanted, values: new Float32Array(reply.map.values) };
    }
    this.known();
  }

  private askAllowed(snapshot: PanelSnapshot): void {
    const { map } = this;
    const { minimumScore: _, excludedIds = [], ...filter } = snapshot.filter;
    const isOn =
      excludedIds.length > 0 ||
      filter.space !== NO_FILTER.space ||
      filter.wordLike ||
      filter.hideByteFragments ||
      filter.text !== '';
    const key = isOn ? JSON.stringify([map.model, filter, excludedIds]) : '';
    if (key === this.allowedKey) {
      return;
    }
    this.allowedKey = key;
    if (isOn) {
      void this.fetchAllowed(key);
    } else {
      map.allowed = undefined;
    }
  }

  private async fetchAllowed(key: string): Promise<void> {
    const reply = await this.ask({ type: 'mapAllowed' });
    if (key === this.allowedKey && reply.ok && reply.map?.kind === 'allowed') {
      this.map.allowed = new Uint8Array(reply.map.bits);
      this.known();
    }
  }
}

/** Which values the map is colored by; no name where it is by none, or there is no query to be similar to. */
function wantedValues(
  { coloring, model }: VocabularyMapState,
  snapshot: PanelSnapshot,
): Partial<Pick<MapValues, 'name'>> & Omit<MapValues, 'values' | 'name'> {
  const { metric, query } = snapshot;
  if (coloring === 'norm' || coloring === 'centroidDistance') {
    return { key: JSON.stringify([model, coloring]), name: coloring, isDistance: false };
  }
  if (coloring === 'similarity' && query && !query.syntaxError) {
    return {
      key: JSON.stringify([model, coloring, listKey(snapshot), metric]),
      name: coloring,
      isDistance: isDistance(metric),
    };
  }
  return { key: coloring, isDistance: false };
}
