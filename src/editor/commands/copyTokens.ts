import type * as vscode from 'vscode';
import {
  formatTokenLists,
  TOKEN_LIST_FORMATS,
  type TokenListFormat,
} from '../../core/tokenLists/tokenListFormat';
import { oneOf, isRecord } from '../../protocol/parsing';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import { tellUnsplit } from '../session/tellUnsplit';
import { COMMANDS } from '../commandIds';
import { pickItem, type PickEntry } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';
import { copiedTokens, copyTold } from './copiedTexts';

interface FormatItem extends PickEntry {
  readonly format: TokenListFormat;
}

const ENTRIES: Readonly<Record<TokenListFormat, Pick<FormatItem, 'label' | 'detail'>>> = {
  ids: { label: 'Ids (JSON and Python)', detail: 'A list of token ids.' },
  json: {
    label: 'Tokens (JSON)',
    detail: 'A list of strings. A token that holds a part of a character is the array of its byte values.',
  },
  python: {
    label: 'Tokens (Python)',
    detail: "A list of str. A token that holds a part of a character is bytes: b'\\xe6\\x97'.",
  },
};

/** What the notice in the status bar calls them. */
const TOLD: Readonly<Record<TokenListFormat, readonly [one: string, several: string]>> = {
  ids: ['token id', 'token ids'],
  json: ['token as JSON', 'tokens as JSON'],
  python: ['token for Python', 'tokens for Python'],
};

/** UTF-16 units of what would be copied that an entry shows. */
const SHOWN_LENGTH = 48;

/**
 * Copy Tokens As…: ids or tokens of the selections, or of the words at the cursors. A keybinding or another caller may name the format:
 * `{ "format": "python" }`; beside it `text` and `context`, as for Copy Token Ids.
 */
export function registerCopyTokens(tokenizers: CurrentTokenizer): vscode.Disposable {
  return registerCommand(COMMANDS.copyTokens, async (argument?: unknown) => {
    if (tellUnsplit(tokenizers)) {
      return;
    }
    const tokenizer = tokenizers.current;
    const tokenBytes = (id: number): Uint8Array => tokenizer.tokenBytes(id);
    const lists = await copiedTokens(tokenizer, argument);
    if (!lists) {
      return;
    }
    const format =
      formatFromArguments(argument) ??
      (await pickFormat((candidate) => formatTokenLists(beginning(lists), candidate, tokenBytes)));
    if (format) {
      await copyTold(formatTokenLists(lists, format, tokenBytes), lists, TOLD[format]);
    }
  });
}

const parseFormat = oneOf(...TOKEN_LIST_FORMATS);

function formatFromArguments(argument: unknown): TokenListFormat | undefined {
  return isRecord(argument) ? parseFormat(argument.format) : undefined;
}

/** @param preview The beginning of what would be copied. */
async function pickFormat(
  preview: (format: TokenListFormat) => string,
): Promise<TokenListFormat | undefined> {
  const items = TOKEN_LIST_FORMATS.map((format): FormatItem => ({
    format,
    ...ENTRIES[format],
    description: shortened(preview(format)),
  }));
  const picked = await pickItem(items, { title: 'Copy Tokens As' });
  return picked?.format;
}

/** What a preview shows lies within these: every token takes a character at least. A large selection is not written out for it. */
function beginning(lists: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return lists.slice(0, SHOWN_LENGTH).map((ids) => ids.slice(0, SHOWN_LENGTH));
}

function shortened(text: string): string {
  const line = text.replaceAll(/\n\s*/g, ' ');
  return line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}…` : line;
}
