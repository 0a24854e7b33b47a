import { nothing } from 'lit/html.js';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

type SizeReport = (width: number, height: number) => void;

/** Tells the inner size of its element in CSS pixels: at first, and whenever it changes while it is in the page. */
class ObserveSizeDirective extends AsyncDirective {
  private element: Element | undefined;
  private report: SizeReport | undefined;
  private observer: ResizeObserver | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) {
      throw new Error('observeSize() stands among the attributes of an element.');
    }
  }

  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- only its type counts: it is what observeSize() takes.
  override render(_report: SizeReport): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [report]: [SizeReport]): typeof nothing {
    this.report = report;
    if (this.element !== part.element) {
      this.observer?.disconnect();
      this.element = part.element;
      this.observe();
    }
    return nothing;
  }

  override disconnected(): void {
    this.observer?.disconnect();
  }

  override reconnected(): void {
    this.observe();
  }

  private observe(): void {
    const { element } = this;
    if (element) {
      this.observer = new ResizeObserver(() => this.report?.(element.clientWidth, element.clientHeight));
      this.observer.observe(element);
    }
  }
}

export const observeSize = directive(ObserveSizeDirective);
