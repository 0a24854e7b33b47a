import path from 'node:path';
import { ESLint } from 'eslint';

const projectFolder = path.resolve(__dirname, '../../..');

/** What a rule of ESLint says of a text that takes a file's place, without changing the file. */
export async function complaints(rule: string, file: string, text: string): Promise<string[]> {
  const eslint = new ESLint({ cwd: projectFolder });
  const [result] = await eslint.lintText(text, { filePath: path.join(projectFolder, file) });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === rule).map(({ message }) => message);
}
