import { leavesOutWords } from '../../../src/protocol/leftOutWords';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { SAMPLE_NOTICE } from '../../../src/protocol/sampleNotice';
import { METRIC_WORDS } from '../metrics';
import { describe, listKey, spokenQuery } from '../searched';
import { verificationSentence } from '../neighbors/verificationText';

/** Decides what a screen reader is told about answers, and when: each once. */
export class AnswerAnnouncements {
  private answered = '';
  private verified = '';

  /** @returns the sentence to announce; undefined when there is nothing new to say */
  next(snapshot: PanelSnapshot): string | undefined {
    return this.nextAnswer(snapshot) ?? this.nextVerification(snapshot);
  }

  private nextAnswer(snapshot: PanelSnapshot): string | undefined {
    const { answer } = snapshot;
    if (!answer) {
      this.answered = '';
      return undefined;
    }
    const { neighbors, model, metric } = answer;
    const key = JSON.stringify([
      listKey(snapshot),
      neighbors.length,
      model.path,
      metric,
      snapshot.filter,
      snapshot.leftOut,
    ]);
    if (key === this.answered) {
      return undefined;
    }
    this.answered = key;
    const best = neighbors.find(({ isQuery }) => !isQuery);
    if (!best) {
      return `No neighbors of ${spokenQuery(snapshot.query)}.`;
    }
    const by = metric === 'cosine' ? '' : ` by ${METRIC_WORDS[metric].inText}`;
    const sample = model.isSample ? ` ${SAMPLE_NOTICE}.` : '';
    return `${neighbors.length} neighbors of ${spokenQuery(snapshot.query)}${by}, best: ${describe(best)}.${leftOutOf(snapshot)}${sample}`;
  }

  private nextVerification({ verification }: PanelSnapshot): string | undefined {
    const key = JSON.stringify(verification ?? null);
    const isNew = key !== this.verified;
    this.verified = key;
    return isNew && verification ? verificationSentence(verification) : undefined;
  }
}

function leftOutOf({ query, leftOut }: PanelSnapshot): string {
  return query && leavesOutWords(query, leftOut) ? ' Its own words are left out.' : '';
}
