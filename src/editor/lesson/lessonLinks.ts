import * as vscode from 'vscode';
import { LESSON_SELECTOR } from './lessonFile';
import type { LessonAction, LessonPage } from './lessonText';

/**
 * What the lesson offers to do, as buttons above its lines and as links where its text names it: for the mouse, and for keyboards and
 * screen readers, which do not reach the buttons. In no other document.
 */
export class LessonLinks implements vscode.CodeLensProvider, vscode.DocumentLinkProvider, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changes.event;
  private readonly registrations = vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(LESSON_SELECTOR, this),
    vscode.languages.registerDocumentLinkProvider(LESSON_SELECTOR, this),
  );

  /** @param page What the lesson shows now. */
  constructor(private readonly page: () => LessonPage | undefined) {}

  refresh(): void {
    this.changes.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return this.actionsOf(document).map(({ line, icon, title, command, argument }) => {
      const range = document.lineAt(line).range;
      return new vscode.CodeLens(range, {
        // VS Code drops a space that it may break the line at.
        title: icon === undefined ? title : `$(${icon})\u00a0${title}`,
        command,
        ...(argument !== undefined && { arguments: [argument] }),
      });
    });
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return this.actionsOf(document).map(({ start, title, command, argument }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(start + title.length));
      const query = argument === undefined ? '' : JSON.stringify([argument]);
      const link = new vscode.DocumentLink(
        range,
        vscode.Uri.from({ scheme: 'command', path: command, query }),
      );
      link.tooltip = title;
      return link;
    });
  }

  dispose(): void {
    this.registrations.dispose();
    this.changes.dispose();
  }

  /** None while the document still has the text from before. */
  private actionsOf(document: vscode.TextDocument): readonly LessonAction[] {
    const page = this.page();
    return document.getText() === page?.text ? page.actions : [];
  }
}
