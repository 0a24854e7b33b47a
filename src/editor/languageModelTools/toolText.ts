import { shownName, shownText } from '../../core/foreignText/shownText';
import { SAMPLE_EXPLANATION } from '../../protocol/sampleNotice';
import type { ModelIdentity } from '../../model/modelLocation';
import type { AnsweredQuery, AnsweredToken } from '../answers/tokenAnswers';
import { modelIdentity } from '../session/modelIdentity';

/** An answer for a language model. Of its list as much is kept as fits; the rest is always said. */
export interface ToolText {
  /** Lines before the list. The first says which model or tokenizer the answer is from. */
  readonly head: readonly string[];
  /** The list, best first. */
  readonly list: readonly string[];
  /** Entries that there are beyond `list`. */
  readonly notListed?: number;
  /** What the entries of the list are called: `tokens`. */
  readonly entries: string;
  /** Lines after the list. */
  readonly tail: readonly string[];
}

/** Numbers from here on, and smaller ones than the other, are written with an exponent: digits beyond say nothing. */
const LARGE = 1e9;
const SMALL = 1e-4;

/** Six decimals, or as many digits with an exponent. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size < 5e-13) {
    // Roundings around nothing: the cosine of vectors at right angles.
    return '0.000000';
  }
  return size < SMALL || size >= LARGE ? value.toExponential(6) : value.toFixed(6);
}

/** A name as language models read it: in quotes, on one line and cut, so that no file says more in it than its name. */
export function quotedName(name: string): string {
  return JSON.stringify(shownName(name));
}

/** Longest note about a model, in UTF-16 units: names of its file are in it. */
const LONGEST_NOTE = 400;

/** Which model answered, without the folders of this machine, and what is odd about it. */
export function modelLines(model: ModelIdentity): string[] {
  const { name, isSample, isVerified, file, tensor, dtype, shape } = modelIdentity(model);
  const matrix = `${quotedName(tensor)}, ${shape.join(' × ')} (vocabulary × dimension), ${dtype}`;
  const line = isSample
    ? `Model: sample vectors, not GPT-2: ${matrix}, ${SAMPLE_EXPLANATION}.`
    : `Model: ${quotedName(name)}: ${matrix}, file ${quotedName(file)}, ${
        isVerified
          ? 'verified as GPT-2 small by its published fingerprint'
          : 'not verified as GPT-2 small (its published fingerprint does not match)'
      }.`;
  return [line, ...model.warnings.map((warning) => `Note: ${shownText(warning, LONGEST_NOTE)}`)];
}

/** `"Mike" (bare) = 'Mike' #16073`, with a hint where the other form would be one token. */
export function queryLines({ text, form, pieces, tokenCounts, isFormula }: AnsweredQuery): string[] {
  const formName = form === 'bare' ? 'bare' : 'with a leading space';
  const meant = tokenCounts === undefined ? '' : ` (${formName})`;
  const lines = [`${JSON.stringify(text)}${meant} = ${pieces.map(tokenText).join(isFormula ? ', ' : ' + ')}`];
  if (!isFormula && pieces.length > 1) {
    const other = form === 'bare' ? 'leadingSpace' : 'bare';
    const hint = tokenCounts?.[other] === 1 ? ` With form "${other}" it is one token.` : '';
    lines.push(
      `${JSON.stringify(text)} is ${pieces.length} tokens and has no row of its own: the mean of their vectors stands for it.${hint}`,
    );
  }
  return lines;
}

/** `' Mike' #4995` */
export function tokenText({ id, quoted }: AnsweredToken): string {
  return `${quoted} #${id}`;
}
