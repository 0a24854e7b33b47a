import { AreaTool } from './areaTool';
import { toWorld, type ScreenPoint } from './camera';
import type { CameraControl } from './cameraControl';
import { InsetMap } from './insetMap';
import { keyCommand, type KeyCommand } from './keyCommand';
import type { ScreenBox } from './labelRoom';
import type { Polygon } from './lasso';
import type { PlacedPoints } from './placedPoints';
import { REACH, type PointerTarget } from './pointerInput';
import type { StageEvents } from './stageEvents';

/** What gestures need of their stage. */
export interface GestureStage {
  readonly element: HTMLElement;
  readonly points: PlacedPoints;
  readonly control: CameraControl;
  readonly events: StageEvents;
  readonly selected: number | undefined;
  /** What is drawn of a gesture has changed. */
  requestFrame(): void;
  /** Another token is under the pointer, or none. */
  pointedAt(id: number | undefined): void;
  showWhole(): void;
  /** Moves the middle of what is seen. */
  goTo(x: number, y: number): void;
  /** A drag has ended. */
  dragged(): void;
}

/** What pointer and keys do to a stage. */
export class StageGestures implements PointerTarget {
  private readonly tool = new AreaTool();
  private pointed: number | undefined;
  isDragging = false;

  constructor(private readonly stage: GestureStage) {}

  get isDrawing(): boolean {
    return this.tool.isOn;
  }

  set isDrawing(isOn: boolean) {
    if (this.tool.isOn !== isOn) {
      this.tool.isOn = isOn;
      this.tool.drop();
      this.stage.element.classList.toggle('drawing', isOn);
      this.stage.events.drawing?.(isOn);
      this.stage.requestFrame();
    }
  }

  /** The area that is being drawn, in units of the world. */
  get draft(): Polygon | undefined {
    const { camera, size } = this.stage.control;
    return this.tool.draft(camera, size);
  }

  pan(dx: number, dy: number): void {
    this.stage.control.panBy(dx, dy);
  }

  zoom(at: ScreenPoint, factor: number): void {
    this.stage.control.zoomBy(at, factor);
  }

  zoomAtMiddle(factor: number): void {
    const { width, height } = this.stage.control.size;
    this.zoom({ x: width / 2, y: height / 2 }, factor);
  }

  point(at: ScreenPoint | undefined, reach: number): void {
    const id = at && this.find(at, reach);
    if (id !== this.pointed) {
      this.pointed = id;
      this.stage.element.classList.toggle('pointing', id !== undefined);
      this.stage.pointedAt(id);
    }
  }

  click(at: ScreenPoint, reach: number): void {
    const { control, points, events } = this.stage;
    const inset = InsetMap.place(control.size, control.zoom);
    if (inset && points.bounds && contains(inset, at)) {
      const { x, y } = InsetMap.worldAt(at, inset, points.bounds);
      this.stage.goTo(x, y);
    } else {
      events.select?.(this.find(at, reach));
    }
  }

  doubleClick(at: ScreenPoint, reach: number, isBack: boolean): void {
    const id = this.find(at, reach);
    if (id === undefined) {
      this.zoom(at, isBack ? 1 / 2 : 2);
    } else {
      this.stage.events.go?.(id);
    }
  }

  draw(at: ScreenPoint, phase: 'start' | 'on' | 'end' | 'abort'): void {
    const { camera, size } = this.stage.control;
    switch (phase) {
      case 'start':
        this.tool.start(at, camera, size);
        break;
      case 'on':
        this.tool.add(at, camera, size);
        break;
      case 'end':
        this.takeArea();
        break;
      case 'abort':
        this.tool.drop();
    }
    this.stage.requestFrame();
  }

  dragging(is: boolean): void {
    this.isDragging = is;
    this.stage.element.classList.toggle('dragging', is);
    if (!is) {
      this.stage.dragged();
    }
  }

  press(event: KeyboardEvent): void {
    const command = keyCommand(event, this.stage.control.size);
    if (command && this.perform(command)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** The token that a point of the stage means. @param reach in CSS pixels */
  find(at: ScreenPoint, reach = REACH): number | undefined {
    const { control, points } = this.stage;
    const { x, y } = toWorld(control.camera, control.size, at);
    return points.find(x, y, reach / control.camera.scale);
  }

  /** @returns whether the key meant something here */
  private perform(command: KeyCommand): boolean {
    const { tool, stage } = this;
    const hasSquare = tool.side !== undefined;
    switch (command.type) {
      case 'pan':
        stage.control.panBy(command.dx, command.dy);
        break;
      case 'zoom':
        if (hasSquare) {
          tool.sizeSquare(command.factor > 1, stage.control.size);
        } else {
          this.zoomAtMiddle(command.factor);
        }
        break;
      case 'whole':
        stage.showWhole();
        break;
      case 'area':
        if (hasSquare) {
          tool.drop();
        } else {
          tool.openSquare(stage.control.size);
        }
        break;
      case 'choose':
        this.choose();
        return true;
      case 'enter':
        this.enter();
        return true;
      case 'escape':
        return this.escape();
    }
    stage.requestFrame();
    this.tellSquare();
    return true;
  }

  private enter(): void {
    const { selected, events } = this.stage;
    if (this.tool.side !== undefined) {
      this.takeArea();
    } else if (selected !== undefined) {
      events.go?.(selected);
    } else {
      this.choose();
    }
  }

  private escape(): boolean {
    if (this.draft) {
      this.tool.drop();
      this.stage.requestFrame();
    } else if (this.isDrawing) {
      this.isDrawing = false;
    } else {
      return false;
    }
    return true;
  }

  /** The token nearest to the middle, where one is in view. */
  private choose(): void {
    const { width, height } = this.stage.control.size;
    const id = this.find({ x: width / 2, y: height / 2 }, Math.min(width, height) / 2);
    if (id !== undefined) {
      this.stage.events.select?.(id);
    }
  }

  private takeArea(): void {
    const { control, points, events } = this.stage;
    const area = this.tool.take(control.camera, control.size);
    if (area) {
      events.lasso?.(points.idsIn(area), area);
    }
    this.stage.requestFrame();
  }

  private tellSquare(): void {
    const area = this.tool.side === undefined ? undefined : this.draft;
    if (area) {
      const count = this.stage.points.idsIn(area).length.toLocaleString('en-US');
      this.stage.events.announce?.(
        `Square around the middle: ${count} tokens. Plus and minus size it, arrows move the map, Enter takes them, Escape leaves.`,
      );
    }
  }
}

function contains(box: ScreenBox, { x, y }: ScreenPoint): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
