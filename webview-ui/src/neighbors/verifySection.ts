import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { VerificationView } from '../../../src/protocol/panelSnapshot';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { facts } from '../messageParts';
import { METRIC_WORDS } from '../metrics';
import { formatCount, formatMilliseconds, formatSimilarity } from '../numbers';
import { formatDifference, formatRatio, verificationSentence } from './verificationText';
import { ofRows } from '../rowNames';

/** The plain loop over all rows against the fast path, for the query shown; of a database its index against all rows. */
export function verifySection(state: InspectorState, actions: InspectorActions): TemplateResult {
  const { isVerifying, snapshot } = state;
  const verification = snapshot?.verification;
  const isOfTable = snapshot?.answer?.source === 'table';
  return html`<section class="verification" aria-labelledby="verification-title">
    <div class="section-head">
      <h2 id="verification-title">
        ${isOfTable ? 'Index against all rows' : 'Plain loop against fast path'}
      </h2>
      <span class="grow"></span>
      <button
        class="button verify-button"
        title=${isOfTable ? 'Ask the server by its index and for all rows, and compare' : 'Run the plain loop over all rows and compare'}
        aria-disabled=${isVerifying}
        @click=${() => actions.verify()}
      >
        ${isVerifying ? 'Verifying…' : verification ? 'Verify Again' : 'Verify'}
      </button>
      ${
        verification
          ? html`<button
              class="button"
              title="Close the result"
              aria-label="Close the result"
              @click=${() => {
                actions.send({ type: 'closeVerification' });
                actions.focus('list');
              }}
            >
              ${icon('close')}
            </button>`
          : nothing
      }
    </div>
    ${verification ? found(verification) : nothing}
  </section>`;
}

function found(verification: VerificationView): TemplateResult {
  const { metric, rows, loopMilliseconds, fastMilliseconds, largestDifference, correlation, sameOrder } =
    verification;
  return html`<div
    class="verification-facts"
    role="group"
    tabindex="-1"
    aria-label=${verificationSentence(verification)}
  >
    ${facts([
      ['metric', `${METRIC_WORDS[metric].inText}, ${formatCount(rows)} rows`],
      ['plain loop', formatMilliseconds(loopMilliseconds)],
      ['fast path', `${formatMilliseconds(fastMilliseconds)}, ${formatRatio(verification)} as fast`],
      ['largest difference', formatDifference(largestDifference)],
      ['correlation', formatSimilarity(correlation)],
      [ofRows('best tokens'), sameOrder ? 'the same in the same order' : 'not the same, or in another order'],
    ])}
  </div>`;
}
