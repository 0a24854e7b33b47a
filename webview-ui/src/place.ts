import { nothing } from 'lit/html.js';
import { directive, Directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

type Properties = Readonly<Record<string, string>>;

/**
 * Sets style properties of its element through the CSSOM. The page's Content-Security-Policy forbids `style` attributes,
 * which is what lit's own styleMap writes first.
 */
class PlaceDirective extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) {
      throw new Error('place() stands among the attributes of an element.');
    }
  }

  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- only its type counts: it is what place() takes.
  override render(_properties: Properties): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [properties]: [Properties]): typeof nothing {
    const { element } = part;
    if (element instanceof HTMLElement) {
      for (const [name, value] of Object.entries(properties)) {
        element.style.setProperty(name, value);
      }
    }
    return nothing;
  }
}

export const place = directive(PlaceDirective);
