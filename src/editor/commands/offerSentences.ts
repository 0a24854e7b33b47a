import { shownName } from '../../core/foreignText/shownText';
import type { DownloadOffer } from '../../engine/session/embeddingState';
import { formatBytes } from '../formatBytes';

/** A download that is offered as a question: what would be fetched, from where, and how much. */
export function offerQuestion({ name, repository, host, tensorBytes, fileBytes }: DownloadOffer): string {
  const whole = fileBytes === undefined ? '' : ` of the ${formatBytes(fileBytes)} file`;
  const what =
    tensorBytes === undefined ? 'only the embedding tensor' : `${formatBytes(tensorBytes)}${whole}`;
  const from = `${shownName(repository)} on ${shownName(host)}`;
  return `The embeddings of ${shownName(name)} are not on this machine. Download ${what} from ${from}?`;
}

/** What belongs to a question before a download: what else is fetched, and whether the server gets the user's access token. */
export function sentSentences({
  host,
  fetchesTokenizer,
  sendsToken,
}: Pick<DownloadOffer, 'host' | 'fetchesTokenizer' | 'sendsToken'>): string {
  return [
    ...(fetchesTokenizer ? ['Also its tokenizer.json.'] : []),
    ...(sendsToken ? [`Your Hugging Face token is sent to ${shownName(host)}.`] : []),
    'Nothing else is sent or fetched.',
  ].join(' ');
}
