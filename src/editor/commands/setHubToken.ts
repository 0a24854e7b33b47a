import type * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';
import { serverName } from '../../model/hub/serverAddress';
import type { HubToken } from '../session/hubToken';
import type { TokenConsents } from '../session/tokenConsents';
import type { TokenRules } from '../session/tokenRules';
import { COMMANDS } from '../commandIds';
import { askForText } from '../workbench/askForText';
import { pickItem, type PickEntry } from '../workbench/pickItems';
import { registerCommand } from '../workbench/registerCommand';
import { tellInStatusBar } from '../workbench/tellInStatusBar';

/** Characters that a header can carry: anything else is a slip of the clipboard. */
const TOKEN = /^[\x21-\x7e]*$/;

/** How long what was done is told. */
const TOLD_MILLISECONDS = 3_000;

interface TokenEntry extends PickEntry {
  readonly act: () => Promise<void>;
}

/**
 * Set Hugging Face Token…: for models whose terms have to be accepted first. Where servers have been allowed to have the token, also
 * what takes that back.
 */
export function registerSetHubToken(
  token: HubToken,
  consents: TokenConsents,
  rules: Pick<TokenRules, 'askAgain'>,
): vscode.Disposable {
  return registerCommand(COMMANDS.setToken, async () => {
    const entries = tokenEntries(token, consents);
    const picked =
      entries.length === 1 ? entries[0] : await pickItem(entries, { title: 'Hugging Face Token' });
    await picked?.act();
    rules.askAgain();
  });
}

function tokenEntries(token: HubToken, consents: TokenConsents): TokenEntry[] {
  return [
    { icon: 'key', label: 'Set the token…', act: () => setToken(token) },
    ...consents.origins.map((origin) => {
      const name = shownName(serverName(origin));
      return {
        icon: 'circle-slash',
        label: `Do not send it to ${name} any more`,
        detail: 'You have allowed this server to have the token.',
        act: async () => {
          await consents.forget(origin);
          tellInStatusBar(`${name} gets the token no more.`, TOLD_MILLISECONDS);
        },
      };
    }),
  ];
}

async function setToken(token: HubToken): Promise<void> {
  const text = await askForText({
    title: 'Hugging Face Token',
    prompt:
      'A read token from your settings at the hub. It is sent to the hub, or the server that your own settings or HF_ENDPOINT name; ' +
      'before any other gets it, you are asked. Leave empty to forget it.',
    isSecret: true,
    staysOpen: true,
    complaint: (value) =>
      TOKEN.test(value.trim()) ? undefined : 'A token has no spaces and no other characters.',
  });
  if (text !== undefined) {
    await token.set(text.trim());
    tellInStatusBar(
      text.trim() === '' ? 'The token was forgotten.' : 'The token was stored.',
      TOLD_MILLISECONDS,
    );
  }
}
