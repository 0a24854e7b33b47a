import { parseArgs } from 'node:util';
import { visibleJson } from '../core/foreignText/visibleText';
import { Gpt2Tokenizer } from '../core/tokenizer/gpt2Tokenizer';
import { answerJsonLines } from './jsonLines';
import { writeLine } from './output';
import { tokenList, tokenText } from './tokenText';
import { UsageError } from './usageError';

export const TOKENS_USAGE = `npm run -s tokens -- [--json] [--special] TEXT…
npm run -s tokens -- --stdin     one JSON value a line: "text" or {"text": …, "special": true}`;

/** `tokens`: how GPT-2 splits each text. */
export async function tokensCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      special: { type: 'boolean', default: false },
      stdin: { type: 'boolean', default: false },
    },
  });
  const tokenizer = Gpt2Tokenizer.shared();
  if (values.stdin) {
    await answerJsonLines(process.stdin, writeLine, (value) => {
      const { text, special } = parseTokensRequest(value, values.special);
      return tokenizer.encodeWithOffsets(text, { special });
    });
    return;
  }
  if (positionals.length === 0) {
    throw new UsageError('Give at least one text.');
  }
  for (const text of positionals) {
    const { ids, offsets } = tokenizer.encodeWithOffsets(text, { special: values.special });
    const line = values.json
      ? visibleJson({ text, ids, tokens: ids.map((id) => tokenText(tokenizer, id)), offsets })
      : `${visibleJson(text)} → ${ids.length} ${ids.length === 1 ? 'token' : 'tokens'} ${tokenList(tokenizer, ids)}`;
    await writeLine(line);
  }
}

function parseTokensRequest(value: unknown, special: boolean): { text: string; special: boolean } {
  if (typeof value === 'string') {
    return { text: value, special };
  }
  if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string') {
    const own = 'special' in value ? value.special : special;
    if (typeof own !== 'boolean') {
      throw new TypeError('"special" must be true or false.');
    }
    return { text: value.text, special: own };
  }
  throw new TypeError('Expected a string or {"text": string, "special": boolean}.');
}
