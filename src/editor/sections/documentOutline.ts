import * as vscode from 'vscode';
import type { TextLines } from './blockSections';
import type { OutlinedText, OutlineSymbol } from './symbolSections';

/** The symbols that VS Code shows in its outline; none where no extension knows any, or the one that does fails. */
export async function symbolsOf(document: vscode.TextDocument): Promise<readonly OutlineSymbol[]> {
  try {
    const symbols = await vscode.commands.executeCommand(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    return Array.isArray(symbols) ? symbols.filter(isSymbol) : [];
  } catch {
    return [];
  }
}

/** VS Code makes symbols with children of all that it is given; what is none is left out. */
function isSymbol(value: unknown): value is OutlineSymbol {
  return value instanceof Object && 'range' in value && 'children' in value && Array.isArray(value.children);
}

export function outlinedText(document: vscode.TextDocument): OutlinedText {
  const positionOf = ({ line, character }: { line: number; character: number }): vscode.Position =>
    document.validatePosition(new vscode.Position(line, character));
  return {
    offsetAt: (place) => document.offsetAt(positionOf(place)),
    lineBefore: (place) => {
      const { line, character } = positionOf(place);
      return document.lineAt(line).text.slice(0, character);
    },
  };
}

export function linesOf(document: vscode.TextDocument): TextLines {
  return {
    count: document.lineCount,
    textOf: (line) => document.lineAt(line).text,
    offsetOf: (line) => document.offsetAt(new vscode.Position(line, 0)),
  };
}
