import { shortText } from '../../../src/core/query/mapLabels/labelText';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { formatCount } from '../numbers';
import { searchedTokens } from '../searched';
import { StageNames } from './labels/stageNames';
import { Latest } from './latest';
import { MapStage } from './stage/mapStage';
import type { StageEvents } from './stage/stageEvents';
import type { TokenLinks } from './stage/stageMarks';
import type { VocabularyMapState } from './vocabularyMapState';
import { ofRows } from '../rowNames';

/** Room of the zoom buttons in the corner, in CSS pixels. */
const ZOOM_BUTTONS = { width: 44, height: 96 };
/** How far in a region of each size is looked at, 1 for the whole map. */
const REGION_ZOOMS = [3, 6, 12];
/** What is shown around several tokens, as a share of their extent. */
const MARGIN = 0.15;

/** The stage of the map, which shows what the state says. */
export class MapSurface {
  private stage: MapStage | undefined;
  /** Set where the stage has got what it shows; each is set again when it changes. */
  private shown = new Shown();
  private names: StageNames | undefined;
  private readonly selectedLinks = new Latest<TokenLinks | undefined>();
  private readonly hoveredLinks = new Latest<TokenLinks | undefined>();
  /** To be brought into view when there is one. */
  private awaited: readonly number[] | undefined;
  private isMoving = false;

  constructor(
    private readonly map: VocabularyMapState,
    private readonly events: StageEvents,
  ) {}

  /** Undefined before there is something to draw. */
  get element(): HTMLElement | undefined {
    return this.stage?.element;
  }

  /** Only the map of a layout has areas that mean something. */
  set isDrawing(isOn: boolean) {
    if (this.stage) {
      this.stage.isDrawing = isOn && this.map.isReady;
    }
  }

  /** For saving a picture of what is seen. */
  get drawing(): MapStage | undefined {
    return this.stage;
  }

  zoom(how: 'in' | 'out' | 'whole'): void {
    if (how === 'in') {
      this.stage?.zoomIn();
    } else if (how === 'out') {
      this.stage?.zoomOut();
    } else {
      this.stage?.showWhole();
    }
  }

  flyTo(id: number): void {
    this.stage?.flyTo(id);
  }

  /** @param level 0 for the widest regions: small ones are looked at from nearer */
  flyToRegion(x: number, y: number, level: number): void {
    const { stage } = this;
    const zoom = REGION_ZOOMS[level] ?? 12;
    if (stage && Number.isFinite(x) && Number.isFinite(y)) {
      const { width, height } = stage.element.getBoundingClientRect();
      const half = Math.max(1, Math.min(width, height)) / 2 / (zoom * stage.fitScale);
      stage.flyTo({ left: x - half, top: y - half, right: x + half, bottom: y + half });
    }
  }

  /** @param ids of tokens with a place; the first one is selected */
  bringIntoView(ids: readonly number[]): void {
    const { stage, map } = this;
    const [first] = ids;
    if (!stage || !map.positions || first === undefined) {
      return;
    }
    if (stage.element.clientWidth === 0 || stage.element.clientHeight === 0) {
      this.awaited = ids;
      return;
    }
    this.awaited = undefined;
    if (ids.length === 1) {
      stage.flyTo(first);
      return;
    }
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const id of ids) {
      const x = map.positions[2 * id] ?? NaN;
      const y = map.positions[2 * id + 1] ?? NaN;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
    const margin = MARGIN * Math.max(box.right - box.left, box.bottom - box.top);
    stage.flyTo({
      left: box.left - margin,
      top: box.top - margin,
      right: box.right + margin,
      bottom: box.bottom + margin,
    });
  }

  /** Shows what has changed. */
  update(snapshot: PanelSnapshot): void {
    const { map, shown } = this;
    const { tokens, positions } = map;
    if (!tokens || !positions) {
      return;
    }
    if (!this.stage || shown.isOther('tokens', tokens)) {
      this.begin();
      this.shown.isOther('tokens', tokens);
    }
    this.showPoints(positions, snapshot.map?.stage === 'unfolding');
    const colors = map.colors.of(map);
    if (colors && this.shown.isOther('colors', colors)) {
      this.stage?.setColors(colors.index, colors.palette, colors.onTop);
    }
    if (this.shown.isOther('dim', map.dim)) {
      this.stage?.setDim(map.dim);
    }
    this.showMarks(snapshot);
    this.names?.update();
  }

  private begin(): void {
    const { map, events } = this;
    this.stage?.dispose();
    this.names?.dispose();
    this.shown = new Shown();
    const count = map.tokens?.texts.length ?? 0;
    this.stage = new MapStage({
      label: ofRows(`Map of ${formatCount(count)} tokens`),
      // GPT-2 has tokens of 128 characters: each would be written across the whole stage.
      nameOf: (id) => shortText(map.nameOf(id)),
      events: { ...events, resized: (width, height) => this.resized(width, height) },
    });
    this.names = new StageNames(map, this.stage);
  }

  private showPoints(positions: Float32Array, isMoving: boolean): void {
    const { stage, map, shown } = this;
    const isOther = shown.isOther('positions', positions);
    if (!stage || (!isOther && isMoving === this.isMoving)) {
      return;
    }
    this.isMoving = isMoving;
    if (isMoving) {
      stage.setPositions(positions);
      return;
    }
    stage.setPoints(positions);
    if (map.isReady && map.camera && shown.isOther('camera', 'restored')) {
      stage.camera = map.camera;
    }
  }

  private showMarks(snapshot: PanelSnapshot): void {
    const { stage, map, shown } = this;
    if (!stage) {
      return;
    }
    // A way has lines and names of its own, and begins at the selected token.
    const hasWay = map.way?.ids !== undefined && map.way.ids.length > 0;
    const selection = hasWay ? undefined : this.linksOf(map.selectedId);
    if (shown.isOther('selection', selection)) {
      stage.setSelection(selection);
    }
    const hovered = map.hoveredId === map.selectedId ? undefined : this.linksOf(map.hoveredId);
    if (shown.isOther('hovered', hovered)) {
      stage.setHovered(hovered);
    }
    const query = searchedTokens(snapshot.query)
      .map(({ id }) => id)
      .filter((id) => id !== map.selectedId);
    if (shown.isOther('query', query.join())) {
      stage.setQuery(query);
    }
    if (shown.isOther('way', map.way?.ids)) {
      stage.setWay(map.way?.ids ?? []);
    }
    if (shown.isOther('area', map.area)) {
      stage.setArea(map.area?.polygon, map.area?.ids);
    }
  }

  private linksOf(id: number | undefined): TokenLinks | undefined {
    const { map } = this;
    const { positions } = map;
    if (id === undefined || !positions || !map.hasPlace(id)) {
      return undefined;
    }
    const neighbors = map.neighbors.of(id);
    const isSelected = id === map.selectedId;
    return (isSelected ? this.selectedLinks : this.hoveredLinks).get([id, neighbors, positions], () => ({
      id,
      // Lines of what is pointed at tell nothing about near and far.
      neighbors: isSelected
        ? (map.neighbors.rankedOf(id, positions) ?? [])
        : (neighbors ?? []).map((neighbor) => ({ id: neighbor.id, near: true })),
    }));
  }

  private resized(width: number, height: number): void {
    this.stage?.setCovered(
      width > ZOOM_BUTTONS.width
        ? [
            {
              left: width - ZOOM_BUTTONS.width,
              top: height - ZOOM_BUTTONS.height,
              right: width,
              bottom: height,
            },
          ]
        : [],
    );
    if (width > 0 && height > 0 && this.awaited) {
      this.bringIntoView(this.awaited);
    }
    this.names?.resized(width, height);
  }
}

/** What a stage has been told last. */
class Shown {
  private readonly values = new Map<string, unknown>();

  /** Whether something differs from what was told last; from now on it is that. */
  isOther(name: string, value: unknown): boolean {
    if (this.values.has(name) && Object.is(this.values.get(name), value)) {
      return false;
    }
    this.values.set(name, value);
    return true;
  }
}
