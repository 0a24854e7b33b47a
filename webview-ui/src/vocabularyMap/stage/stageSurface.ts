import type { StageSize } from './camera';

/** The elements of a stage: points below, all else above, in one that takes the room it is given. */
export class StageSurface {
  readonly element = document.createElement('div');
  private readonly points = document.createElement('canvas');
  private readonly over = document.createElement('canvas');
  readonly pointsContext: CanvasRenderingContext2D;
  readonly overContext: CanvasRenderingContext2D;
  size: StageSize = { width: 0, height: 0 };
  /** Pixels of the device for one of CSS. */
  ratio = 1;
  private readonly stop = new AbortController();
  private readonly sizes: ResizeObserver;
  private readonly themes: MutationObserver;

  /**
   * @param sized called when size or ratio have changed
   * @param themed called when the theme may have changed
   * @throws Error where there is no canvas to draw on
   */
  constructor(
    private readonly sized: () => void,
    themed: () => void,
  ) {
    const { element, points, over } = this;
    element.className = 'map-stage';
    element.tabIndex = 0;
    element.setAttribute('role', 'application');
    points.className = 'map-points';
    over.className = 'map-over';
    points.ariaHidden = 'true';
    over.ariaHidden = 'true';
    element.append(points, over);
    // What the processor draws stays where it is, and needs not travel to and fro.
    const pointsContext = points.getContext('2d', { alpha: false, willReadFrequently: true });
    const overContext = over.getContext('2d');
    if (!pointsContext || !overContext) {
      throw new Error('There is no canvas to draw on.');
    }
    this.pointsContext = pointsContext;
    this.overContext = overContext;
    this.sizes = new ResizeObserver(() => this.measure());
    this.sizes.observe(element);
    this.watchRatio();
    this.themes = new MutationObserver(themed);
    this.themes.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
    this.themes.observe(document.body, { attributeFilter: ['style', 'class'] });
  }

  dispose(): void {
    this.stop.abort();
    this.sizes.disconnect();
    this.themes.disconnect();
  }

  /** Size in pixels of the device. */
  get pixelSize(): StageSize {
    return { width: this.points.width, height: this.points.height };
  }

  /** A context in CSS pixels, on which nothing is. */
  clearedOver(): CanvasRenderingContext2D {
    const { overContext, ratio, over } = this;
    overContext.setTransform(1, 0, 0, 1, 0, 0);
    overContext.clearRect(0, 0, over.width, over.height);
    overContext.setTransform(ratio, 0, 0, ratio, 0, 0);
    return overContext;
  }

  private measure(): void {
    const { element, points, over } = this;
    const size = { width: element.clientWidth, height: element.clientHeight };
    const ratio = window.devicePixelRatio;
    if (size.width === this.size.width && size.height === this.size.height && ratio === this.ratio) {
      return;
    }
    this.size = size;
    this.ratio = ratio;
    for (const canvas of [points, over]) {
      canvas.width = Math.round(size.width * ratio);
      canvas.height = Math.round(size.height * ratio);
      canvas.style.width = `${size.width}px`;
      canvas.style.height = `${size.height}px`;
    }
    this.sized();
  }

  /** A window that moves to another screen may have more pixels without being larger. */
  private watchRatio(): void {
    if (this.stop.signal.aborted) {
      return;
    }
    matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        this.measure();
        this.watchRatio();
      },
      { once: true, signal: this.stop.signal },
    );
  }
}
