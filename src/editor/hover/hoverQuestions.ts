import * as vscode from 'vscode';

/** What became of a question: an answer was given, or there was none to give, or VS Code took the question back before. */
export type QuestionOutcome = 'answered' | 'nothing' | 'withdrawn';

/** VS Code has asked for the hover at a position. */
export interface HoverQuestion {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  /** Never rejects. */
  readonly outcome: Promise<QuestionOutcome>;
}

/** Tells of each question for our hover: the one trace that a hover leaves, since VS Code does not tell whether it shows one. */
export class HoverQuestions implements vscode.Disposable {
  private readonly questions = new vscode.EventEmitter<HoverQuestion>();
  readonly onDidAsk = this.questions.event;

  /** @param answer What VS Code is given. */
  note(
    document: vscode.TextDocument,
    position: vscode.Position,
    answer: Promise<vscode.Hover | undefined>,
    token: vscode.CancellationToken,
  ): void {
    const outcome = answer.then(
      (hover): QuestionOutcome => {
        if (token.isCancellationRequested) {
          return 'withdrawn';
        }
        return hover ? 'answered' : 'nothing';
      },
      (): QuestionOutcome => (token.isCancellationRequested ? 'withdrawn' : 'nothing'),
    );
    this.questions.fire({ document, position, outcome });
  }

  dispose(): void {
    this.questions.dispose();
  }
}
