import * as vscode from 'vscode';
import { shownText } from '../../core/foreignText/shownText';
import { AnswerError } from '../answers/answerError';
import type { TokenQuestions } from '../answers/tokenQuestions';
import { abortSignalOf } from '../answers/abortSignalOf';
import { fitBudget } from './fitBudget';
import type { TokenToolDefinition } from './tokenTools';
import { inertText } from '../workbench/inertText';
import { withoutHome } from './withoutHome';

/** Longest reason why there is no answer, in UTF-16 units: names of files and tensors are in it. */
const LONGEST_REASON = 600;

/**
 * A tool as VS Code calls it. No confirmation is asked for: a tool changes nothing, reads at most a model that the user has put on
 * this machine, and never downloads one.
 */
export class TokenTool<Input> implements vscode.LanguageModelTool<unknown> {
  constructor(
    private readonly definition: TokenToolDefinition<Input>,
    private readonly questions: TokenQuestions,
    /** The user's home folder, which no message names. */
    private readonly home: string,
  ) {}

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<unknown>): vscode.PreparedToolInvocation {
    const { parse, progress } = this.definition;
    try {
      return { invocationMessage: inertText(progress(parse(input))) };
    } catch {
      // The invocation itself says what is wrong.
      return {};
    }
  }

  /** @throws {Error} with a sentence for the model that says what to change, {vscode.CancellationError} when it is canceled. */
  async invoke(
    { input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<unknown>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const { signal, dispose } = abortSignalOf(token);
    try {
      signal.throwIfAborted();
      const text = await this.definition.answer(this.questions, this.definition.parse(input), signal);
      const answer = await fitBudget(
        text,
        tokenizationOptions && {
          tokenBudget: tokenizationOptions.tokenBudget,
          countTokens: (counted) => tokenizationOptions.countTokens(counted, token),
        },
      );
      signal.throwIfAborted();
      return resultOf(answer);
    } catch (error) {
      if (signal.aborted) {
        throw new vscode.CancellationError();
      }
      return resultOf(this.explained(error));
    } finally {
      dispose();
    }
  }

  /**
   * What the model cannot mend by another input, the user can: that is an answer.
   *
   * @throws {Error} else.
   */
  private explained(error: unknown): string {
    if (error instanceof AnswerError && (error.code === 'no-model' || error.code === 'downloading')) {
      return `There is no answer: ${error.message}`;
    }
    const message = error instanceof Error ? error.message : String(error);
    // Only what went wrong with a file names folders; a text or query of the model is repeated as it is.
    const isAboutFile = error instanceof AnswerError && error.code === 'failed';
    const reason = isAboutFile ? withoutHome(message, this.home) : message;
    throw new Error(`${this.definition.name}: ${shownText(reason, LONGEST_REASON)}`);
  }
}

function resultOf(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
