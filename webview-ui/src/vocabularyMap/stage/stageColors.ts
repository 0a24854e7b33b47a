import type { Rgb } from './raster/packedColor';

/** What the stage's own drawings look like, in literal colors and fonts of a theme. */
export interface StageColors {
  readonly ground: Rgb;
  readonly isLight: boolean;
  readonly text: string;
  readonly quiet: string;
  readonly series: string;
  readonly seriesB: string;
  readonly focus: string;
  readonly dimPoint: Rgb;
  readonly groundText: string;
  readonly mono: string;
  readonly ui: string;
}

/** Colors as the theme gives them where an element stands. Each is read once, until {@link forget}. */
export class ThemeColors {
  private readonly probe = document.createElement('i');
  private readonly context: CanvasRenderingContext2D | null;
  private readonly kept = new Map<string, Rgb>();

  /** @param place element whose theme counts; the probe is hidden in it */
  constructor(place: HTMLElement) {
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    this.context = canvas.getContext('2d', { willReadFrequently: true });
    this.probe.hidden = true;
    place.append(this.probe);
  }

  /** To be called when the theme has changed. */
  forget(): void {
    this.kept.clear();
  }

  dispose(): void {
    this.probe.remove();
  }

  /** @param css any color of CSS. What is none is that of the text. */
  rgb(css: string): Rgb {
    const kept = this.kept.get(css);
    if (kept) {
      return kept;
    }
    this.probe.style.color = '';
    this.probe.style.color = css;
    const color = this.literal(getComputedStyle(this.probe).color);
    this.kept.set(css, color);
    return color;
  }

  hex(css: string): string {
    return hexOf(this.rgb(css));
  }

  stageColors(): StageColors {
    const style = getComputedStyle(this.probe);
    const ground = this.rgb('var(--vscode-editor-background)');
    const dimmed = `var(--map-dim, color-mix(in srgb, var(--vscode-foreground) 22%, var(--vscode-editor-background)))`;
    return {
      ground,
      isLight: ground[0] * 0.299 + ground[1] * 0.587 + ground[2] * 0.114 > 127,
      text: this.hex('var(--vscode-foreground)'),
      quiet: this.hex('var(--quiet)'),
      series: this.hex('var(--series)'),
      seriesB: this.hex('var(--series-b)'),
      focus: this.hex('var(--vscode-focusBorder)'),
      dimPoint: this.rgb(dimmed),
      groundText: hexOf(ground),
      mono: style.getPropertyValue('--mono').trim() || 'monospace',
      ui: style.getPropertyValue('--vscode-font-family').trim() || 'sans-serif',
    };
  }

  /** A computed color may be written in several ways; the canvas understands all of them, over the theme's ground where it is transparent. */
  private literal(computed: string): Rgb {
    const { context } = this;
    if (!context) {
      return [128, 128, 128];
    }
    context.clearRect(0, 0, 1, 1);
    context.fillStyle =
      getComputedStyle(this.probe).getPropertyValue('--vscode-editor-background').trim() || '#000';
    context.fillRect(0, 0, 1, 1);
    context.fillStyle = computed;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  }
}

function hexOf(rgb: Rgb): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
