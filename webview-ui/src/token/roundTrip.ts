import { html, type TemplateResult } from 'lit/html.js';
import type { TokenPageView } from '../../../src/protocol/tokenPageView';
import { icon } from '../icon';
import type { ViewActions } from '../plots/viewActions';
import { spokenTokenText } from '../tokenText';
import { tokenButton } from './tokenButton';
import { rowsAreWords } from '../rowNames';

/** Tokens of a text that does not come back are listed up to this many. */
const MOST_LISTED = 12;
/** More bytes than these are cut; the merge steps have them all. */
const MOST_BYTES = 64;

/** Whether the token's text becomes the token again. Tokens whose text becomes others cannot be typed. */
export function roundTrip(page: TokenPageView, actions: ViewActions): TemplateResult {
  const { token, bytes, byteLength, isByteFragment } = page;
  const hex = bytes.slice(0, MOST_BYTES).map((byte) => byte.toString(16).padStart(2, '0'));
  return html`<section class="round-trip" aria-labelledby="round-trip-title">
    <h2 id="round-trip-title">${rowsAreWords() ? 'Look-up' : 'Round trip'}</h2>
    <p class="trip-step small">
      ${icon(isByteFragment ? 'circleSlash' : 'check', isByteFragment ? '' : 'verified')}
      <span
        >${rowsAreWords() ? `row ${token.id} is labelled` : `${token.id} decodes to`}
        ${isByteFragment ? html`${byteLength === 1 ? 'a byte that makes' : 'bytes that make'} no whole character` : spokenTokenText(token)}</span
      >
    </p>
    ${encoding(page, actions)}
    <p class="tiny quiet bytes">
      <span class="spoken-only">Bytes in hexadecimal: </span
      >${hex.join(' ')}${byteLength > MOST_BYTES ? ' …' : ''}
    </p>
  </section>`;
}

function encoding(
  { token, roundTrip: trip, isByteFragment }: TokenPageView,
  actions: ViewActions,
): TemplateResult {
  if (trip.isSame) {
    return html`<p class="trip-step small">
      ${icon('check', 'verified')}<span
        >${spokenTokenText(token)} ${rowsAreWords() ? 'finds row' : 'encodes to'} ${token.id}</span
      >
    </p>`;
  }
  if (trip.encodesTo.length === 0) {
    return html`<p class="trip-step small">
      ${icon('circleSlash', 'failed')}<span
        >cannot be typed${isByteFragment ? ': no text is just these bytes' : ''}</span
      >
    </p>`;
  }
  const listed = trip.encodesTo.slice(0, MOST_LISTED);
  const more = trip.encodedCount - listed.length;
  return html`<p class="trip-step small">
    ${icon('circleSlash', 'failed')}
    <span
      >${rowsAreWords() ? 'has the label of an earlier row:' : 'cannot be typed: its text encodes to'}
      ${listed.map((piece) => html`${tokenButton(piece, actions)} <span class="quiet tiny">${piece.id}</span> `)}
      ${more > 0 ? `and ${more} more` : ''}</span
    >
  </p>`;
}
