import { Latest } from '../latest';
import type { LabelSource } from '../stage/labelSource';
import type { MapStage } from '../stage/mapStage';
import type { VocabularyMapState } from '../vocabularyMapState';
import { DocumentNames } from './documentNames';
import { MapNames } from './mapNames';
import { NameLaying } from './nameLaying';
import { pageNameWidths } from './nameWidths';

/** A stage whose size has changed so little has room for the same names. */
const SAME_SCALE = 0.02;
/** Names are laid anew when the size has not changed for so long, in milliseconds. */
const RESIZED_MS = 150;

/** Which names a stage shows: those of regions and tokens, laid for its size, or those of a document's tokens. */
export class StageNames {
  private names: MapNames | undefined;
  private readonly laying = new NameLaying((names, isDone) => this.laid(names, isDone));
  private readonly laidFor = new Latest<undefined>();
  private readonly source = new Latest<LabelSource | undefined>();
  private readonly told = new Latest<undefined>();
  /** Scale that names were laid for; 0 before. */
  private wholeScale = 0;
  private resizing = 0;

  constructor(
    private readonly map: VocabularyMapState,
    private readonly stage: MapStage,
  ) {}

  dispose(): void {
    this.laying.stop();
    window.clearTimeout(this.resizing);
  }

  /** Shows what has changed. */
  update(): void {
    const { map, names } = this;
    const { tokens, positions, regions, isReady } = map;
    this.laidFor.get([regions, tokens, positions, isReady], () => this.lay());
    if (names) {
      names.areQuiet = map.coloring !== 'kind' || map.selectedId !== undefined;
    }
    const document = map.coloring === 'document' && isReady ? map.document : undefined;
    const source = this.source.get([document, tokens, positions, this.names], () =>
      document && tokens && positions ? new DocumentNames(document, tokens, positions) : this.names,
    );
    this.told.get([source, this.names?.areQuiet], () => {
      this.stage.setLabels(source);
      return undefined;
    });
  }

  /** @param width of the stage in CSS pixels, as is its height; 0 where it is covered */
  resized(width: number, height: number): void {
    window.clearTimeout(this.resizing);
    this.resizing = 0;
    const isOther = Math.abs(this.stage.fitScale / this.wholeScale - 1) > SAME_SCALE;
    if (width > 0 && height > 0 && isOther && this.map.isReady) {
      this.resizing = window.setTimeout(
        () => {
          this.resizing = 0;
          this.lay();
        },
        this.names ? RESIZED_MS : 0,
      );
    }
    this.tellBusy();
  }

  private lay(): undefined {
    const { map, stage } = this;
    const { tokens, positions, regions } = map;
    this.laying.stop();
    if (!map.isReady || regions.length === 0 || !tokens || !positions) {
      this.names = undefined;
    } else {
      const { width, height } = stage.element.getBoundingClientRect();
      // Where the stage has no size yet, it will tell when it has one.
      if (width > 0 && height > 0) {
        this.wholeScale = stage.fitScale;
        this.laying.begin(
          new MapNames({ tokens, positions, regions, wholeScale: this.wholeScale }, pageNameWidths()),
        );
      }
    }
    this.tellBusy();
  }

  /** A stage whose size goes to and fro, or to nothing, must not be left busy: it is whenever names are on their way, and else never. */
  private tellBusy(): void {
    this.stage.element.ariaBusy = String(this.resizing !== 0 || this.laying.isUnderWay);
  }

  private laid(names: MapNames, isDone: boolean): void {
    // Names that are being laid are shown as far as they go, unless there are older ones that are whole.
    if (isDone || !this.names) {
      this.names = names;
    }
    this.tellBusy();
    if (this.names === names) {
      this.update();
      if (this.map.coloring !== 'document') {
        this.stage.setLabels(names);
      }
    }
  }
}
