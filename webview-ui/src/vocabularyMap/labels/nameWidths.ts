import type { RegionTextStyle } from '../../../../src/core/query/mapLabels/regionLabels';
import type { NameWidths } from './mapNames';

/** The fonts of names, as the stage draws them. */
const WORD_SIZE = 12;
const REGION_FONTS: Readonly<Record<RegionTextStyle, string>> = {
  main: '600 12px',
  minor: '11px',
  kind: 'italic 12px',
  detail: '11px',
};

/** Measures in the fonts that the page has now. */
export function pageNameWidths(): NameWidths {
  const style = getComputedStyle(document.body);
  const context = document.createElement('canvas').getContext('2d');
  const measure = (font: string, text: string): number => {
    if (!context) {
      return 8 * text.length;
    }
    context.font = font;
    return context.measureText(text).width;
  };
  const mono = style.getPropertyValue('--mono').trim() || 'monospace';
  const ui = style.getPropertyValue('--vscode-font-family').trim() || 'sans-serif';
  return {
    column: measure(`${WORD_SIZE}px ${mono}`, 'mmmmmmmmmm') / 10,
    regionText: (text, kind) => measure(`${REGION_FONTS[kind]} ${ui}`, text),
  };
}
