import type { WorldBox } from './camera';

/** What is seen of the map when labels are asked for. */
export interface LabelView {
  /** The part of the world that is seen. */
  readonly box: WorldBox;
  /** CSS pixels for one unit of the world: a pyramid made at a scale finds its level by it, whatever the stage's size is now. */
  readonly scale: number;
  /** 1 where the whole map is seen. */
  readonly zoom: number;
}

/** A name of a place on the map. */
export interface MapLabel {
  /** A word's token stands beside its point, in the editor's font; a region's name stands around its place. */
  readonly kind: 'word' | 'region';
  readonly text: string;
  /** A second line of a region, in quiet. */
  readonly second?: string;
  /** Place in the world. */
  readonly x: number;
  readonly y: number;
  /** Of a word: on which side of its point it stands; right without it. */
  readonly side?: 'left' | 'right';
  /** `plain` without it. `kind` is a name that tells what is there rather than naming it, such as *numbers*: italic. */
  readonly style?: 'strong' | 'plain' | 'quiet' | 'kind';
  /** The token, where it is one: its own name may be drawn elsewhere already. */
  readonly id?: number;
}

/**
 * Names for what is seen, called for every frame: the more important first. The stage leaves out what lies on the selection's own names
 * or under its buttons, and moves nothing.
 */
export interface LabelSource {
  labelsIn(view: LabelView): Iterable<MapLabel>;
}
