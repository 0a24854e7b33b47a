import { inertText } from './inertText';

/** A part of the text of a status bar item. */
export interface StatusPart {
  /** Codicon name, such as `beaker`. */
  readonly icon?: string | undefined;
  readonly text: string;
}

/** The status bar is for all extensions. In UTF-16 units. */
const LONGEST_PART = 64;

/** The text of a status bar item. What is foreign in its parts draws no icon. */
export function statusText(parts: readonly StatusPart[]): string {
  return parts
    .map(({ icon, text }) => {
      const shown = inertText(text, LONGEST_PART);
      return icon === undefined ? shown : `$(${icon}) ${shown}`;
    })
    .join(' · ');
}
