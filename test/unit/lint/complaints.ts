import path from 'node:path';
import { ESLint } from 'eslint';

const projectFolder = path.resolve(__dirname, '../../..');

/**
 * One for each rule, which reads the configuration once and runs no other rule. None that is asked for needs types: without them no program of
 * TypeScript is made.
 */
const byRule = new Map<string, ESLint>();

/** What a rule of ESLint says of a text that takes a file's place, without changing the file. */
export async function complaints(rule: string, file: string, text: string): Promise<string[]> {
  const eslint =
    byRule.get(rule) ??
    new ESLint({
      cwd: projectFolder,
      ruleFilter: ({ ruleId }: { ruleId: string }) => ruleId === rule,
      overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: null } } },
    });
  byRule.set(rule, eslint);
  const [result] = await eslint.lintText(text, { filePath: path.join(projectFolder, file) });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === rule).map(({ message }) => message);
}
