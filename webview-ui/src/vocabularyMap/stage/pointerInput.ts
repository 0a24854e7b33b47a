import type { ScreenPoint } from './camera';

/** What the pointer does to a map. Places in CSS pixels of the stage. */
export interface PointerTarget {
  /** Whether dragging draws an area rather than moving the map. */
  readonly isDrawing: boolean;
  pan(dx: number, dy: number): void;
  zoom(at: ScreenPoint, factor: number): void;
  /** @param at undefined where the pointer has left */
  point(at: ScreenPoint | undefined): void;
  click(at: ScreenPoint, event: MouseEvent): void;
  doubleClick(at: ScreenPoint, event: MouseEvent): void;
  draw(at: ScreenPoint, stage: 'start' | 'on' | 'end' | 'abort'): void;
  /** A drag or a pinch begins or ends. */
  dragging(is: boolean): void;
}

/** A pointer that moved no further is a click. */
const CLICK_SLACK = 4;
const WHEEL_FACTOR = 0.0016;
/** A pinch on a touch pad comes as a wheel with Ctrl, in smaller steps. */
const PINCH_FACTOR = 0.01;
const LINE_PIXELS = 16;
const PAGE_PIXELS = 400;
/** The wheel of some mice jumps: one event does not zoom further. */
const MOST_AT_ONCE = 2.5;

/** Listens to mouse, touch, pen and wheel over an element. */
export class PointerInput {
  private readonly pressed = new Map<number, ScreenPoint>();
  private pressedAt: ScreenPoint | undefined;
  private hasMoved = false;
  private isDrawing = false;
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
    element.addEventListener('pointerleave', () => target.point(undefined), { signal });
    element.addEventListener('dblclick', (event) => target.doubleClick(this.placeOf(event), event), {
      signal,
    });
    element.addEventListener('wheel', (event) => this.wheel(event), { signal, passive: false });
  }

  dispose(): void {
    this.stop.abort();
  }

  placeOf(event: MouseEvent): ScreenPoint {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) {
      return;
    }
    const at = this.placeOf(event);
    this.pressed.set(event.pointerId, at);
    this.element.setPointerCapture(event.pointerId);
    if (this.pressed.size === 1) {
      this.pressedAt = at;
      this.hasMoved = false;
      this.isDrawing = this.target.isDrawing;
      if (this.isDrawing) {
        this.target.draw(at, 'start');
      }
    } else {
      // A second finger makes a pinch of it.
      this.hasMoved = true;
      this.abortDrawing(at);
    }
  }

  private move(event: PointerEvent): void {
    const at = this.placeOf(event);
    const before = this.pressed.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') {
        this.target.point(at);
      }
      return;
    }
    if (this.pressed.size >= 2) {
      this.pinch(event.pointerId, at);
      return;
    }
    const start = this.pressedAt ?? at;
    if (!this.hasMoved && Math.hypot(at.x - start.x, at.y - start.y) < CLICK_SLACK) {
      return;
    }
    if (this.isDrawing) {
      this.target.draw(at, 'on');
    } else {
      if (!this.hasMoved) {
        this.target.dragging(true);
      }
      this.target.pan(at.x - before.x, at.y - before.y);
    }
    this.hasMoved = true;
    this.pressed.set(event.pointerId, at);
  }

  private up(event: PointerEvent, isCanceled: boolean): void {
    if (!this.pressed.delete(event.pointerId) || this.pressed.size > 0) {
      return;
    }
    const at = this.placeOf(event);
    if (this.isDrawing) {
      this.target.draw(at, isCanceled ? 'abort' : 'end');
      this.isDrawing = false;
    } else if (this.hasMoved) {
      this.target.dragging(false);
    } else if (!isCanceled) {
      this.target.click(at, event);
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
    const unit = event.deltaMode === 1 ? LINE_PIXELS : event.deltaMode === 2 ? PAGE_PIXELS : 1;
    const exponent = -event.deltaY * unit * (event.ctrlKey ? PINCH_FACTOR : WHEEL_FACTOR);
    const factor = Math.min(MOST_AT_ONCE, Math.max(1 / MOST_AT_ONCE, Math.exp(exponent)));
    this.target.zoom(this.placeOf(event), factor);
  }

  private abortDrawing(at: ScreenPoint): void {
    if (this.isDrawing) {
      this.target.draw(at, 'abort');
      this.isDrawing = false;
    }
  }
}

function distance(a: ScreenPoint, b: ScreenPoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
