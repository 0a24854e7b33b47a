import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FormulaView, OperandView } from '../../../src/protocol/queryView';
import { MINUS } from '../numbers';
import { onlyToken, piecesText, spokenTokens } from '../tokenText';

/** The operands of a formula: each with its weight and the tokens that it became. @param choices Offers other forms of its words, and what else can be chosen. */
export function operandPieces({ operands }: FormulaView, choices: TemplateResult): TemplateResult {
  return html`<div class="bar choices formula">
    <span class="choice-label" id="formula-label">Formula</span>
    <ul class="operands" aria-labelledby="formula-label">
      ${operands.map(
        (operand, index) =>
          html`<li class="operand">
            <span class="spoken-only">${spokenOperand(operand)}</span>
            <span class="drawn-only" aria-hidden="true"
              >${weight(operand, index === 0)}${piecesText(operand.pieces)}${ids(operand)}</span
            >
          </li>`,
      )}
    </ul>
    ${choices}
  </div>`;
}

function weight(operand: OperandView, isFirst: boolean): TemplateResult | typeof nothing {
  const sign = operand.weight < 0 ? MINUS : isFirst ? '' : '+';
  const text = `${sign}${sign === '' ? '' : ' '}${factor(operand)}`;
  return text === '' ? nothing : html`<span class="weight number">${text}</span>`;
}

/** `2 ×`; nothing for a weight of one. At most three decimals, as of a third in a mean. */
function factor(operand: OperandView): string {
  const size = Math.abs(operand.weight);
  return size === 1 ? '' : `${Number(size.toFixed(3))} ×`;
}

function ids({ pieces }: OperandView): TemplateResult | typeof nothing {
  const only = onlyToken(pieces);
  return only ? html`<span class="id">${only.id}</span>` : nothing;
}

function spokenOperand(operand: OperandView): string {
  const { pieces } = operand;
  const sign = operand.weight < 0 ? 'minus' : 'plus';
  const size = Math.abs(operand.weight);
  const times = size === 1 ? '' : ` ${Number(size.toFixed(3))} times`;
  const only = onlyToken(pieces);
  const count = only ? `, id ${only.id}` : `, ${pieces.length} tokens`;
  return `${sign}${times} ${spokenTokens(pieces)}${count}`;
}
