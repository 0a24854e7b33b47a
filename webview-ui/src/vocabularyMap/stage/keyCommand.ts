/** What a key does to the map. */
export type KeyCommand =
  | { readonly type: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly type: 'zoom'; readonly factor: number }
  | { readonly type: 'whole' }
  | { readonly type: 'enter' }
  | { readonly type: 'choose' }
  | { readonly type: 'area' }
  | { readonly type: 'escape' };

/** What keys do, for who does not see the map. */
export const KEYS_SENTENCE =
  'Arrow keys move the map, plus and minus zoom, 0 shows all of it, Space selects the token in the middle, Enter goes to the selected one, L sets an area.';

/** Share of the stage that an arrow key moves by; with Shift more. */
const STEP = 0.12;
const LONG_STEP = 0.5;
const ZOOM_STEP = Math.SQRT2;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * @param extent of the stage in CSS pixels
 * @returns undefined for a key that means nothing here, and for those with Ctrl, Alt or Cmd, which are others'
 */
export function keyCommand(
  event: Pressed,
  extent: { width: number; height: number },
): KeyCommand | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return undefined;
  }
  const arrow = ARROWS[event.key] as readonly [number, number] | undefined;
  if (arrow) {
    const share = event.shiftKey ? LONG_STEP : STEP;
    return { type: 'pan', dx: arrow[0] * share * extent.width, dy: arrow[1] * share * extent.height };
  }
  switch (event.key) {
    case '+':
    case '=':
      return { type: 'zoom', factor: ZOOM_STEP };
    case '-':
    case '_':
      return { type: 'zoom', factor: 1 / ZOOM_STEP };
    case '0':
    case 'Home':
      return { type: 'whole' };
    case 'Enter':
      return { type: 'enter' };
    case ' ':
      return { type: 'choose' };
    case 'l':
    case 'L':
      return { type: 'area' };
    case 'Escape':
      return { type: 'escape' };
    default:
      return undefined;
  }
}
