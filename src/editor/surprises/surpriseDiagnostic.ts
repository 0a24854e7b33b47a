import * as vscode from 'vscode';
import type { Surprise, SurpriseKind } from '../../core/surprises/surprise';

/** Who marks, as the Problems view and hovers show it. */
export const DIAGNOSTIC_SOURCE = 'Tokenscope';

/** What changes the answers of a model is a warning; what only takes tokens is told. */
const SEVERITIES: Readonly<Record<SurpriseKind, vscode.DiagnosticSeverity>> = {
  manyTokens: vscode.DiagnosticSeverity.Information,
  trailingSpace: vscode.DiagnosticSeverity.Warning,
  mixedIndentation: vscode.DiagnosticSeverity.Information,
  invisibleCharacter: vscode.DiagnosticSeverity.Warning,
  hardlyTrained: vscode.DiagnosticSeverity.Information,
};

/** A surprise as VS Code marks it. What its fix would remove is tagged as unnecessary. */
export function surpriseDiagnostic(document: vscode.TextDocument, surprise: Surprise): vscode.Diagnostic {
  const { kind, message, fix } = surprise;
  const diagnostic = new vscode.Diagnostic(rangeOf(document, surprise), message, SEVERITIES[kind]);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = kind;
  if (fix?.edit.text === '') {
    diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  }
  return diagnostic;
}

export function rangeOf(document: vscode.TextDocument, { start, end }: Surprise): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
