import { parseFormula } from '../../core/query/formula/parseFormula';
import { askForText } from '../workbench/askForText';

/** Asks for a query line. @returns undefined when nothing was typed. */
export async function askForLine(title: string, value = ''): Promise<string | undefined> {
  const text = await askForText({
    title,
    value,
    prompt: 'A word, "a string with its spaces", a token id such as #16073, or a formula: king - man + woman',
    complaint: (line) => {
      const parsed = parseFormula(line);
      return parsed?.kind === 'error' ? parsed.error.message : undefined;
    },
  });
  return text === undefined || text.trim() === '' ? undefined : text;
}
