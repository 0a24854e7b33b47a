import type { ScreenPoint } from './camera';
import { TouchPresses } from './touchPresses';
import { wheelFactor } from './wheelFactor';

/** What the pointer does to a map. Places in CSS pixels of the stage; a point within `reach` of a place is meant. */
export interface PointerTarget {
  /** Whether dragging draws an area rather than moving the map. */
  readonly isDrawing: boolean;
  pan(dx: number, dy: number): void;
  zoom(at: ScreenPoint, factor: number): void;
  /** @param at undefined where the pointer has left */
  point(at: ScreenPoint | undefined, reach: number): void;
  click(at: ScreenPoint, reach: number): void;
  /** @param isBack with Shift: the opposite of what is done else */
  doubleClick(at: ScreenPoint, reach: number, isBack: boolean): void;
  draw(at: ScreenPoint, stage: 'start' | 'on' | 'end' | 'abort'): void;
  /** A drag or a pinch begins or ends. */
  dragging(is: boolean): void;
}

/** A pointer that moved no further is a click, in CSS pixels. A finger never rests quite. */
const CLICK_SLACK = 4;
const TAP_SLACK = 10;
/** A point this near to the pointer is meant; a finger covers more, and aims worse. */
export const REACH = 12;
const FINGER_REACH = 22;

/**
 * Listens to mouse, touch, pen and wheel over an element. One finger drags, two pinch; a tap is a click, two are a double click, and a
 * finger that rests points at what is below it, from then on wherever it goes.
 */
export class PointerInput {
  private readonly pressed = new Map<number, ScreenPoint>();
  private pressedAt: ScreenPoint | undefined;
  private hasMoved = false;
  /** What was pressed last: a mouse, a finger, a pen. */
  private lastType = '';
  private isDrawing = false;
  private readonly touch = new TouchPresses((at) => this.target.point(at, FINGER_REACH));
  private readonly stop = new AbortController();

  constructor(
    private readonly element: HTMLElement,
    private readonly target: PointerTarget,
  ) {
    const { signal } = this.stop;
    element.addEventListener('pointerdown', (event) => this.down(event), { signal });
    element.addEventListener('pointermove', (event) => this.move(event), { signal });
    element.addEventListener('pointerup', (event) => this.up(event, false), { signal });
    element.addEventListener('pointercancel', (event) => this.up(event, true), { signal });
    element.addEventListener('pointerleave', (event) => this.leave(event), { signal });
    element.addEventListener('dblclick', (event) => this.doubleClick(event), { signal });
    element.addEventListener('contextmenu', (event) => this.menu(event), { signal });
    element.addEventListener('wheel', (event) => this.wheel(event), { signal, passive: false });
  }

  dispose(): void {
    this.touch.end();
    this.stop.abort();
  }

  placeOf(event: MouseEvent): ScreenPoint {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private down(event: PointerEvent): void {
    this.lastType = event.pointerType;
    if (event.button !== 0) {
      return;
    }
    const at = this.placeOf(event);
    this.pressed.set(event.pointerId, at);
    this.element.setPointerCapture(event.pointerId);
    this.touch.end();
    if (this.pressed.size === 1) {
      this.pressedAt = at;
      this.hasMoved = false;
      this.isDrawing = this.target.isDrawing;
      if (this.isDrawing) {
        this.target.draw(at, 'start');
      } else if (isFinger(event)) {
        this.target.point(undefined, FINGER_REACH);
        this.touch.begin(at);
      }
    } else {
      // A second finger makes a pinch of it.
      this.abortDrawing(at);
      this.beginDragging();
    }
  }

  private move(event: PointerEvent): void {
    const at = this.placeOf(event);
    const before = this.pressed.get(event.pointerId);
    if (!before) {
      if (!isFinger(event)) {
        this.target.point(at, REACH);
      }
      return;
    }
    if (this.pressed.size >= 2) {
      this.pinch(event.pointerId, at);
      return;
    }
    if (this.isPointing(event)) {
      this.target.point(at, FINGER_REACH);
      return;
    }
    const start = this.pressedAt ?? at;
    const slack = isFinger(event) ? TAP_SLACK : CLICK_SLACK;
    if (!this.hasMoved && Math.hypot(at.x - start.x, at.y - start.y) < slack) {
      return;
    }
    this.touch.end();
    if (this.isDrawing) {
      this.target.draw(at, 'on');
      this.hasMoved = true;
    } else {
      this.beginDragging();
      this.target.pan(at.x - before.x, at.y - before.y);
    }
    this.pressed.set(event.pointerId, at);
  }

  private beginDragging(): void {
    if (!this.hasMoved) {
      this.hasMoved = true;
      this.target.dragging(true);
    }
  }

  /** Whether a finger that has rested points, rather than drags. */
  private isPointing(event: PointerEvent): boolean {
    return isFinger(event) && this.touch.isHeld && !this.hasMoved;
  }

  private up(event: PointerEvent, isCanceled: boolean): void {
    if (!this.pressed.delete(event.pointerId) || this.pressed.size > 0) {
      return;
    }
    this.touch.end();
    const at = this.placeOf(event);
    if (this.isDrawing) {
      this.target.draw(at, isCanceled ? 'abort' : 'end');
      this.isDrawing = false;
    } else if (this.hasMoved) {
      this.target.dragging(false);
    } else if (isCanceled || this.isPointing(event)) {
      return;
    } else if (!isFinger(event)) {
      this.target.click(at, REACH);
    } else if (this.touch.tap(at, event.timeStamp)) {
      this.target.doubleClick(at, FINGER_REACH, false);
    } else {
      this.target.click(at, FINGER_REACH);
    }
  }

  /** What a finger points at stays pointed at when it is lifted: it has covered the name. */
  private leave(event: PointerEvent): void {
    if (!isFinger(event)) {
      this.target.point(undefined, REACH);
    }
  }

  /** That of a mouse: of a finger's taps a browser tells it or not. */
  private doubleClick(event: MouseEvent): void {
    if (this.lastType !== 'touch') {
      this.target.doubleClick(this.placeOf(event), REACH, event.shiftKey);
    }
  }

  /** The map has no menu that a long press could open in place of the name. */
  private menu(event: MouseEvent): void {
    if (this.lastType === 'touch') {
      event.preventDefault();
    }
  }

  /** Two fingers: their middle drags, their distance zooms. Others are left out. */
  private pinch(moved: number, at: ScreenPoint): void {
    const [first, second] = [...this.pressed.keys()];
    const other = this.pressed.get(moved === first ? second : first);
    const before = this.pressed.get(moved);
    this.pressed.set(moved, at);
    if (!other || !before || (moved !== first && moved !== second)) {
      return;
    }
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    const factor = distance(at, other) / Math.max(1, distance(before, other));
    this.target.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
    this.target.zoom(middle, factor);
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.target.zoom(this.placeOf(event), wheelFactor(event));
  }

  private abortDrawing(at: ScreenPoint): void {
    if (this.isDrawing) {
      this.target.draw(at, 'abort');
      this.isDrawing = false;
    }
  }
}

function isFinger(event: PointerEvent): boolean {
  return event.pointerType === 'touch';
}

function distance(a: ScreenPoint, b: ScreenPoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
