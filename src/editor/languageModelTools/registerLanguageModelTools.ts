import * as vscode from 'vscode';
import type { TokenQuestions } from '../answers/tokenQuestions';
import { TokenTool } from './tokenTool';
import {
  analogyTool,
  compareTool,
  neighborsTool,
  tokenizeTool,
  type TokenToolDefinition,
} from './tokenTools';

/**
 * Offers Tokenscope's answers to language models; nothing where this program has no such tools.
 *
 * @param home The user's home folder, which no message names.
 * @param languageModels Where tools are registered. Other programs that run extensions know VS Code's API only in part.
 */
export function registerLanguageModelTools(
  questions: TokenQuestions,
  home: string,
  languageModels: Partial<typeof vscode.lm> | undefined = (vscode as Partial<typeof vscode>).lm,
): vscode.Disposable {
  const register = <Input>(definition: TokenToolDefinition<Input>): vscode.Disposable[] => {
    const tool = languageModels?.registerTool?.(definition.name, new TokenTool(definition, questions, home));
    return tool ? [tool] : [];
  };
  return vscode.Disposable.from(
    ...register(tokenizeTool),
    ...register(neighborsTool),
    ...register(compareTool),
    ...register(analogyTool),
  );
}
