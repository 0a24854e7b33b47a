import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type {
  FormChoice,
  FormReason,
  FormView,
  QueryView,
  VectorView,
} from '../../../src/protocol/queryView';
import type { TokenView } from '../../../src/protocol/tokenView';
import { icon } from '../icon';
import { selectOf } from '../inputOf';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { leftOutSwitch } from './leftOutSwitch';
import { openChoicesButton } from './longQuery';
import { operandPieces } from './operandPieces';
import { onlyToken, piecesText, spokenTokens, tokenText } from '../tokenText';
import { ofRows } from '../rowNames';

/** More vectors than this are offered in a drop-down list, which scrolls and needs no room. */
const MAX_VECTOR_BUTTONS = 9;

const FORM_LABELS: Readonly<Record<FormChoice, string>> = {
  automatic: 'fewest tokens',
  bare: 'bare',
  leadingSpace: 'with space',
  inDocument: 'here',
};

const SPOKEN_FORMS: Readonly<Record<FormChoice, string>> = {
  automatic: 'each word in its form of fewer tokens, with a space where both have as many',
  bare: 'bare',
  leadingSpace: 'with leading space',
  inDocument: 'in document',
};

const FORM_REASON_TEXTS: Readonly<Record<FormReason, string>> = {
  oneTokenInDocument: 'Taken because the word is one token as it stands in the document.',
  oneToken: 'Taken because the word is one token in this form.',
  noneIsOneToken: 'Taken because the word is several tokens in each form.',
};

/** Which form of the word is meant, and which of its vectors; or what a formula is made of. */
export function queryChoices(
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  const { snapshot } = state;
  const query = snapshot?.query;
  if (!snapshot || !query) {
    return nothing;
  }
  if (query.formula) {
    return operandPieces(
      query.formula,
      html`${query.forms.length > 0 ? formulaForms(query.forms, actions) : nothing}
      ${leftOutSwitch(snapshot, actions)} ${openChoicesButton(state, actions)}`,
    );
  }
  if (query.pieces.length === 0) {
    return nothing;
  }
  return html`<div class="bar choices">
      ${query.forms.length > 0 ? formChoice(query.forms, actions) : tokenAlone(query.pieces)}
      ${leftOutSwitch(snapshot, actions)} ${openChoicesButton(state, actions)}
    </div>
    ${
      query.vectors.length > 1
        ? html`<div class="bar choices vectors">
            ${
              query.vectors.length > MAX_VECTOR_BUTTONS
                ? vectorList(query.vectors, actions)
                : vectorChoice(query.vectors, actions)
            }
            ${noRowOfItsOwn(query)}
          </div>`
        : nothing
    }`;
}

function formChoice(forms: readonly FormView[], actions: InspectorActions): TemplateResult {
  return html`<div class="choice" role="radiogroup" aria-labelledby="form-label">
    <span class="choice-label" id="form-label">Form</span>
    <div class="segments">
      ${forms.map((form) =>
        segment({
          group: 'form',
          checked: form.selected,
          spoken: spokenForm(form),
          choose: () => actions.send({ type: 'chooseForm', form: form.kind }),
          content: html`${
            form.kind === 'inDocument'
              ? html`<span class="quiet"
                  ><span class="wide">in document</span><span class="narrow">here</span></span
                >`
              : nothing
          }${piecesText(form.pieces)}${formDetail(form)}`,
        }),
      )}
    </div>
  </div>`;
}

/** Which form the words of a formula have; its tokens stand beside it. */
function formulaForms(forms: readonly FormView[], actions: InspectorActions): TemplateResult {
  return html`<div class="choice" role="radiogroup" aria-label="Form of the words">
    <div class="segments">
      ${forms.map((form) =>
        segment({
          group: 'form',
          checked: form.selected,
          spoken: spokenForm(form),
          choose: () => actions.send({ type: 'chooseForm', form: form.kind }),
          content: html`${FORM_LABELS[form.kind]}`,
        }),
      )}
    </div>
  </div>`;
}

function formDetail(form: FormView): TemplateResult | typeof nothing {
  if (form.line !== undefined) {
    return html`<span class="id">line ${form.line}</span>`;
  }
  const only = onlyToken(form.pieces);
  return only ? html`<span class="id">${only.id}</span>` : nothing;
}

function spokenForm({ kind, pieces, line, reason }: FormView): string {
  const where = kind === 'inDocument' && line !== undefined ? `, line ${line}` : '';
  const why = reason === undefined ? '' : `. ${FORM_REASON_TEXTS[reason]}`;
  return `${SPOKEN_FORMS[kind]}${where}: ${spokenTokens(pieces)}${why}`;
}

function vectorChoice(vectors: readonly VectorView[], actions: InspectorActions): TemplateResult {
  return html`<div class="choice" role="radiogroup" aria-labelledby="vector-label">
    <span class="choice-label" id="vector-label">Vector</span>
    <div class="segments">
      ${vectors.map((vector) =>
        segment({
          group: 'vector',
          checked: vector.selected,
          spoken: spokenVector(vector),
          choose: () => actions.send({ type: 'chooseVector', vector: vector.choice }),
          content:
            vector.choice === 'mean'
              ? html`<span class="quiet">average of</span>${piecesText(vector.pieces)}`
              : html`${piecesText(vector.pieces)}<span class="id">${vector.pieces[0]?.id}</span>`,
        }),
      )}
    </div>
  </div>`;
}

/** For words of many tokens: one line instead of a wall of buttons. */
function vectorList(vectors: readonly VectorView[], actions: InspectorActions): TemplateResult {
  return html`<label class="select">
    <span class="quiet" aria-hidden="true">Vector</span>
    <select
      aria-label="Vector"
      @change=${(event: Event) => {
        const chosen = vectors[selectOf(event).selectedIndex];
        if (chosen) {
          actions.send({ type: 'chooseVector', vector: chosen.choice });
        }
      }}
    >
      ${vectors.map(
        (vector) =>
          html`<option .selected=${live(vector.selected)}>
            ${
              vector.choice === 'mean'
                ? `average of all ${vector.pieces.length}`
                : `${vector.choice + 1}: ${vector.pieces[0]?.plain ?? ''} (${vector.pieces[0]?.id ?? ''})`
            }
          </option>`,
      )}
    </select>
    ${icon('chevronDown')}
  </label>`;
}

function spokenVector({ choice, pieces }: VectorView): string {
  const tokens = spokenTokens(pieces);
  return choice === 'mean' ? `average of ${tokens}` : `${tokens}, id ${pieces[0]?.id ?? ''}`;
}

function noRowOfItsOwn({ pieces }: QueryView): TemplateResult {
  return html`<span class="small quiet"
    >${pieces.length} ${ofRows('tokens')}, so there is no row for the whole.</span
  >`;
}

function tokenAlone(pieces: readonly TokenView[]): TemplateResult {
  const only = onlyToken(pieces);
  return html`<div class="choice">
    <span class="choice-label">${ofRows('Token')}</span>
    ${
      only
        ? html`<span class="token-alone">${tokenText(only)}<span class="id quiet">${only.id}</span></span>`
        : piecesText(pieces)
    }
  </div>`;
}

interface Segment {
  readonly group: string;
  readonly checked: boolean;
  readonly spoken: string;
  readonly choose: () => void;
  readonly content: TemplateResult;
}

/** A real radio button under its drawn label: the browser does arrow keys, focus and the group. */
function segment({ group, checked, spoken, choose, content }: Segment): TemplateResult {
  return html`<label class="segment" title=${spoken}>
    <input type="radio" name=${group} aria-label=${spoken} .checked=${live(checked)} @change=${choose} />
    ${content}
  </label>`;
}
