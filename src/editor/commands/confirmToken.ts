import { shownName } from '../../core/foreignText/shownText';
import { serverName } from '../../model/hub/serverAddress';
import type { TokenQuestion } from '../session/tokenRules';
import { askModally } from '../workbench/askModally';

/** Asks before the user's access token goes to a server that the user has not named: a workspace may have. */
export async function confirmToken({ origin, repository }: TokenQuestion): Promise<boolean> {
  const name = shownName(serverName(origin));
  const send = 'Send Token';
  const answer = await askModally(
    {
      message: `Send your Hugging Face token to ${name}?`,
      detail: [
        `${name} asks who you are before it sends ${shownName(repository)}.`,
        'It is neither the Hugging Face hub nor a server that your own settings name. Whoever runs it could use the token as you.',
        'A yes is remembered. The command Set Hugging Face Token… takes it back.',
      ],
      isWarning: true,
    },
    send,
  );
  return answer === send;
}
