import type { DownloadOfferView, DownloadView } from '../../../src/protocol/embeddingsView';
import { formatRoughBytes } from './sizesAndTimes';

/** How downloads are named and measured, wherever the panel speaks of them. */

/** `GPT-2` for `GPT-2 (124M)`: for sentences. */
export function shortName({ name }: DownloadOfferView): string {
  return name.replace(/ \([^()]*\)$/, '');
}

/** `Downloading GPT-2 embeddings` */
export function downloadTitle(download: DownloadView): string {
  return `Downloading ${shortName(download)} embeddings`;
}

/** `GPT-2's embeddings are not on this machine.` */
export function missingModel(offer: DownloadOfferView): string {
  return `${shortName(offer)}'s embeddings are not on this machine.`;
}

/** How much has arrived in whole percent, rounded down: 100 means all. undefined while the total is not known. */
export function downloadPercent({ bytesDone, bytesTotal }: DownloadView): number | undefined {
  return bytesTotal > 0 ? Math.floor((100 * Math.min(bytesDone, bytesTotal)) / bytesTotal) : undefined;
}

/** What would be fetched, as far as it is known. */
export function offeredPart({ tensorBytes, fileBytes }: DownloadOfferView): string {
  const tensor = 'the embedding tensor';
  const part = tensorBytes === undefined ? 'a part' : formatRoughBytes(tensorBytes);
  const file = fileBytes === undefined ? "model's" : formatRoughBytes(fileBytes);
  return tensorBytes !== undefined && fileBytes === undefined
    ? `${tensor}, ${part}`
    : `${tensor}, ${part} of the ${file} file`;
}

/** What is being fetched; undefined while that cannot be told. */
export function downloadedPart({ tensorName, bytesTotal, fileBytes }: DownloadView): string | undefined {
  if (bytesTotal === 0 || fileBytes === undefined) {
    return tensorName;
  }
  const file = formatRoughBytes(fileBytes);
  return bytesTotal >= fileBytes
    ? `the whole file, ${file}`
    : `${tensorName ?? 'the embedding tensor'} only, not the ${file} file`;
}
