import assert from 'node:assert/strict';
import fs from 'node:fs';

type Theme = 'dark' | 'light' | 'highContrast' | 'highContrastLight';
type Rgb = readonly [number, number, number];

interface Manifest {
  readonly contributes: {
    readonly colors: { readonly id: string; readonly defaults: Record<Theme, string> }[];
  };
}

/** Text and background of the editor in the themes that VS Code comes with. */
const EDITORS: Record<string, { readonly theme: Theme; readonly text: string; readonly background: string }> =
  {
    'Dark 2026': { theme: 'dark', text: '#bbbebf', background: '#121314' },
    'Dark Modern': { theme: 'dark', text: '#cccccc', background: '#1f1f1f' },
    'Light 2026': { theme: 'light', text: '#202020', background: '#ffffff' },
    'Light Modern': { theme: 'light', text: '#3b3b3b', background: '#ffffff' },
    'Dark High Contrast': { theme: 'highContrast', text: '#ffffff', background: '#000000' },
    'Light High Contrast': { theme: 'highContrastLight', text: '#292929', background: '#ffffff' },
  };

const VALUES = Array.from({ length: 7 }, (_, index) => `value${index + 1}`);

/** Least ratio of normal text by WCAG 2, level AA. */
const READABLE = 4.5;

/** Least difference in lightness (CIE L*, 0 … 100) of two fills side by side: about thrice what is just noticeable. */
const DISTINCT = 3;

const { contributes } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;

function fillOf(name: string, theme: Theme): string {
  const color = contributes.colors.find(({ id }) => id === `tokenscope.${name}`);
  assert.ok(color, `the manifest has no color ${name}`);
  return color.defaults[theme];
}

const bytesOf = (color: string): number[] =>
  color.match(/[0-9a-f]{2}/gi)?.map((byte) => Number.parseInt(byte, 16)) ?? [];

function blend(color: string, background: string): Rgb {
  const [below, above] = [bytesOf(background), bytesOf(color)];
  const alpha = (above[3] ?? 255) / 255;
  const at = (index: number): number => (above[index] ?? 0) * alpha + (below[index] ?? 0) * (1 - alpha);
  return [at(0), at(1), at(2)];
}

/** Relative luminance by WCAG 2, 0 … 1. */
function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((byte) => {
    const value = byte / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function lightness(color: Rgb): number {
  const y = luminance(color);
  return y > 216 / 24_389 ? 116 * Math.cbrt(y) - 16 : (y * 24_389) / 27;
}

describe('fills of token bands', () => {
  for (const [name, { theme, text, background }] of Object.entries(EDITORS)) {
    it(`leave text readable in ${name}`, () => {
      for (const fill of ['bandA', 'bandB', ...VALUES]) {
        const ratio = contrast(blend(text, background), blend(fillOf(fill, theme), background));
        assert.ok(ratio >= READABLE, `${fill}: ${ratio.toFixed(2)}`);
      }
    });

    it(`can be told apart in ${name}, from each other and from no fill`, () => {
      const steps = ['#00000000', ...VALUES.map((fill) => fillOf(fill, theme))].map((fill) =>
        lightness(blend(fill, background)),
      );
      for (let index = 1; index < steps.length; index++) {
        const difference = Math.abs((steps[index] ?? 0) - (steps[index - 1] ?? 0));
        assert.ok(difference >= DISTINCT, `value${index}: ${difference.toFixed(2)}`);
      }
    });
  }
});
