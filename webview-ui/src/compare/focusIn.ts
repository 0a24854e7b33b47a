/** Puts the keyboard focus onto a part of the same area, from a control that is about to go. */
export function focusIn(from: EventTarget | null, area: string, part: string): void {
  if (from instanceof Element) {
    from.closest(area)?.querySelector<HTMLElement>(part)?.focus();
  }
}
