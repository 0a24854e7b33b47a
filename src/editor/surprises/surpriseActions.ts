import * as vscode from 'vscode';
import { SURPRISE_KINDS, type Surprise, type SurpriseKind } from '../../core/surprises/surprise';
import type { Settings } from '../settings';
import { isCancellation } from '../isCancellation';
import { registerCommand } from '../workbench/registerCommand';
import { isWritable } from './markableDocument';
import type { MarkedDocument } from './markedDocument';
import { rangeOf, surpriseDiagnostic } from './surpriseDiagnostic';

/** The command behind "Do not mark …"; not in the manifest, as nobody runs it by hand. */
const LEAVE_OUT_COMMAND = 'tokenscope.leaveOutSurprise';

const NAMES: Readonly<Record<SurpriseKind, string>> = {
  manyTokens: 'words of many tokens',
  trailingSpace: 'white space at the end',
  mixedIndentation: 'mixed indentation',
  invisibleCharacter: 'invisible characters',
  hardlyTrained: 'hardly trained tokens',
};

/** A quick fix for all surprises of a kind, whose edit is made when it is chosen. */
class FixAllAction extends vscode.CodeAction {
  constructor(
    readonly marked: MarkedDocument,
    readonly surpriseKind: SurpriseKind,
  ) {
    super(`Fix all ${NAMES[surpriseKind]} in this file`, vscode.CodeActionKind.QuickFix);
  }
}

/** Quick fixes of surprises, and what stops a kind of marks. Registered as long as it is not disposed. */
export class SurpriseActions implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly registrations: readonly vscode.Disposable[];

  /** @param markedOf What is known of a document; undefined where it is not marked. */
  constructor(
    settings: Settings,
    private readonly markedOf: (document: vscode.TextDocument) => MarkedDocument | undefined,
  ) {
    this.registrations = [
      vscode.languages.registerCodeActionsProvider('*', this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
      registerCommand(LEAVE_OUT_COMMAND, async (kind: unknown) => {
        const known = SURPRISE_KINDS.find((candidate) => candidate === kind);
        if (known !== undefined) {
          await settings.leaveOutSurprise(known);
        }
      }),
    ];
  }

  async provideCodeActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const marked = this.markedOf(document);
    const { version } = document;
    const surprises = marked?.surprises ?? [];
    const here = surprises.filter((surprise) => rangeOf(document, surprise).intersection(range));
    if (!marked || here.length === 0) {
      return [];
    }
    const isFixable = here.some(({ fix }) => fix !== undefined) && (await isWritable(document));
    // Its places are those of a version that may be gone by now.
    if (document.version !== version) {
      return [];
    }
    return [
      ...(isFixable ? fixes(marked, here) : []),
      ...[...new Set(here.map(({ kind }) => kind))].map((kind) => leaveOut(kind)),
    ];
  }

  async resolveCodeAction(action: vscode.CodeAction): Promise<vscode.CodeAction> {
    if (action instanceof FixAllAction) {
      const { marked, surpriseKind } = action;
      try {
        action.edit = editOf(marked.document, await marked.all(surpriseKind));
      } catch (error) {
        // Edits for a text that has changed meanwhile would hit the wrong places: none are made.
        if (!isCancellation(error)) {
          throw error;
        }
      }
    }
    return action;
  }

  dispose(): void {
    this.registrations.forEach((registration) => {
      registration.dispose();
    });
  }
}

function fixes(marked: MarkedDocument, here: readonly Surprise[]): vscode.CodeAction[] {
  const { document, surprises } = marked;
  const fixable = here.filter(({ fix }) => fix !== undefined);
  const single = fixable.map((surprise) => {
    const action = new vscode.CodeAction(surprise.fix?.title ?? '', vscode.CodeActionKind.QuickFix);
    action.edit = editOf(document, [surprise]);
    action.diagnostics = [surpriseDiagnostic(document, surprise)];
    action.isPreferred = true;
    return action;
  });
  const repeated = [...new Set(fixable.map(({ kind }) => kind))].filter(
    (kind) => surprises.filter((surprise) => surprise.kind === kind).length > 1,
  );
  return [...single, ...repeated.map((kind) => new FixAllAction(marked, kind))];
}

function leaveOut(kind: SurpriseKind): vscode.CodeAction {
  const title = `Do not mark ${NAMES[kind]}`;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command: LEAVE_OUT_COMMAND, title, arguments: [kind] };
  return action;
}

function editOf(document: vscode.TextDocument, surprises: readonly Surprise[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const surprise of surprises) {
    if (surprise.fix) {
      edit.replace(document.uri, rangeOf(document, surprise), surprise.fix.edit.text);
    }
  }
  return edit;
}
