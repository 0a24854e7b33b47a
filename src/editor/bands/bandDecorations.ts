import * as vscode from 'vscode';
import type { BandFill, BandPart, BandStyle } from './bandStyle';

/**
 * Draws bands into editors. Each style is a decoration type, made when it is first needed, for all editors.
 *
 * Where the interface of VS Code has no property for something, it rides on another one's value, as many extensions do: should
 * VS Code ever refuse that, the bands lose a little of their looks, and nothing else.
 */
export class BandDecorations implements vscode.Disposable {
  private readonly types = new Map<BandStyle, vscode.TextEditorDecorationType>();
  /** The styles that an editor has ranges in. */
  private drawn = new WeakMap<vscode.TextEditor, ReadonlySet<BandStyle>>();

  /** @param parts All that the editor is to show from now on. */
  draw(editor: vscode.TextEditor, parts: readonly BandPart[]): void {
    const { Range } = vscode;
    const ranges = new Map<BandStyle, vscode.Range[]>();
    for (const { style, line, start, end } of parts) {
      const range = new Range(line, start, line, end);
      const list = ranges.get(style);
      if (list) {
        list.push(range);
      } else {
        ranges.set(style, [range]);
      }
    }
    for (const style of this.drawn.get(editor) ?? []) {
      if (!ranges.has(style)) {
        editor.setDecorations(this.typeOf(style), []);
      }
    }
    for (const [style, list] of ranges) {
      editor.setDecorations(this.typeOf(style), list);
    }
    this.drawn.set(editor, new Set(ranges.keys()));
  }

  typeOf(style: BandStyle): vscode.TextEditorDecorationType {
    const known = this.types.get(style);
    if (known) {
      return known;
    }
    const type = vscode.window.createTextEditorDecorationType(optionsOf(style));
    this.types.set(style, type);
    return type;
  }

  /** Takes all of them out of all editors. */
  dispose(): void {
    for (const type of this.types.values()) {
      type.dispose();
    }
    this.types.clear();
    this.drawn = new WeakMap();
  }
}

const quiet = new vscode.ThemeColor('descriptionForeground');
/** Of signs: quiet on every fill, strong ones too. */
const sign = 'color-mix(in srgb, var(--vscode-editor-foreground) 65%, transparent)';
/** An outline where the theme has high contrast, which alone has that color; weaker than the borders of the window. */
const contrast = 'color-mix(in srgb, var(--vscode-contrastBorder, transparent) 60%, transparent)';

/** What is typed at its end belongs to a band until the tokens are known, a moment later. */
const GROWS_AT_END = vscode.DecorationRangeBehavior.ClosedOpen;

function optionsOf(style: BandStyle): vscode.DecorationRenderOptions {
  const [kind, fill, variant] = style.split(' ') as [string, BandFill, string];
  switch (kind) {
    case 'fill':
      return fillOptions(fill, variant === '0' ? 0 : 1);
    case 'lineEnd':
      return lineEndOptions(fill, variant === 'shared');
    case 'shared':
      return {
        rangeBehavior: GROWS_AT_END,
        borderColor: quiet,
        borderStyle: 'double',
        borderWidth: '0 0 3px 0',
      };
    default:
      return {
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        before: {
          contentText: kind === 'tab' ? '→' : '·',
          color: sign,
          // Drawn over the white space: in the flow of the text it would move everything behind it.
          textDecoration: 'none; position: absolute; pointer-events: none',
        },
      };
  }
}

/** On these the colors of syntax could not be read. */
const STRONG_FILLS: ReadonlySet<BandFill> = new Set(['value5', 'value6', 'value7']);

/** The fill leaves a pixel above and below, so that lines are apart, and before it where there is a gap. */
function fillOptions(fill: BandFill, gapPixels: number): vscode.DecorationRenderOptions {
  if (fill === 'noValue') {
    return {
      rangeBehavior: GROWS_AT_END,
      borderColor: quiet,
      borderStyle: 'dotted',
      borderWidth: '1px',
      borderRadius: '2px',
    };
  }
  return {
    rangeBehavior: GROWS_AT_END,
    backgroundColor: new vscode.ThemeColor(`tokenscope.${fill}`),
    ...(STRONG_FILLS.has(fill) && { color: new vscode.ThemeColor('editor.foreground') }),
    borderColor: 'transparent',
    borderRadius: '2px',
    borderStyle: 'solid; background-clip: padding-box',
    borderWidth: `1px 0 1px ${gapPixels}px`,
    outline: '1px solid',
    outlineColor: contrast,
    outlineStyle: 'solid; outline-offset: -1px',
  };
}

/** Behind the line, where nothing is moved by it. */
function lineEndOptions(fill: BandFill, isShared: boolean): vscode.DecorationRenderOptions {
  return {
    rangeBehavior: GROWS_AT_END,
    after: {
      contentText: '↵',
      color: sign,
      ...(fill !== 'noValue' && { backgroundColor: new vscode.ThemeColor(`tokenscope.${fill}`) }),
      margin: '0 0 0 1px',
      border: '1px solid; border-radius: 2px; padding: 0 1px',
      borderColor: contrast,
      textDecoration: `${isShared ? 'underline double' : 'none'}; font-size: 85%`,
    },
  };
}
