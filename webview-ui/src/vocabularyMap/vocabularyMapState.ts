import type { MapArrangement, MapCamera, MapColoring } from '../../../src/protocol/map/mapArrangement';
import type { MapRegion, MapToWebview } from '../../../src/protocol/map/mapMessages';
import { MapColors } from './colors/mapColors';
import { mapDocument, type MapDocument } from './colors/documentColors';
import { Latest } from './latest';
import { foldForms, type FoldedForms } from './list/foldedForms';
import { MapListState } from './list/mapListState';
import { MapTokens } from './mapTokens';
import { dimFlags } from './pointDimming';
import type { Polygon } from './stage/lasso';
import { TrueNeighbors } from './trueNeighbors';

/** An area that was drawn on the map, with the tokens in it. */
export interface MapArea {
  readonly polygon: Polygon;
  /** Ascending, which is commonest first. */
  readonly ids: Uint32Array;
}

/** A way from a token to another one over true neighbors. */
export interface MapWay {
  readonly from: number;
  /** Missing while it is being chosen. */
  readonly to?: number;
  /** Both ends included; missing until the host has found it, empty where there is none. */
  readonly ids?: readonly number[];
  /** Why there is none. */
  readonly refusal?: string;
}

/** What the list beside the map lists. */
export type MapListKind = 'neighbors' | 'area' | 'document' | 'way' | 'regions';

/** Messages about what the map is drawn from; the others ask the page to do something. */
type MapMessage = Exclude<MapToWebview, { type: 'mapAnswer' | 'showOnMap' }>;

/** What the page knows of the map of all tokens, and what was chosen on it. No DOM in here. */
export class VocabularyMapState {
  /** Path of the model that the map is of. */
  model: string | undefined;
  tokens: MapTokens | undefined;
  /** x and y by id, NaN without a place. */
  positions: Float32Array | undefined;
  stage: 'linear' | 'unfolding' | 'ready' | undefined;
  /** By id, how many of 15 true neighbors are near. */
  near: Uint8Array | undefined;
  /** From wide to fine. */
  regions: readonly (readonly MapRegion[])[] = [];
  readonly neighbors = new TrueNeighbors();
  readonly colors = new MapColors();
  readonly list = new MapListState();
  document: MapDocument | undefined;
  /** A bit a token that the panel's filters let through; undefined where all pass. */
  allowed: Uint8Array | undefined;
  coloring: MapColoring = 'kind';
  /** Where the map was left; undefined for the whole map. */
  camera: MapCamera | undefined;
  dimmedKinds: ReadonlySet<number> = new Set();
  selectedId: number | undefined;
  hoveredId: number | undefined;
  area: MapArea | undefined;
  way: MapWay | undefined;
  isListOpen = false;
  /** The list shows the regions, whatever is selected. */
  showsRegions = false;
  /** Which regions are listed: 0 for the widest. */
  regionLevel = 0;
  isDrawing = false;
  /** In CSS pixels; 0 before it is known. */
  legendWidth = 0;
  /** The page that tells how far the map can be believed is open. */
  isExplained = false;
  private readonly dimming = new Latest<Uint8Array | undefined>();
  private readonly forms = new Latest<readonly FoldedForms[]>();

  /** Takes over how the map was left. */
  restore({ coloring, camera, selectedId, isListOpen, dimmedKinds }: MapArrangement): void {
    this.coloring = coloring ?? this.coloring;
    this.camera = camera;
    this.selectedId = selectedId;
    this.isListOpen = isListOpen ?? false;
    this.dimmedKinds = new Set(dimmedKinds);
  }

  /** How the map is left now. */
  get arrangement(): MapArrangement {
    const { coloring, camera, selectedId, isListOpen, dimmedKinds } = this;
    return {
      coloring,
      isListOpen,
      dimmedKinds: [...dimmedKinds].sort((a, b) => a - b),
      ...(camera && { camera }),
      ...(selectedId !== undefined && { selectedId }),
    };
  }

  /**
   * Takes over what the map is drawn from. What is about another model than the one whose tokens came last is late, and left out.
   *
   * @returns whether something has changed
   */
  take(message: MapMessage): boolean {
    switch (message.type) {
      case 'mapTokens':
        this.begin(message.model, MapTokens.of(message));
        return true;
      case 'mapPositions':
        if (message.model !== this.model) {
          return false;
        }
        this.positions = new Float32Array(message.positions);
        this.stage = message.stage;
        if (message.stage !== 'ready') {
          this.forgetLayout();
        }
        return true;
      case 'mapLayout':
        if (message.model !== this.model || 2 * message.near.byteLength !== this.positions?.length) {
          return false;
        }
        this.near = new Uint8Array(message.near);
        this.regions = message.regions;
        return true;
      case 'mapDocument':
        this.document = mapDocument(message.name, message.ids, message.counts);
        return true;
    }
  }

  /** Whether a token has a place on the map. */
  hasPlace(id: number): boolean {
    const { positions } = this;
    return Number.isFinite(positions?.[2 * id]) && Number.isFinite(positions?.[2 * id + 1]);
  }

  nameOf(id: number): string {
    return this.tokens?.nameOf(id) ?? `#${id}`;
  }

  /** Names and areas belong to a map whose distances mean something. */
  get isReady(): boolean {
    return this.stage === 'ready';
  }

  /** Which points are dim, by id; undefined for none. */
  get dim(): Uint8Array | undefined {
    const { tokens, allowed } = this;
    // Only where the legend shows which kinds they are.
    const kinds = this.coloring === 'kind' ? this.dimmedKinds : NO_KINDS;
    return this.dimming.get([tokens, kinds, allowed], () => tokens && dimFlags(tokens.kinds, kinds, allowed));
  }

  get listKind(): MapListKind | undefined {
    if (this.showsRegions) {
      return this.regions.length > 0 ? 'regions' : undefined;
    }
    if (this.way?.ids && this.way.ids.length > 0) {
      return 'way';
    }
    if (this.area) {
      return 'area';
    }
    if (this.coloring === 'document' && this.document) {
      return 'document';
    }
    if (this.selectedId !== undefined && this.neighbors.of(this.selectedId)) {
      return 'neighbors';
    }
    return this.regions.length > 0 ? 'regions' : undefined;
  }

  /** The tokens in the area, forms of a word in one row. */
  get areaForms(): readonly FoldedForms[] {
    const { area, tokens } = this;
    return this.forms.get([area, tokens], () => (area && tokens ? foldForms(area.ids, tokens) : []));
  }

  private begin(model: string, tokens: MapTokens): void {
    if (model !== this.model && this.model !== undefined) {
      // Ids of another vocabulary.
      this.selectedId = undefined;
      this.camera = undefined;
    }
    this.model = model;
    this.tokens = tokens;
    this.positions = undefined;
    this.stage = undefined;
    this.hoveredId = undefined;
    this.document = undefined;
    this.allowed = undefined;
    this.neighbors.forget();
    this.colors.forgetValues();
    this.forgetLayout();
  }

  private forgetLayout(): void {
    this.near = undefined;
    this.regions = [];
    this.area = undefined;
    this.way = undefined;
    this.isDrawing = false;
    this.showsRegions = false;
    this.isExplained = false;
  }
}

const NO_KINDS: ReadonlySet<number> = new Set();
