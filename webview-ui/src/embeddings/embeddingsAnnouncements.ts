import type { EmbeddingsView } from '../../../src/protocol/embeddingsView';
import { downloadPercent, downloadTitle, missingModel } from './downloadView';
import { formatPercent } from '../numbers';

/** A download speaks up when it begins and at each of these steps, in percent; its snapshots come many a second. */
const PERCENT_PER_STEP = 25;

/** Decides what a screen reader is told about the embeddings, and when. */
export class EmbeddingsAnnouncements {
  /** What was spoken of last: the model that was asked about, or the one that is downloaded. */
  private subject = '';
  private step = 0;

  /**
   * @returns the sentence to announce; an empty one when the last is no longer true; undefined when there is nothing to
   *   say
   */
  next(embeddings: EmbeddingsView): string | undefined {
    switch (embeddings.state) {
      case 'undecided': {
        const { offer } = embeddings;
        return this.isNew(`offer of ${offer.repository}`)
          ? `${missingModel(offer)} Download, use a local file, or try the sample vectors?`
          : undefined;
      }
      case 'downloading': {
        const { download } = embeddings;
        const percent = downloadPercent(download);
        const step = Math.floor((percent ?? 0) / PERCENT_PER_STEP);
        const begins = this.isNew(`download of ${download.repository}`);
        if (!begins && step <= this.step) {
          return undefined;
        }
        this.step = step;
        const title = downloadTitle(download);
        return percent === undefined ? title : `${title}: ${formatPercent(percent)}`;
      }
      default:
        return this.isNew('') ? '' : undefined;
    }
  }

  private isNew(subject: string): boolean {
    const isNew = subject !== this.subject;
    this.subject = subject;
    return isNew;
  }
}
