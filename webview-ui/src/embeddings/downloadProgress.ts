import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { DownloadView } from '../../../src/protocol/embeddingsView';
import { downloadedPart, downloadPercent, downloadTitle } from './downloadView';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import { facts, progressBar, requestButton } from '../messageParts';
import { formatPercent } from '../numbers';
import { formatBytes, formatBytesOf, formatDuration } from './sizesAndTimes';

/** How far a download is, with everything that lets a user judge it, and a way to stop it. */
export function downloadProgress(download: DownloadView, actions: InspectorActions): TemplateResult {
  const { bytesDone, bytesTotal, bytesPerSecond, repository, revision, waiting } = download;
  const percent = downloadPercent(download);
  return html`<div class="message">
    <p class="message-line">
      ${
        percent === undefined
          ? html`${icon('loading', 'turning')}<span class="grow">Asking ${download.host}…</span>`
          : html`<span class="grow">${downloadTitle(download)}: ${formatPercent(percent)}</span>`
      }
      ${requestButton('Cancel', { type: 'cancelLoading' }, actions, 'second')}
    </p>
    ${progressBar(downloadTitle(download), percent === undefined ? undefined : share(bytesDone, bytesTotal))}
    ${waiting === undefined ? nothing : html`<p class="small waiting">${waiting}</p>`}
    ${facts([
      ['done', percent === undefined ? undefined : doneOf(download)],
      ['speed', bytesPerSecond > 0 ? `${formatBytes(bytesPerSecond)}/s` : undefined],
      ['from', `${repository} at ${revision}`],
      ['what', downloadedPart(download)],
    ])}
    <p class="small quiet keeps">You can go on working. Canceling keeps what has arrived.</p>
  </div>`;
}

function doneOf({ bytesDone, bytesTotal, secondsLeft }: DownloadView): string {
  const done = formatBytesOf(bytesDone, bytesTotal);
  return secondsLeft === undefined ? done : `${done}, ${formatDuration(secondsLeft)} left`;
}

function share(done: number, total: number): number {
  return (100 * Math.min(done, total)) / total;
}
