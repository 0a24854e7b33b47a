import type { MapColoring } from '../../../src/protocol/map/mapArrangement';
import type { MapToWebview } from '../../../src/protocol/map/mapMessages';
import type { PanelRequest } from '../../../src/protocol/panelMessages';
import type { InspectorState } from '../inspectorState';
import { formatCount } from '../numbers';
import { ArrangementKeeping } from './arrangementKeeping';
import { exportMapPicture } from './exportMapPicture';
import type { ViewActions } from '../plots/viewActions';
import { onlyToken } from '../tokenText';
import { searchedTokens } from '../searched';
import type { MapActions } from './mapActions';
import { MapQuestions, type MapReply } from './mapQuestions';
import { MapSurface } from './mapSurface';
import { selectionSentence } from './mapSentences';
import { ShownTokens } from './shownTokens';
import type { VocabularyMapState } from './vocabularyMapState';
import { WaysOnMap } from './waysOnMap';
import { ofRows } from '../rowNames';

/** What of the page the map asks and tells. */
export interface MapPage extends ViewActions {
  /** Sends a request and tells what came of it; never rejects. */
  ask(request: PanelRequest): Promise<MapReply>;
  /** Moves the keyboard focus there, as soon as it is drawn. */
  focus(target: 'vocabularyMap' | 'mapList' | 'mapTruth' | 'wayInput'): void;
}

/** Connects what is known of the map with its surface, the host, and what is done on the page. */
export class VocabularyMap implements MapActions {
  private readonly map: VocabularyMapState;
  private readonly questions: MapQuestions;
  private readonly drawn: MapSurface;
  private readonly arrangement: ArrangementKeeping;
  private readonly shown: ShownTokens;
  private readonly ways: WaysOnMap;
  private wasReady = false;

  constructor(
    private readonly state: InspectorState,
    private readonly page: MapPage,
  ) {
    this.map = state.vocabularyMap;
    this.questions = new MapQuestions(
      this.map,
      (request) => page.ask(request),
      (neighborsOf) => this.answered(neighborsOf),
    );
    this.arrangement = new ArrangementKeeping(this.map, (request) => page.ask(request));
    this.drawn = new MapSurface(this.map, {
      hover: (id) => {
        this.map.hoveredId = id;
        this.changed();
      },
      select: (id) => this.select(id),
      go: (id) => this.go(id),
      lasso: (ids, polygon) => this.takeArea(ids, polygon),
      drawing: (isOn) => {
        this.map.isDrawing = isOn;
        page.redraw();
      },
      cameraChanged: (camera) => {
        if (this.map.isReady) {
          this.map.camera = camera;
          this.arrangement.keepSoon();
        }
      },
      announce: (text) => page.announce(text),
    });
    this.ways = new WaysOnMap(this.map, this.questions, this.drawn, (text) => page.announce(text));
    this.shown = new ShownTokens(this.map, this.questions, this.drawn, (text) => page.announce(text));
  }

  get surface(): HTMLElement | undefined {
    return this.drawn.element;
  }

  /** Takes over what the host says about the map. */
  receive(message: MapToWebview): void {
    if (message.type === 'showOnMap') {
      this.shown.show(message.ids);
      this.changed();
    } else if (message.type !== 'mapAnswer' && this.map.take(message)) {
      this.changed();
    }
  }

  /** Called after a snapshot was taken over. */
  snapshotShown(): void {
    const { snapshot, view } = this.state;
    if (!snapshot) {
      return;
    }
    if (this.shown.follow(snapshot, view)) {
      this.arrangement.isKept();
    }
    const isReady = snapshot.map?.stage === 'ready';
    if (isReady && !this.wasReady && view === 'map') {
      this.page.announce(ofRows(`Map of ${formatCount(snapshot.map.figures.placedCount)} tokens.`));
    }
    this.wasReady = isReady;
    this.changed();
  }

  /** Called when another view was chosen: a map that came before it was asked for is drawn at once. */
  viewChosen(): void {
    if (this.state.view === 'map' && this.map.isReady) {
      this.changed();
    }
  }

  chooseColoring(coloring: MapColoring): void {
    this.map.coloring = coloring;
    this.arrangement.keepNow();
    this.changed();
  }

  toggleKind(kind: number): void {
    const dimmed = new Set(this.map.dimmedKinds);
    if (!dimmed.delete(kind)) {
      dimmed.add(kind);
    }
    this.map.dimmedKinds = dimmed;
    this.arrangement.keepSoon();
    this.changed();
  }

  toggleList(): void {
    this.map.isListOpen = !this.map.isListOpen;
    this.map.showsRegions = false;
    this.arrangement.keepSoon();
    this.page.redraw();
  }

  toggleRegions(): void {
    const { map } = this;
    map.showsRegions = !(map.isListOpen && map.listKind === 'regions') && map.regions.length > 0;
    map.isListOpen = map.showsRegions;
    this.arrangement.keepSoon();
    this.page.focus(map.isListOpen ? 'mapList' : 'vocabularyMap');
  }

  chooseRegionLevel(level: number): void {
    this.map.regionLevel = level;
    this.page.redraw();
  }

  toggleDrawing(): void {
    this.drawn.isDrawing = !this.map.isDrawing;
  }

  zoom(how: 'in' | 'out' | 'whole'): void {
    this.drawn.zoom(how);
  }

  select(id: number | undefined): void {
    const { map } = this;
    if (map.way && map.way.to === undefined && id !== undefined) {
      this.ways.ask(map.way.from, id);
    } else if (map.selectedId !== id) {
      map.selectedId = id;
      map.way = undefined;
      this.tellSelection();
      this.arrangement.keepSoon();
    }
    this.changed();
  }

  flyTo(id: number): void {
    this.drawn.flyTo(id);
  }

  flyToRegion(x: number, y: number, level: number): void {
    this.drawn.flyToRegion(x, y, level);
  }

  point(id: number | undefined): void {
    if (this.map.hoveredId !== id) {
      this.map.hoveredId = id;
      this.changed();
    }
  }

  go(id: number): void {
    this.page.send({ type: 'walk', id });
  }

  compareSelected(): void {
    const { map, state } = this;
    const query = onlyToken(searchedTokens(state.snapshot?.query))?.id;
    const id = map.selectedId;
    if (id !== undefined) {
      const other = query !== undefined && query !== id ? query : map.neighbors.of(id)?.[0]?.id;
      this.page.send({ type: 'compareTokens', ids: other === undefined ? [id] : [id, other] });
    }
  }

  closeArea(): void {
    this.map.area = undefined;
    this.changed();
  }

  beginWay(): void {
    if (this.ways.begin()) {
      this.page.focus('wayInput');
      this.changed();
    }
  }

  findWay(typed: string): void {
    if (this.ways.find(typed)) {
      this.changed();
    }
  }

  closeWay(): void {
    this.map.way = undefined;
    this.changed();
  }

  leave(): boolean {
    const { map } = this;
    if (map.way) {
      this.closeWay();
    } else if (map.area) {
      this.closeArea();
    } else if (map.selectedId !== undefined) {
      this.select(undefined);
    } else {
      return false;
    }
    return true;
  }

  explain(isOpen: boolean): void {
    this.map.isExplained = isOpen;
    this.page.focus(isOpen ? 'mapTruth' : 'vocabularyMap');
  }

  exportPicture(format: 'svg' | 'png'): void {
    const { snapshot } = this.state;
    const { drawing } = this.drawn;
    if (snapshot && drawing) {
      exportMapPicture(drawing, format, snapshot, this.map, this.page);
    }
  }

  private takeArea(ids: Uint32Array, polygon: readonly number[]): void {
    const { map } = this;
    this.drawn.isDrawing = false;
    if (ids.length === 0) {
      this.page.announce(ofRows('No tokens are in that area.'));
      return;
    }
    map.area = { ids, polygon };
    map.selectedId = undefined;
    map.way = undefined;
    map.showsRegions = false;
    map.isListOpen = true;
    this.page.announce(ofRows(`${formatCount(ids.length)} tokens in the area.`));
    this.changed();
  }

  private answered(neighborsOf: number | undefined): void {
    const { map } = this;
    if (neighborsOf !== undefined && neighborsOf === map.selectedId) {
      this.tellSelection();
    }
    this.changed();
  }

  private tellSelection(): void {
    const { map } = this;
    if (map.selectedId !== undefined && map.neighbors.of(map.selectedId)) {
      this.page.announce(selectionSentence(map, map.selectedId));
    }
  }

  /** Draws what has changed, and asks for what is missing. */
  private changed(): void {
    const { snapshot, view } = this.state;
    if (snapshot && (view === 'map' || this.drawn.element)) {
      this.drawn.update(snapshot);
      if (this.shown.select()) {
        this.arrangement.keepSoon();
        this.tellSelection();
      }
      this.questions.update(snapshot);
      this.drawn.update(snapshot);
      const { map } = snapshot;
      this.shown.fly(map?.stage === 'linear' && map.graph.state === 'building');
    }
    this.page.redraw();
  }
}
