import type { KeptCamera } from './cameraControl';
import type { ScreenPoint } from './camera';
import type { Polygon } from './lasso';

/** What a stage tells. All of it is optional; nothing is told of what the owner did itself by calling the stage, but the camera. */
export interface StageEvents {
  /** The pointer has come to another token, or to none. @param at of the token's point, in CSS pixels of the stage */
  hover?(id: number | undefined, at: ScreenPoint | undefined): void;
  /** A token was clicked, or chosen by Space; undefined for a click where none is. */
  select?(id: number | undefined): void;
  /** A token was double-clicked, or Enter was pressed on the selected one. */
  go?(id: number): void;
  /** An area was drawn, by hand or as a square. @param ids those in it that are not dim, ascending */
  lasso?(ids: Uint32Array, area: Polygon): void;
  /** Drawing by hand was switched on or off. */
  drawing?(isOn: boolean): void;
  /** The camera has come to rest somewhere else. */
  cameraChanged?(camera: KeptCamera): void;
  /** The stage has another size. @param fitScale CSS pixels for a unit of the world where the whole map is seen: what a pyramid of labels is made for */
  resized?(width: number, height: number, fitScale: number): void;
  /** What a screen reader is to say. */
  announce?(text: string): void;
}

export interface StageOptions {
  /** What the map is, to a screen reader: `Map of 50,257 tokens`. */
  readonly label: string;
  /** A token as a name shows it, with its space as a sign. */
  readonly nameOf: (id: number) => string;
  readonly events: StageEvents;
}
